import { type DecimalFormat, decimalFormat, JavaError } from '../../java/index.js';
import type { User } from '../../model/index.js';

const formats = new Map<string, DecimalFormat | undefined>();

/** A number by a DecimalFormat pattern; a blank pattern, or one that is none, gives plain digits. */
export function numberText(value: number | bigint, pattern: string, user: User, category: string): string {
  if (pattern === '') return value.toString();
  const format = formatOf(pattern);
  if (format !== undefined) return format.format(BigInt(value));
  user.test.log.write('WARN', category, `Error formatting ${value} at format ${pattern}, using default`);
  return value.toString();
}

function formatOf(pattern: string): DecimalFormat | undefined {
  if (!formats.has(pattern)) {
    if (formats.size > 1000) formats.clear();
    formats.set(pattern, compile(pattern));
  }
  return formats.get(pattern);
}

function compile(pattern: string): DecimalFormat | undefined {
  try {
    return decimalFormat(pattern);
  } catch (error) {
    if (error instanceof JavaError) return undefined;
    throw error;
  }
}

/** Long.parseLong, exact; undefined for what is no 64-bit decimal. */
export function longOf(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const n = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return BigInt.asIntN(64, n) === n ? n : undefined;
}
