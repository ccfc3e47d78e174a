import { toDecimal, toNumber } from './cast.js';
import { saxonError } from './error.js';
import type { Atomic } from './item.js';

/** fn:format-number with the default decimal format (XPath Functions 3.1 §4.7). */
export function formatNumber(value: Atomic, picture: string): string {
  const [positive = '', negative, ...more] = picture.split(';');
  if (more.length > 0 || picture === '') throw saxonError(`format-number picture: Invalid picture "${picture}"`);
  const number = toNumber(value.value);
  if (Number.isNaN(number)) return 'NaN';
  const below = number < 0 || Object.is(number, -0);
  const part = partOf(below && negative !== undefined ? negative : positive, picture);
  const sign = below && negative === undefined ? '-' : '';
  return sign + part.prefix + magnitude(value, number, part) + part.suffix;
}

interface Part {
  readonly prefix: string;
  readonly suffix: string;
  readonly minWhole: number;
  readonly minFraction: number;
  readonly maxFraction: number;
  /** Digits per group; 0 = no groups. */
  readonly group: number;
  readonly factor: number;
  readonly exponent: number;
}

function partOf(text: string, picture: string): Part {
  const found = /^([^\d#.,]*)([\d#,]*)(?:\.([\d#,]*))?(?:e(0+))?([^\d#.,]*)$/.exec(text);
  if (found === null || !/[\d#]/.test(text)) throw saxonError(`format-number picture: Invalid picture "${picture}"`);
  const [, prefix = '', whole = '', fraction = '', exponent = '', suffix = ''] = found;
  const digits = (part: string, kind: RegExp): number => part.replace(kind, '').length;
  const lastComma = whole.lastIndexOf(',');
  const around = prefix + suffix;
  const minWhole = digits(whole, /[^\d]/g);
  const maxFraction = digits(fraction, /,/g);
  return {
    prefix,
    suffix,
    minWhole: minWhole === 0 && maxFraction === 0 ? 1 : minWhole,
    minFraction: digits(fraction, /[^\d]/g),
    maxFraction,
    group: lastComma < 0 ? 0 : whole.length - lastComma - 1,
    factor: around.includes('%') ? 2 : around.includes('\u2030') ? 3 : 0,
    exponent: exponent.length,
  };
}

function magnitude(value: Atomic, number: number, part: Part): string {
  if (!Number.isFinite(number)) return 'Infinity';
  const { unscaled, scale } = toDecimal(value.value);
  const size = unscaled < 0n ? -unscaled : unscaled;
  let at = scale - part.factor;
  let exponent = 0;
  if (part.exponent > 0 && size !== 0n) {
    exponent = String(size).length - at - Math.max(1, part.minWhole);
    at += exponent;
  }
  const text = fixed(size, at, part);
  if (part.exponent === 0) return text;
  return `${text}e${exponent < 0 ? '-' : ''}${String(Math.abs(exponent)).padStart(part.exponent, '0')}`;
}

/** So many digits before and behind the point; the last one rounded half to even. */
function fixed(size: bigint, scale: number, { minWhole, minFraction, maxFraction, group }: Part): string {
  let unscaled = size * 10n ** BigInt(Math.max(0, maxFraction - scale));
  if (scale > maxFraction) {
    const unit = 10n ** BigInt(scale - maxFraction);
    const low = size / unit;
    const twice = (size % unit) * 2n;
    unscaled = twice > unit || (twice === unit && low % 2n === 1n) ? low + 1n : low;
  }
  const digits = String(unscaled).padStart(maxFraction + 1, '0');
  let whole = digits
    .slice(0, digits.length - maxFraction)
    .replace(/^0+/, '')
    .padStart(minWhole, '0');
  let fraction = digits.slice(digits.length - maxFraction);
  while (fraction.length > minFraction && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  if (whole === '' && fraction === '') whole = '0';
  if (group > 0) whole = whole.replace(new RegExp(`(?<=\\d)(?=(?:\\d{${group}})+$)`, 'g'), ',');
  return whole + (fraction === '' ? '' : `.${fraction}`);
}
