import { parseLong, toLong } from '../../java/index.js';
import { element, prop, type Sample } from '../../model/index.js';
import { grouped, scopeProps } from './assertion-scope.js';

/** Compares the size of a sample, or of a part of it, with a number of bytes. */
export const sizeAssertion = element({
  tag: 'SizeAssertion',
  gui: 'SizeAssertionGui',
  call: 'expect.size',
  props: {
    of: prop.text('Assertion.test_field'),
    /** 1 =, 2 ≠, 3 >, 4 <, 5 ≥, 6 ≤. */
    operator: prop.int('SizeAssertion.operator'),
    /** What is no number is an error of the assertion. */
    size: prop.text('SizeAssertion.size'),
    ...scopeProps,
  },

  assertionScope: ({ scope }) => scope,
  assert(props, { variables }, sample, result) {
    let actual: number;
    if (props.scope === 'variable') {
      const { scopeVariable } = props;
      const value = variables.get(scopeVariable);
      const number = toLong(value ?? '');
      if (number === undefined) {
        result.fail(`Error parsing variable name: ${scopeVariable} value: ${value ?? 'null'}`);
        return;
      }
      actual = number;
    } else actual = sizeOf(sample, props);
    const size = parseLong(props.size);
    const { holds, should } = OPERATORS[props.operator] ?? UNKNOWN;
    if (!holds(actual, size))
      result.fail(
        // The number that was asked for is a text in the plan, yet JMeter groups it too.
        `The result was the wrong size: It was ${grouped(actual)} bytes, but should have ${should} ${grouped(parseLong(props.size))} bytes.`,
      );
  },
});

interface Operator {
  readonly should: string;
  holds(actual: number, size: number): boolean;
}
const OPERATORS: Readonly<Record<number, Operator>> = {
  1: { should: 'been equal to', holds: (actual, size) => actual === size },
  2: { should: 'not been equal to', holds: (actual, size) => actual !== size },
  3: { should: 'been greater than', holds: (actual, size) => actual > size },
  4: { should: 'been less than', holds: (actual, size) => actual < size },
  5: { should: 'been greater or equal to', holds: (actual, size) => actual >= size },
  6: { should: 'been less than or equal to', holds: (actual, size) => actual <= size },
};
const UNKNOWN: Operator = { should: 'ERROR - invalid condition', holds: () => false };

/**
 * Code and message count characters; an unknown word is the whole response, as it came over the network. JMeter asks for
 * the word once per comparison.
 */
function sizeOf(sample: Sample, props: { readonly of: string }): number {
  if (props.of === 'SizeAssertion.response_headers') return sample.headersSize;
  if (props.of === 'SizeAssertion.response_data') return sample.body;
  if (props.of === 'SizeAssertion.response_code') return sample.code.length;
  if (props.of === 'SizeAssertion.response_message') return sample.message.length;
  return sample.bytes;
}
