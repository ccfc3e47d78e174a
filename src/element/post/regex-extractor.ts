import {
  type CompiledPattern,
  compilePattern,
  dialectOf,
  fillTemplate,
  isBad,
  type Match,
  type MatchTemplate,
  parseTemplate,
} from '../../java/index.js';
import { propertyText } from '../../jmx/index.js';
import { element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { checkRegex } from './check-regex.js';
import { checkDocument } from './document-text.js';
import { fieldText } from './field-text.js';
import { takeMatchCount } from './left-over.js';
import { removeGroups, saveGroups } from './match-groups.js';
import { samplesInScope, scopeProps } from './sample-scope.js';

/** Puts matches of a regular expression into variables. */
export const regexExtractor = element({
  tag: 'RegexExtractor',
  gui: 'RegexExtractorGui',
  call: 'extract.regex',
  props: {
    field: prop.text('RegexExtractor.useHeaders', 'false'),
    variable: prop.text('RegexExtractor.refname'),
    pattern: prop.text('RegexExtractor.regex'),
    template: prop.text('RegexExtractor.template'),
    /** 0 = any, negative = all. */
    match: prop.int('RegexExtractor.match_number'),
    fallback: prop.text('RegexExtractor.default'),
    fallbackEmpty: prop.flag('RegexExtractor.default_empty_value'),
    ...scopeProps,
  },

  check: (plan, context) => [
    ...checkRegex(propertyText(plan, 'RegexExtractor.regex'), context),
    ...checkDocument(plan, 'RegexExtractor.useHeaders', 'as_document'),
  ],

  after(props, user, sample, self) {
    // The template is read once per thread: variables in it keep the values of that moment.
    const template = user.peek<MatchTemplate>(self) ?? newTemplate(props, user, self);
    const { variable, match: number, fallback } = props;
    if (fallback !== '' || props.fallbackEmpty) user.variables.put(variable, fallback);
    const text = props.pattern;
    const dialect = dialectOf(user.test.properties.get('jmeter.regex.engine'));
    const pattern = compilePattern(text, { dialect });
    if (isBad(pattern)) {
      if (pattern.unsupported !== undefined) throw pattern.error;
      user.test.log.write('ERROR', CATEGORY, `Error in pattern: '${text}'`);
      return;
    }
    const matches = findMatches(pattern, number, props, user, sample);
    store({ template, strict: dialect === 'java', variable, number }, matches, user);
  },
});

const CATEGORY = 'o.a.j.e.RegexExtractor';
type Props = PropsOf<typeof regexExtractor>;

/** As the last user had it: mostly it is the same for all of them. */
const LATEST = new WeakMap<object, { readonly text: string; readonly template: MatchTemplate }>();

function newTemplate(props: Props, user: User, self: object): MatchTemplate {
  const text = props.template;
  let latest = LATEST.get(self);
  if (latest?.text !== text) {
    latest = { text, template: parseTemplate(text) };
    LATEST.set(self, latest);
  }
  const { template } = latest;
  return user.state(self, () => template);
}

interface Target {
  readonly template: MatchTemplate;
  readonly strict: boolean;
  readonly variable: string;
  readonly number: number;
}

/** All matches in the texts of the scope, up to the one that is wanted. */
function findMatches(
  pattern: CompiledPattern,
  number: number,
  props: Props,
  user: User,
  sample: Sample,
): readonly Match[] {
  const limit = number > 0 ? number : Number.POSITIVE_INFINITY;
  // The scope is read for each question that JMeter asks of it.
  if (props.scope !== 'variable') {
    const { scope } = props;
    if (scope === 'parent') return withMatches(NONE, pattern, fieldText(sample, props), limit);
    let found = NONE;
    for (const one of samplesInScope(scope, sample)) {
      found = withMatches(found, pattern, fieldText(one, props), limit);
      if (found.length >= limit) break;
    }
    return found;
  }
  const { scopeVariable } = props;
  const text = user.variables.get(scopeVariable);
  if (text !== undefined) return withMatches(NONE, pattern, text, limit);
  user.test.log.write(
    'WARN',
    CATEGORY,
    `No variable '${scopeVariable}' found to process by RegexExtractor '${props.name}', skipping processing`,
  );
  return NONE;
}

const NONE: readonly Match[] = [];

/** Mostly one is wanted: a list of one is smaller than one that something was pushed on. */
function withMatches(
  before: readonly Match[],
  pattern: CompiledPattern,
  text: string,
  limit: number,
): readonly Match[] {
  const first = pattern.find(text);
  if (first === undefined) return before;
  const found = before.length === 0 ? [first] : [...before, first];
  while (found.length < limit) {
    const next = pattern.find(text, found.at(-1));
    if (next === undefined) break;
    found.push(next);
  }
  return found;
}

function store(target: Target, matches: readonly Match[], user: User): void {
  const { variable, number } = target;
  const { variables } = user;
  const before = takeMatchCount(user, variable, CATEGORY);
  let kept = 0;
  if (number >= 0) {
    const match = number === 0 ? matches[Math.floor(user.random() * matches.length)] : matches[number - 1];
    if (match === undefined) removeGroups(user, variable);
    else if (!storeMatch(target, variable, match, user)) return;
  } else {
    removeGroups(user, variable);
    kept = matches.length;
    variables.put(`${variable}_matchNr`, String(kept));
    for (const [i, match] of matches.entries()) if (!storeMatch(target, `${variable}_${i + 1}`, match, user)) return;
  }
  for (let i = kept + 1; i <= before; i++) {
    variables.remove(`${variable}_${i}`);
    removeGroups(user, `${variable}_${i}`);
  }
}

/** False when the template asks for a group that Java's pattern has not: JMeter gives up there, without cleaning up. */
function storeMatch({ template, strict }: Target, name: string, match: Match, user: User): boolean {
  const text = fillTemplate(template, match, strict);
  if (text === undefined) {
    user.test.log.write('WARN', CATEGORY, 'Error while generating result');
    return false;
  }
  user.variables.put(name, text);
  saveGroups(user, name, match, CATEGORY);
  return true;
}
