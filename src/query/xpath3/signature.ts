import { stringOf } from '../xpath/values.js';
import { atomize, cast, itemText } from './cast.js';
import { saxonError, staticError } from './error.js';
import type { Context, Expression } from './expression.js';
import { Atomic, derivesFrom, type Item, isAtomic, isNode, isNumeric, type Sequence } from './item.js';
import { shownItems } from './operators.js';
import { fits, type SequenceType, shownType } from './sequence-type.js';

/** One function: its parameters as `string?`, `node()*`, `numeric`, …; the last one repeats when `variadic`. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** How many arguments must be there; parameters behind that may be left out. */
  readonly min: number;
  readonly variadic?: boolean | undefined;
  /** The type of the result, when it is one item of an atomic type or nodes. */
  readonly type?: string | undefined;
  readonly positional?: boolean | undefined;
  call(args: readonly Sequence[], context: Context): Sequence;
}
export interface Parameter {
  readonly type: string;
  readonly times: SequenceType['times'];
}

/**
 * Declares a function: `define('substring', 'string?, double, [double]', 'string', …)`; what is in brackets may be left out,
 * `…` at the end repeats.
 */
export function define(
  name: string,
  parameters: string,
  type: string | undefined,
  call: Signature['call'],
  positional?: boolean,
): Signature {
  const parts = parameters === '' ? [] : parameters.replace('…', '').split(', ');
  const min = parts.filter((part) => !part.startsWith('[')).length;
  return {
    name,
    min,
    variadic: parameters.includes('…'),
    type,
    positional,
    parameters: parts.map((part) => parameter(part.replace(/^\[|\]$/g, ''))),
    call,
  };
}
function parameter(text: string): Parameter {
  const times = (['?', '*', '+'] as const).find((mark) => text.endsWith(mark)) ?? '';
  return { type: times === '' ? text : text.slice(0, -1), times };
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const roleOf = (name: string, index: number): string =>
  `${ORDINALS[index] ?? `${index + 1}th`} argument of fn:${name}()`;

/** A call of a known function. */
export function callOf(signature: Signature, args: readonly Expression[]): Expression {
  const { name, parameters } = signature;
  const parameterOf = (i: number): Parameter => parameters[Math.min(i, parameters.length - 1)] ?? ITEMS;
  args.forEach((arg, i) => {
    checkStatic(arg, parameterOf(i), roleOf(name, i));
  });
  return {
    type: signature.type,
    single: signature.type !== undefined && signature.type !== 'node',
    positional: signature.positional || args.some((arg) => arg.positional),
    run: (context) =>
      signature.call(
        args.map((arg, i) => converted(arg.run(context), parameterOf(i), roleOf(name, i))),
        context,
      ),
  };
}
const ITEMS: Parameter = { type: 'item()', times: '*' };

/** The arguments of a call that comes later, through a function item. */
export const callLater = (signature: Signature, args: readonly Sequence[], context: Context): Sequence =>
  signature.call(
    args.map((arg, i) =>
      converted(
        arg,
        signature.parameters[Math.min(i, signature.parameters.length - 1)] ?? ITEMS,
        roleOf(signature.name, i),
      ),
    ),
    context,
  );

/** What Saxon sees before it runs anything: constants of the wrong type or number. */
function checkStatic(arg: Expression, { type, times }: Parameter, role: string): void {
  const count = arg.constant?.length;
  if (count !== undefined && count > 1 && type !== 'item()' && (times === '' || times === '?'))
    throw staticError(
      `Required cardinality of ${role} is ${times === '' ? 'exactly one' : 'zero or one'}; supplied value has cardinality more than one`,
    );
  const supplied = arg.type;
  if (
    supplied === undefined ||
    supplied === 'node' ||
    !arg.single ||
    supplied === 'untypedAtomic' ||
    supplied === 'anyAtomicType' ||
    !KNOWN.test(type)
  )
    return;
  if (accepts(supplied, type)) return;
  const number = type === 'numeric' || type === 'double';
  throw staticError(
    `The required item type of the ${role} is ${number ? 'xs:numeric' : shown(type)}. ${number ? `The required type is a union type allowing any of (xs:double, xs:float, xs:decimal), but the supplied type xs:${supplied} is not any of these` : `The supplied value is of type xs:${supplied}`}`,
  );
}
const KNOWN = /^[a-zA-Z]+$/;
const shown = (type: string): string => (KNOWN.test(type) ? `xs:${type}` : type);

const accepts = (supplied: string, type: string): boolean =>
  derivesFrom(supplied, type) ||
  (type === 'double' && isNumeric(supplied)) ||
  (type === 'numeric' && isNumeric(supplied)) ||
  (type === 'string' && supplied === 'anyURI') ||
  type === 'anyAtomicType';

function converted(items: Sequence, { type, times }: Parameter, role: string): Sequence {
  const values = KNOWN.test(type) ? atomized(items) : items;
  if (!fits(values.length, times)) throw cardinality(items, role);
  if (type === 'item()' || type === 'anyAtomicType') return values;
  if (!KNOWN.test(type)) {
    for (const item of values) if (!isOfKind(item, type)) throw wrongType(item, type, role);
    return values;
  }
  const [only] = values;
  if (values.length === 1 && only !== undefined) {
    const value = convertedValue(only, type, role);
    return value === only ? values : [value];
  }
  return values.map((value) => convertedValue(value, type, role));
}
const atomized = (items: Sequence): Sequence => (items.every(isAtomic) ? items : atomize(items));

function cardinality(items: Sequence, role: string) {
  return items.length === 0
    ? saxonError(`An empty sequence is not allowed as the ${role}`)
    : saxonError(`A sequence of more than one item is not allowed as the ${role} ${shownItems(items, 2)} `);
}

function convertedValue(item: Item, type: string, role: string): Atomic {
  if (!(item instanceof Atomic)) throw wrongType(item, type, role);
  if (item.type === 'untypedAtomic')
    return type === 'untypedAtomic' ? item : cast(item, type === 'numeric' ? 'double' : type);
  if (type === 'double' && isNumeric(item.type)) return cast(item, 'double');
  if (!accepts(item.type, type)) throw wrongType(item, type, role);
  return item;
}

const KINDS: Readonly<Record<string, (item: Item) => boolean>> = {
  'node()': isNode,
  'element()': ({ kind }) => kind === 'element',
  'function(*)': ({ kind }) => kind === 'function' || kind === 'map' || kind === 'array',
  'map(*)': ({ kind }) => kind === 'map',
  'array(*)': ({ kind }) => kind === 'array',
};
const isOfKind = (item: Item, type: string): boolean => KINDS[type]?.(item) ?? true;

function wrongType(item: Item, type: string, role: string) {
  const what = isAtomic(item)
    ? `the supplied value ${item.type === 'string' ? `"${itemText(item)}"` : itemText(item)}`
    : `the supplied value ${isNode(item) ? `<${'name' in item ? item.name : stringOf(item)}>` : ''}`;
  return saxonError(
    `The required item type of the ${role} is ${shown(type)}; ${what.trim()} does not match. The supplied value is of type ${shownType(item)}`,
  );
}
