import { compareDecimals, type Decimal, decimal, doubleToString } from '../../java/index.js';

/**
 * A JSON document as json-smart builds it: Integer = number, Long and BigInteger = bigint, Double, Float and BigDecimal =
 * {@link Fraction}, objects = Map in document order (LinkedHashMap).
 */
export type Json = null | boolean | string | number | bigint | Fraction | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

/** A number with a fraction or an exponent, with the text Java would print. */
export class Fraction {
  #text: string | undefined;

  private constructor(
    readonly kind: 'double' | 'float' | 'decimal',
    readonly value: number,
    readonly exact: Decimal | undefined,
    text?: string,
  ) {
    this.#text = text;
  }

  static double(value: number): Fraction {
    return new Fraction('double', value, undefined);
  }
  /** The only Float json-smart makes. */
  static readonly notANumber = new Fraction('float', Number.NaN, undefined, 'NaN');
  static decimal(exact: Decimal, text: string): Fraction {
    return new Fraction('decimal', Number(text), exact, text);
  }

  get text(): string {
    this.#text ??= doubleToString(this.value);
    return this.#text;
  }
}

export const isObject = (value: Json | undefined): value is JsonObject => value instanceof Map;
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
export const isNumber = (value: Json | undefined): value is number | bigint | Fraction =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Fraction;

/** The number as a double (Number.doubleValue). */
export const toNumber = (value: number | bigint | Fraction): number =>
  value instanceof Fraction ? value.value : Number(value);

/** Number.toString of Java. */
export const numberText = (value: number | bigint | Fraction): string =>
  value instanceof Fraction ? value.text : String(value);

/** The number as BigDecimal, from its text as JsonPath's filters do it; undefined for NaN. */
export const numberDecimal = (value: number | bigint | Fraction): Decimal | undefined => decimal(numberText(value));

/** Objects.equals of Java: 1, 1.0 and "1" all differ; objects compare without order. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (a instanceof Fraction && b instanceof Fraction) return sameFraction(a, b);
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i] ?? null));
  if (!isObject(a) || !isObject(b) || a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !sameJson(value, other)) return false;
  }
  return true;
}

/** BigDecimals are equal only with the same scale; doubles by their bits. */
function sameFraction(a: Fraction, b: Fraction): boolean {
  if (a.kind !== b.kind) return false;
  if (a.exact && b.exact) return a.exact.scale === b.exact.scale && compareDecimals(a.exact, b.exact) === 0;
  return Object.is(a.value, b.value);
}

/** The class name json-path shows in its messages. */
export function javaClassOf(value: Json): string {
  if (typeof value === 'string') return 'java.lang.String';
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  if (typeof value === 'number') return 'java.lang.Integer';
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? 'java.lang.Long' : 'java.math.BigInteger';
  if (value instanceof Fraction)
    return value.kind === 'decimal'
      ? 'java.math.BigDecimal'
      : `java.lang.${value.kind === 'double' ? 'Double' : 'Float'}`;
  return isArray(value) ? 'net.minidev.json.JSONArray' : 'java.util.LinkedHashMap';
}
