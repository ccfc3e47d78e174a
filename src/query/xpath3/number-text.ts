import { type Decimal, doubleToString, floatToString } from '../../java/index.js';

/** An xs:double as Saxon prints it: plain from 0.000001 up to below a million, else `1.0E6`. */
export const doubleString = (value: number): string => floating(value, doubleToString);
export const floatString = (value: number): string => floating(value, floatToString);

function floating(value: number, toText: (value: number) => string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const size = Math.abs(value);
  const text = toText(value);
  const [mantissa = '', exponent] = text.split('E');
  if (size >= 1e-6 && size < 1e6) {
    const plain = exponent === undefined ? mantissa : shifted(mantissa, Number(exponent));
    return plain.endsWith('.0') ? plain.slice(0, -2) : plain;
  }
  return exponent === undefined ? scientific(mantissa) : `${mantissa}E${exponent}`;
}

/** Digits with a negative exponent written out. */
function shifted(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction === '0' ? '' : fraction}`;
}

/** Plain digits from a million on as one digit, point, the rest. */
function scientific(plain: string): string {
  const sign = plain.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = plain.slice(sign.length).split('.');
  const digits = (whole + fraction).replace(/0+$/, '');
  return `${sign}${digits.charAt(0)}.${digits.slice(1) || '0'}E${whole.length - 1}`;
}

/** An xs:decimal without zeros at the end. */
export function decimalString({ unscaled, scale }: Decimal): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  if (scale <= 0) return sign + digits + '0'.repeat(unscaled === 0n ? 0 : -scale);
  const padded = digits.padStart(scale + 1, '0');
  const whole = padded.slice(0, -scale);
  const fraction = padded.slice(-scale).replace(/0+$/, '');
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}
