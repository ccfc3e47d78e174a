import { doubleToString } from '../../java/index.js';

/**
 * A JSON document as Jackson builds it. Whole numbers: number, beyond 2^53 bigint. Doubles: number when it has a fraction,
 * else {@link Whole}. Objects: plain ones as JSON.parse makes them; Map when a key would lose its place there.
 */
export type Json = null | boolean | string | number | bigint | Whole | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json> | { readonly [key: string]: Json };

/** A double that a JavaScript number would not tell from a whole number: 1.0, -0.0, Infinity, NaN. */
export class Whole {
  constructor(readonly value: number) {}
}

/** A double of Java. */
export const double = (value: number): Json =>
  Number.isInteger(value) || !Number.isFinite(value) ? new Whole(value) : value;

export const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
export const isNumber = (value: Json): value is number | bigint | Whole =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Whole;
export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Whole);

export const toNumber = (value: number | bigint | Whole): number =>
  typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : value.value;

/** A member; undefined when there is none, and of anything that is no object. */
export function member(value: Json, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Whole) return undefined;
  if (value instanceof Map) return value.get(key);
  const object = value as { readonly [key: string]: Json };
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export const keysOf = (value: JsonObject): readonly string[] =>
  value instanceof Map ? [...value.keys()] : Object.keys(value);
export const valuesOf = (value: JsonObject): readonly Json[] =>
  value instanceof Map ? [...value.values()] : Object.values(value);

/** JsonNode.equals: 1, 1.0 and "1" all differ; objects compare without order. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (a instanceof Whole) return b instanceof Whole && Object.is(a.value, b.value);
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i] ?? null));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  return keys.every((key) => {
    const [mine, other] = [member(a, key), member(b, key)];
    return mine !== undefined && other !== undefined && sameJson(mine, other);
  });
}

const ESCAPED = /["\\\0-\x1f]/;
const ESCAPES = /["\\\0-\x1f]/g;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Compact JSON as ObjectMapper writes it; what is no number is quoted. */
export function jsonText(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : doubleToString(value);
  if (value instanceof Whole)
    return Number.isFinite(value.value) ? doubleToString(value.value) : `"${doubleToString(value.value)}"`;
  if (isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isObject(value)) return String(value);
  return `{${keysOf(value)
    .map((key) => `${quoted(key)}:${jsonText(member(value, key) ?? null)}`)
    .join(',')}}`;
}

function quoted(text: string): string {
  if (!ESCAPED.test(text)) return `"${text}"`;
  return `"${text.replace(ESCAPES, (c) => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)}"`;
}
