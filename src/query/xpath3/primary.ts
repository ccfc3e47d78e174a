import { decimal } from '../../java/index.js';
import type { XmlNode } from '../xml/index.js';
import type { Test } from '../xpath/axes.js';
import { parseDouble } from './cast.js';
import { saxonError, staticError } from './error.js';
import { type Context, constant, type Expression } from './expression.js';
import { Atomic, EMPTY, type FunctionItem, integer, isTypeName } from './item.js';

export function early<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof Error ? staticError(error.message) : error;
  }
}
export function missing(): never {
  throw saxonError('The context item is absent');
}
export const isCastable = (type: string): boolean =>
  type !== 'anyAtomicType' && type !== 'NOTATION' && isTypeName(type);

export function nameTest(kind: 'element' | 'attribute', uri: string, local: string): Test {
  return (node: XmlNode) =>
    (node.kind === 'element' || node.kind === 'attribute') &&
    node.kind === kind &&
    node.local === local &&
    node.uri === uri;
}

export function numberLiteral(text: string): Expression {
  if (/[eE]/.test(text)) return constant([new Atomic('double', parseDouble(text) ?? Number.NaN)], 'double', text);
  if (text.includes('.'))
    return constant([new Atomic('decimal', decimal(text) ?? { unscaled: 0n, scale: 0 })], 'decimal', text);
  return constant([integer(BigInt(text))], 'integer', text);
}

export function closure(names: readonly string[], body: Expression, context: Context): FunctionItem {
  return {
    kind: 'function',
    arity: names.length,
    call(args) {
      let { variables } = context;
      names.forEach((name, i) => {
        variables = { name, value: args[i] ?? EMPTY, outer: variables };
      });
      return body.run({ ...context, item: undefined, variables });
    },
  };
}
