import { isBlank, JavaError } from '../../java/index.js';
import { element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { checkDocument } from './document-text.js';
import { fieldText } from './field-text.js';
import { takeMatchCount } from './left-over.js';
import { samplesInScope, scopeProps } from './sample-scope.js';

/** Puts the text between two boundaries into variables. */
export const boundaryExtractor = element({
  tag: 'BoundaryExtractor',
  gui: 'BoundaryExtractorGui',
  call: 'extract.between',
  props: {
    field: prop.text('BoundaryExtractor.useHeaders'),
    variable: prop.text('BoundaryExtractor.refname'),
    left: prop.text('BoundaryExtractor.lboundary'),
    right: prop.text('BoundaryExtractor.rboundary'),
    /** 0 = any, negative = all. */
    match: prop.int('BoundaryExtractor.match_number'),
    fallback: prop.text('BoundaryExtractor.default'),
    fallbackEmpty: prop.flag('BoundaryExtractor.default_empty_value'),
    ...scopeProps,
  },

  check: (plan) => checkDocument(plan, 'BoundaryExtractor.useHeaders', 'as_document'),

  after(props, user, sample) {
    if (props.variable === '')
      throw new JavaError(
        'java.lang.IllegalArgumentException',
        `One of the mandatory properties is missing in Boundary Extractor:${props.name}`,
      );
    const { variables } = user;
    const { variable, fallback, match: number } = props;
    if (!isBlank(fallback) || props.fallbackEmpty) variables.put(variable, fallback);
    const before = takeMatchCount(user, variable, CATEGORY);
    const matches = findMatches(props, number, user, sample);
    if (number < 0) {
      variables.put(`${variable}_matchNr`, String(matches.length));
      matches.forEach((text, i) => {
        variables.put(`${variable}_${i + 1}`, text);
      });
    } else {
      const text = number === 0 ? matches[Math.floor(user.random() * matches.length)] : matches[0];
      if (text !== undefined) variables.put(variable, text);
    }
    const kept = number < 0 ? matches.length : 0;
    for (let i = kept + 1; i <= before; i++) variables.remove(`${variable}_${i}`);
  },
});

const CATEGORY = 'o.a.j.e.BoundaryExtractor';
type Props = PropsOf<typeof boundaryExtractor>;

/** All matches, or only the n-th for a positive number. */
function findMatches(props: Props, number: number, user: User, sample: Sample): readonly string[] {
  // The scope is read for each question that JMeter asks of it.
  if (props.scope === 'variable') {
    const { scopeVariable, left, right } = props;
    const text = user.variables.get(scopeVariable);
    if (text === undefined)
      user.test.log.write(
        'WARN',
        CATEGORY,
        `No variable '${scopeVariable}' found to process by Boundary Extractor '${props.name}', skipping processing`,
      );
    return between(text ?? '', left, right, number);
  }
  const samples = samplesInScope(props.scope, sample);
  const { left, right } = props;
  const all = samples.flatMap((one) => between(fieldText(one, props), left, right, -1));
  return number > 0 ? all.slice(number - 1, number) : all;
}

/**
 * The texts between the boundaries. Each search goes on right behind the left boundary, so matches may overlap. With one
 * boundary missing there is one match, whatever number is asked for.
 */
function between(text: string, left: string, right: string, number: number): readonly string[] {
  if (isBlank(text)) return [];
  if (left === '' && right === '') return [text];
  if (left === '') {
    const end = text.indexOf(right);
    return end === -1 ? [] : [text.slice(0, end)];
  }
  if (right === '') {
    const start = text.indexOf(left);
    return start === -1 ? [] : [text.slice(start + left.length)];
  }
  const found: string[] = [];
  for (let at = text.indexOf(left); at !== -1; at = text.indexOf(left, at + left.length)) {
    const end = text.indexOf(right, at + left.length);
    if (end === -1) break;
    found.push(text.slice(at + left.length, end));
    if (found.length === number) return found.slice(-1);
  }
  return number > 0 ? [] : found;
}
