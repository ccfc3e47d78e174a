import { element, prop } from '../../model/index.js';
import { containsBytes, formatBinary, parseBinary } from './binary-text.js';
import { noEnum } from './comparison.js';

/** Compares the sample's data with bytes given in hex; always the main sample, whatever its scope says. */
export const binaryResponseAssertion = element({
  tag: 'eu.luminis.jmeter.assertions.BinaryContentAssertion',
  gui: 'eu.luminis.jmeter.assertions.BinaryContentAssertionGUI',
  call: 'expect.binary',
  props: {
    value: prop.text('compareValue'),
    comparison: prop.text('comparisonType'),
  },
  ignored: ['Assertion.scope', 'Scope.variable'],
  assert(props, _user, sample, result) {
    const { data } = sample;
    const value = parseBinary(props.value);
    const [comparison, not, words] = kindOf(props.comparison);
    if (compare(comparison, data, value) !== not) return;
    result.fail(
      `Response expected ${not ? 'not ' : ''}to ${words} ${formatBinary(value)}\nResponse was: ${formatBinary(data)}`,
    );
  },
});

const WORDS = new Map([
  ['Equals', 'equal'],
  ['Contains', 'contain'],
  ['StartsWith', 'start with'],
]);

/** Blank = Contains. */
function kindOf(name: string): readonly [kind: string, not: boolean, words: string] {
  if (name.trim() === '') return ['Contains', false, 'contain'];
  const not = name.startsWith('Not');
  const kind = not ? name.slice(3) : name;
  const words = WORDS.get(kind);
  if (words === undefined) throw noEnum('eu.luminis.jmeter.assertions.BinaryContentAssertion.ComparisonType', name);
  return [kind, not, words];
}

function compare(kind: string, data: Buffer, value: Buffer): boolean {
  if (kind === 'Equals') return data.equals(value);
  return kind === 'Contains' ? containsBytes(data, value) : data.subarray(0, value.length).equals(value);
}
