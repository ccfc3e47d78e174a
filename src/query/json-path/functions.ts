import { JavaError } from '../../java/index.js';
import { invalidPath, jsonPathError } from './cursor.js';
import { Fraction, isArray, isNumber, isObject, type Json, toNumber } from './document.js';
import type { Parameter, Path } from './path.js';
import { parsePermissive } from './permissive.js';
import { javaText } from './render.js';

/** What a function sees: the value before it, and how to read its arguments. */
export interface FunctionCall {
  readonly model: Json;
  readonly parameters: readonly Parameter[];
  /** A path argument, read from the root of the document. */
  read(path: Path): Json;
  /** The path with `[*]` behind it, read from the value before the function. */
  readAll(path: Path): Json;
}

/** Calls a path function of json-path 2.8; throws InvalidPathException for an unknown one, JsonPathException without values. */
export function callFunction(name: string, call: FunctionCall): Json {
  const run = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!run) throw invalidPath(`Function with name: ${name} does not exist.`);
  return run(call);
}

const FUNCTIONS: Readonly<Record<string, (call: FunctionCall) => Json>> = {
  avg: (call) => aggregate(call, (values) => sum(values) / values.length),
  stddev: (call) => aggregate(call, deviation),
  sum: (call) => aggregate(call, sum),
  min: (call) => aggregate(call, (values) => Math.min(Number.MAX_VALUE, ...values)),
  // Starts at Double.MIN_VALUE, so the greatest of negative numbers is 4.9E-324.
  max: (call) => aggregate(call, (values) => Math.max(Number.MIN_VALUE, ...values)),
  concat: (call) => concat(call),
  length: (call) => length(call),
  size: (call) => length(call),
  append: (call) => append(call),
  // A set of Java, no list: it only ever shows as its text.
  keys: ({ model }) => (isObject(model) ? `[${[...model.keys()].join(', ')}]` : null),
  first: (call) => itemAt(call, 0),
  last: (call) => itemAt(call, -1),
  index: (call) => itemAt(call, firstNumber(call)),
};

const argument = (call: FunctionCall, parameter: Parameter): Json =>
  'path' in parameter ? call.read(parameter.path) : parsePermissive(parameter.json);

function given(call: FunctionCall): readonly Json[] {
  return call.parameters.flatMap((parameter) => {
    const value = argument(call, parameter);
    return isArray(value) ? value : [value];
  });
}

function aggregate(call: FunctionCall, compute: (values: readonly number[]) => number): Json {
  const own = isArray(call.model) ? call.model : [];
  const values = [...own, ...given(call)].filter(isNumber).map(toNumber);
  if (values.length === 0) throw noValues();
  return Fraction.double(compute(values));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function deviation(values: readonly number[]): number {
  const n = values.length;
  const total = sum(values);
  return Math.sqrt(sum(values.map((value) => value * value)) / n - (total * total) / n / n);
}

function concat(call: FunctionCall): Json {
  const own = isArray(call.model) ? call.model.filter((item) => typeof item === 'string') : [];
  return (
    own.join('') +
    given(call)
      .map((item) => (item === null ? '' : javaText(item)))
      .join('')
  );
}

function length(call: FunctionCall): Json {
  const [parameter] = call.parameters;
  if (parameter) {
    if (!('path' in parameter))
      throw new JavaError(
        'java.lang.NullPointerException',
        'Cannot invoke "com.jayway.jsonpath.internal.Path.isFunctionPath()" because the return value of "com.jayway.jsonpath.internal.function.Parameter.getPath()" is null',
      );
    const inner = call.readAll(parameter.path);
    if (isArray(inner)) return inner.length;
  }
  if (isArray(call.model)) return call.model.length;
  return isObject(call.model) ? call.model.size : null;
}

function append(call: FunctionCall): Json {
  return isArray(call.model)
    ? [...call.model, ...call.parameters.map((parameter) => argument(call, parameter))]
    : call.model;
}

function itemAt({ model }: FunctionCall, index: number): Json {
  if (!isArray(model)) throw noValues();
  const at = index >= 0 ? index : model.length + index;
  if (index < 0 && at <= 0) throw jsonPathError(`Target index:${index} larger than object count:${model.length}`);
  const item = model[at];
  if (item === undefined) throw outOfBounds(at, model.length);
  return item;
}

function firstNumber(call: FunctionCall): number {
  const found = given(call).find(isNumber);
  if (found === undefined) throw outOfBounds(0, 0);
  return Math.trunc(toNumber(found));
}

const noValues = (): JavaError => jsonPathError('Aggregation function attempted to calculate value using empty array');
const outOfBounds = (index: number, length: number): JavaError =>
  new JavaError('java.lang.IndexOutOfBoundsException', `Index ${index} out of bounds for length ${length}`);
