import { decimal, decimalText, hashMapOrder } from '../../java/index.js';
import { Fraction, isArray, isNumber, isObject, type Json, type JsonObject, numberText } from './document.js';

const ESCAPED = /["\\/\b\f\n\r\t\0-\x1f\x7f-\x9f\u2000-\u20ff]/;
const ESCAPES = /["\\/\0-\x1f\x7f-\x9f\u2000-\u20ff]/g;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Compact JSON as json-smart writes it: `/` as `\/`, U+007F–9F and U+2000–20FF escaped, keys in document order. */
export function jsonText(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null) return 'null';
  if (value instanceof Fraction) return Math.abs(value.value) === Infinity && !value.exact ? 'null' : value.text;
  if (isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isObject(value)) return String(value);
  const parts: string[] = [];
  for (const [key, item] of value) parts.push(`${quoted(key)}:${jsonText(item)}`);
  return `{${parts.join(',')}}`;
}

/** An object that JMeter copied into a `JSONObject` (a HashMap) before writing it: its own keys stand in hash order. */
export function hashedText(value: JsonObject): string {
  // HashMap(Map) sizes its table for the map: n / 0.75 + 1, the next power of two.
  let capacity = 1;
  while (capacity < value.size / 0.75 + 1) capacity *= 2;
  const keys = hashMapOrder([...value.keys()], capacity);
  return `{${keys.map((key) => `${quoted(key)}:${jsonText(value.get(key) ?? null)}`).join(',')}}`;
}

/** Object.toString of Java: `{k=v}` for an object, JSON for an array. */
export function javaText(value: Json): string {
  if (isNumber(value)) return numberText(value);
  if (isArray(value)) return jsonText(value);
  if (!isObject(value)) return String(value);
  return `{${[...value].map(([key, item]) => `${key}=${javaText(item)}`).join(', ')}}`;
}

/** What the JSON Extractor stores for a hit; undefined = null. */
export function hitText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return undefined;
  return isObject(value) ? hashedText(value) : javaText(value);
}

/** What the JSON Assertion compares: as a hit, but a double in plain decimals with at least one of them. */
export function assertionText(value: Json): string {
  if (value === null) return 'null';
  if (value instanceof Fraction && value.kind !== 'decimal') return plainDouble(value);
  return hitText(value) ?? 'null';
}

/** DecimalFormat `#.#` with one to 340 fraction digits, US. */
function plainDouble({ value, text }: Fraction): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-∞' : '∞';
  const exact = decimal(text);
  if (!exact) return text;
  const scale = Math.max(exact.scale, 1);
  const plain = decimalText({ unscaled: exact.unscaled * 10n ** BigInt(scale - exact.scale), scale: 0 });
  const minus = plain.startsWith('-') || Object.is(value, -0) ? '-' : '';
  const digits = plain.replace('-', '').padStart(scale + 1, '0');
  const whole = digits.slice(0, -scale).replace(/^0+/, '');
  const part = digits.slice(-scale).replace(/0+$/, '').padEnd(1, '0');
  // `#` shows no zero before the point, and DecimalFormat puts one there only when nothing else is shown.
  return `${minus}${whole === '' ? '0' : whole}.${part}`;
}

function quoted(text: string): string {
  return ESCAPED.test(text) ? `"${text.replace(ESCAPES, escaped)}"` : `"${text}"`;
}

const escaped = (c: string): string => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
