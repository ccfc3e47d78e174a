import { compareDecimals, decimal } from '../../java/index.js';
import { parseDouble } from '../xpath3/cast.js';
import { parseDuration, parseMoment, toMicros } from '../xpath3/moment.js';
import type { Facets, SimpleType } from './components.js';

/**
 * What Xerces says first of a text that should be of a simple type; undefined when it is. Names are resolved by `isPrefix`.
 */
export function valueProblem(raw: string, type: SimpleType, isPrefix: (prefix: string) => boolean): string | undefined {
  const value = normalized(raw, type);
  return check(value, type, isPrefix);
}

/** White space as the type wants it. */
export function normalized(raw: string, type: SimpleType): string {
  const mode = type.variety === 'union' ? 'preserve' : whiteSpaceOf(type);
  if (mode === 'preserve') return raw;
  const replaced = raw.replace(/[\t\n\r]/g, ' ');
  return mode === 'replace' ? replaced : replaced.replace(/ +/g, ' ').replace(/^ | $/g, '');
}
function whiteSpaceOf(type: SimpleType): 'preserve' | 'replace' | 'collapse' {
  if (type.variety === 'list') return 'collapse';
  for (let at: SimpleType | undefined = type; at !== undefined; at = at.base)
    if (at.facets.whiteSpace !== undefined) return at.facets.whiteSpace;
  return 'collapse';
}

function check(value: string, type: SimpleType, isPrefix: (prefix: string) => boolean): string | undefined {
  // Patterns come before the value itself, those of the type before those of its base.
  for (let at: SimpleType | undefined = type; at !== undefined; at = at.base) {
    const { patterns } = at.facets;
    if (patterns !== undefined && !patterns.some(({ regex }) => regex.test(value)))
      return `cvc-pattern-valid: Value '${value}' is not facet-valid with respect to pattern '${patterns.map(({ text }) => text).join('|')}' for type '${type.name}'.`;
  }
  const problem =
    type.variety === 'atomic'
      ? lexical(value, type, isPrefix)
      : type.variety === 'list'
        ? ofList(value, type, isPrefix)
        : ofUnion(value, type, isPrefix);
  return problem ?? facetProblem(value, type);
}

function ofList(value: string, { item }: SimpleType, isPrefix: (prefix: string) => boolean): string | undefined {
  if (item === undefined) return undefined;
  for (const part of value.split(' ').filter(Boolean)) {
    const problem = check(part, item, isPrefix);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
function ofUnion(value: string, type: SimpleType, isPrefix: (prefix: string) => boolean): string | undefined {
  const members = type.members ?? type.base?.members ?? [];
  if (members.some((member) => valueProblem(value, member, isPrefix) === undefined)) return undefined;
  return `cvc-datatype-valid.1.2.3: '${value}' is not a valid value of union type '${type.name}'.`;
}

const NCNAME = /^[\p{L}_][-.\p{L}\p{Nd}\p{M}_\u00b7]*$/u;
const LEXICAL: Readonly<Record<string, (value: string) => boolean>> = {
  boolean: (value) => /^(?:true|false|1|0)$/.test(value),
  decimal: (value) => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value),
  integer: (value) => /^[+-]?\d+$/.test(value),
  float: (value) => value !== '+INF' && parseDouble(value) !== undefined,
  double: (value) => value !== '+INF' && parseDouble(value) !== undefined,
  duration: (value) => parseDuration(value) !== undefined,
  hexBinary: (value) => /^(?:[\da-fA-F]{2})*$/.test(value),
  base64Binary: (value) =>
    /^(?:(?:[A-Za-z\d+/] ?){4})*(?:(?:[A-Za-z\d+/] ?){3}=|(?:[A-Za-z\d+/] ?){2}= ?=)?$/.test(value.trim()),
  anyURI: (value) => !/^[^:/?#]*%(?![\da-fA-F]{2})|[\\^`{|}<>"]/.test(value.replace(/[\\^`{|}<>" ]/g, '')),
  Name: (value) => /^[\p{L}_:][-.:\p{L}\p{Nd}\p{M}_\u00b7]*$/u.test(value),
  NMTOKEN: (value) => /^[-.:\p{L}\p{Nd}\p{M}_\u00b7]+$/u.test(value),
  NCName: (value) => NCNAME.test(value),
  ID: (value) => NCNAME.test(value),
  IDREF: (value) => NCNAME.test(value),
  ENTITY: (value) => NCNAME.test(value),
};

function lexical(value: string, { primitive }: SimpleType, isPrefix: (prefix: string) => boolean): string | undefined {
  if (primitive === 'QName' || primitive === 'NOTATION') return qName(value, primitive, isPrefix);
  const valid = MOMENTS.has(primitive)
    ? parseMoment(value, primitive) !== undefined
    : (LEXICAL[primitive]?.(value) ?? true);
  if (valid) return undefined;
  // Ids and names of entities are looked at as names first.
  const shown = primitive === 'ID' || primitive === 'IDREF' || primitive === 'ENTITY' ? 'NCName' : primitive;
  return invalid(value, shown);
}
const invalid = (value: string, type: string): string =>
  `cvc-datatype-valid.1.2.1: '${value}' is not a valid value for '${type}'.`;
function qName(value: string, primitive: string, isPrefix: (prefix: string) => boolean): string | undefined {
  const [local = '', prefix] = value.split(':').reverse();
  if (!NCNAME.test(local) || (prefix !== undefined && !NCNAME.test(prefix)) || value.split(':').length > 2)
    return invalid(value, primitive);
  return prefix === undefined || isPrefix(prefix)
    ? undefined
    : `UndeclaredPrefix: Cannot resolve '${value}' as a QName: the prefix '${prefix}' is not declared.`;
}
const MOMENTS = new Set(['dateTime', 'time', 'date', 'gYearMonth', 'gYear', 'gMonthDay', 'gDay', 'gMonth']);

function facetProblem(value: string, type: SimpleType): string | undefined {
  const facets = merged(type);
  return (
    lengthProblem(value, type, facets) ??
    enumerationProblem(value, type, facets) ??
    digitsProblem(value, type, facets) ??
    rangeProblem(value, type, facets)
  );
}

/** The facets of a type with those of its bases. */
function merged(type: SimpleType): Facets {
  let found = MERGED.get(type);
  if (found === undefined) {
    found = type.base === undefined ? type.facets : { ...merged(type.base), ...defined(type.facets) };
    MERGED.set(type, found);
  }
  return found;
}
const MERGED = new WeakMap<SimpleType, Facets>();
const defined = (facets: Facets): Facets =>
  Object.fromEntries(Object.entries(facets).filter(([, value]) => value !== undefined));

function lengthProblem(value: string, type: SimpleType, { length, minLength, maxLength }: Facets): string | undefined {
  if (length === undefined && minLength === undefined && maxLength === undefined) return undefined;
  const size = sizeOf(value, type);
  const [facet, limit] =
    length !== undefined && size !== length
      ? ['length', length]
      : minLength !== undefined && size < minLength
        ? ['minLength', minLength]
        : maxLength !== undefined && size > maxLength
          ? ['maxLength', maxLength]
          : ['', 0];
  if (facet === '') return undefined;
  return `cvc-${facet}-valid: Value '${value}' with length = '${size}' is not facet-valid with respect to ${facet} '${limit}' for type '${type.name}'.`;
}
function sizeOf(value: string, { variety, primitive }: SimpleType): number {
  if (variety === 'list') return value.split(' ').filter(Boolean).length;
  if (primitive === 'hexBinary') return value.length / 2;
  if (primitive === 'base64Binary') return Buffer.from(value, 'base64').length;
  return [...value].length;
}

function enumerationProblem(value: string, type: SimpleType, { enumeration }: Facets): string | undefined {
  if (enumeration === undefined || enumeration.some((one) => compare(value, one, type) === 0)) return undefined;
  return `cvc-enumeration-valid: Value '${value}' is not facet-valid with respect to enumeration '[${enumeration.join(', ')}]'. It must be a value from the enumeration.`;
}

function digitsProblem(
  value: string,
  { primitive }: SimpleType,
  { totalDigits, fractionDigits }: Facets,
): string | undefined {
  if (primitive !== 'decimal' && primitive !== 'integer') return undefined;
  const [, whole = '', fraction = ''] = /^[+-]?0*(\d*)(?:\.(\d*?)0*)?$/.exec(value) ?? [];
  if (fractionDigits !== undefined && fraction.length > fractionDigits)
    return `cvc-fractionDigits-valid: Value '${value}' has ${fraction.length} fraction digits, but the number of fraction digits has been limited to ${fractionDigits}.`;
  if (totalDigits !== undefined && whole.length + fraction.length > totalDigits)
    return `cvc-totalDigits-valid: Value '${value}' has ${whole.length + fraction.length} total digits, but the number of total digits has been limited to ${totalDigits}.`;
  return undefined;
}

function rangeProblem(value: string, type: SimpleType, facets: Facets): string | undefined {
  const rules: readonly (readonly [keyof Facets & string, string | undefined, (order: number) => boolean])[] = [
    ['maxInclusive', facets.maxInclusive, (order) => order > 0],
    ['maxExclusive', facets.maxExclusive, (order) => order >= 0],
    ['minInclusive', facets.minInclusive, (order) => order < 0],
    ['minExclusive', facets.minExclusive, (order) => order <= 0],
  ];
  for (const [name, limit, broken] of rules)
    if (limit !== undefined && broken(compare(value, limit, type)))
      return `cvc-${name}-valid: Value '${value}' is not facet-valid with respect to ${name} '${limit}' for type '${type.name}'.`;
  return undefined;
}

/** Compares two texts as values of a type. */
function compare(a: string, b: string, { primitive, variety }: SimpleType): number {
  if (variety === 'atomic') {
    if (primitive === 'decimal' || primitive === 'integer') {
      const [x, y] = [decimal(a), decimal(b)];
      return x !== undefined && y !== undefined ? compareDecimals(x, y) : a === b ? 0 : 1;
    }
    if (primitive === 'float' || primitive === 'double')
      return (parseDouble(a) ?? Number.NaN) - (parseDouble(b) ?? Number.NaN);
    if (MOMENTS.has(primitive)) {
      const [x, y] = [parseMoment(a, primitive), parseMoment(b, primitive)];
      return x !== undefined && y !== undefined ? Number(toMicros(x) - toMicros(y)) : 1;
    }
    if (primitive === 'duration') return durationOrder(a, b);
  }
  return a === b ? 0 : a < b ? -1 : 1;
}
function durationOrder(a: string, b: string): number {
  const [x, y] = [parseDuration(a), parseDuration(b)];
  if (x === undefined || y === undefined) return 1;
  return x.months - y.months || Number(x.micros - y.micros);
}
