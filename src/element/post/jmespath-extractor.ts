import { isBlank, JavaError, javaTrim, parseInteger } from '../../java/index.js';
import { element, type PropsOf, prop, type User } from '../../model/index.js';
import { findAll } from '../../query/index.js';
import { removeNumbered } from './left-over.js';
import { scopeProps, textsInScope } from './sample-scope.js';

/** Puts what a JMESPath expression finds in a JSON document into variables; each item of a list is a match of its own. */
export const jmesPathExtractor = element({
  tag: 'JMESPathExtractor',
  gui: 'JMESPathExtractorGui',
  call: 'extract.jmesPath',
  props: {
    variable: prop.text('JMESExtractor.referenceName'),
    expression: prop.text('JMESExtractor.jmesPathExpr'),
    /** 0 = any, negative = all. */
    match: prop.text('JMESExtractor.matchNumber'),
    fallback: prop.text('JMESExtractor.defaultValue'),
    ...scopeProps,
  },

  after(props, user, sample) {
    const texts = textsInScope(props, user, sample);
    const { variable, fallback } = props;
    const number = readNumber(props);
    const expression = javaTrim(props.expression);
    removeNumbered(user, variable);
    if (texts.length === 0) {
      user.variables.put(variable, fallback);
      return;
    }
    try {
      const found = texts.flatMap((text) => findAll(text, expression));
      store(found, { variable, fallback, number }, user);
      user.variables.put(`${variable}_matchNr`, String(found.length));
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      const what = `Error processing JSON content in ${props.name}, message: ${error.message}`;
      user.test.log.write('ERROR', 'o.a.j.e.j.j.JMESPathExtractor', what);
      user.variables.put(variable, fallback);
    }
  },
});

type Props = PropsOf<typeof jmesPathExtractor>;

/** Asked for once to see whether it is blank and once for the number; what is none ends the sample. */
const readNumber = (props: Props): number => (isBlank(props.match) ? 0 : parseInteger(props.match));

interface Wanted {
  readonly variable: string;
  readonly fallback: string;
  readonly number: number;
}

/** A single match is taken whatever number is asked for. */
function store(found: readonly string[], { variable, fallback, number }: Wanted, user: User): void {
  const { variables } = user;
  if (number < 0) {
    found.forEach((text, i) => {
      variables.put(`${variable}_${i + 1}`, text);
    });
    if (found.length > 0) return;
  }
  const count = found.length;
  const at = count === 1 ? 0 : number === 0 ? Math.floor(user.random() * count) : number - 1;
  variables.put(variable, found[at] ?? fallback);
}
