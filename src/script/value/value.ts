import { hashCode } from '../../java/index.js';
import { BigDecimal, BigInteger, Character, Double } from './number.js';

/** Thrown where Java's engine would throw its own exception: JEXL in silent mode turns it into null. */
export class ScriptError extends Error {}
/** There is no method of that name for these arguments. */
export class NoMethod extends ScriptError {}

/** String.valueOf of Java: null is `null`, a double keeps its `.0`. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? 'null' : String(value);

/** Object.equals of Java: no number equals one of another class. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Double) return b instanceof Double && a.single === b.single && a.value === b.value;
  if (a instanceof BigInteger) return b instanceof BigInteger && a.value === b.value;
  if (a instanceof BigDecimal) return b instanceof BigDecimal && a.unscaled === b.unscaled && a.scale === b.scale;
  return a instanceof Character && b instanceof Character && a.code === b.code;
}

/** Object.hashCode of Java for what stands in hash tables; 0 for other objects. */
export function hashOf(value: unknown): number {
  if (typeof value === 'number') return value | 0;
  if (typeof value === 'string') return hashCode(value);
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value ^ (value >> 32n)));
  if (value instanceof Character) return value.code;
  if (value instanceof Double) return doubleHash(value.value);
  return value instanceof BigInteger || value instanceof BigDecimal ? hashCode(String(value)) : 0;
}

function doubleHash(value: number): number {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return bytes.getInt32(0) ^ bytes.getInt32(4);
}
