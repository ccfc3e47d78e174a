/** Decimal digits of a number: 0.`digits` × 10^`point`, without leading or trailing zeros; "" is zero. */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

/** The shortest digits that read back as this finite number, or those with so many decimals; the sign is dropped. */
export function shortestDigits(value: number, decimals?: number): Digits {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential(decimals).split('e');
  return trimmed(mantissa.replace('.', ''), Number(exponent) + 1);
}

/** All digits of a whole number; the sign is dropped. */
export const wholeDigits = (value: bigint): Digits => {
  const text = String(value < 0n ? -value : value);
  return trimmed(text, text.length);
};

/** Every digit of a double's exact value, as many as there are. */
export function exactDigits(value: number): Digits {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n) || 1;
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = bits >> 52n === 0n ? fraction : fraction | 0x10000000000000n;
  const shift = exponent - 1075;
  if (shift >= 0) return wholeDigits(mantissa << BigInt(shift));
  // m / 2^n = m · 5^n / 10^n
  const text = String(mantissa * 5n ** BigInt(-shift));
  return trimmed(text, text.length + shift);
}

/** Keeps `count` digits (may be below zero), the rest rounded half to even. */
export function rounded({ digits, point }: Digits, count: number): Digits {
  if (digits.length <= count) return { digits, point };
  if (count < 0) return ZERO;
  const rest = digits.slice(count);
  const kept = digits.slice(0, count);
  const half = rest.charCodeAt(0) - 53;
  const odd = count > 0 && digits.charCodeAt(count - 1) % 2 === 1;
  const up = half > 0 || (half === 0 && (rest.length > 1 || odd));
  if (!up) return trimmed(kept, point);
  const raised = String(BigInt(kept === '' ? '0' : kept) + 1n).padStart(count, '0');
  return trimmed(raised, point + raised.length - count);
}

const ZERO: Digits = { digits: '', point: 0 };

function trimmed(text: string, point: number): Digits {
  const digits = text.replace(/^0+/, '');
  const cut = digits.replace(/0+$/, '');
  return cut === '' ? ZERO : { digits: cut, point: point - (text.length - digits.length) };
}
