import type { ComplexType, Facets, SimpleType } from './components.js';

export const XSD = 'http://www.w3.org/2001/XMLSchema';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const simple = (name: string, base: SimpleType | undefined, primitive: string, facets: Facets = {}): SimpleType => ({
  kind: 'simple',
  name,
  base,
  primitive,
  variety: 'atomic',
  facets,
});
const list = (name: string, item: SimpleType): SimpleType => ({
  kind: 'simple',
  name,
  base: undefined,
  primitive: 'list',
  variety: 'list',
  item,
  facets: { whiteSpace: 'collapse', minLength: 1 },
});

const pattern = (text: string): Facets => ({ patterns: [{ text, regex: new RegExp(`^(?:${text})$`, 'u') }] });
const anySimple = simple('anySimpleType', undefined, 'anySimpleType', { whiteSpace: 'preserve' });
const types = new Map<string, SimpleType>([['anySimpleType', anySimple]]);
const add = (name: string, base: SimpleType, primitive: string, facets: Facets = {}): SimpleType => {
  const type = simple(name, base, primitive, facets);
  types.set(name, type);
  return type;
};

const text = add('string', anySimple, 'string', { whiteSpace: 'preserve' });
for (const name of [
  'boolean',
  'decimal',
  'float',
  'double',
  'duration',
  'dateTime',
  'time',
  'date',
  'gYearMonth',
  'gYear',
  'gMonthDay',
  'gDay',
  'gMonth',
  'hexBinary',
  'base64Binary',
  'anyURI',
  'QName',
  'NOTATION',
])
  add(name, anySimple, name, { whiteSpace: 'collapse' });
const token = add('token', add('normalizedString', text, 'string', { whiteSpace: 'replace' }), 'string', {
  whiteSpace: 'collapse',
});
add('language', token, 'string', pattern('([a-zA-Z]{1,8})(-[a-zA-Z0-9]{1,8})*'));
const nmtoken = add('NMTOKEN', token, 'NMTOKEN');
const ncName = add('NCName', add('Name', token, 'Name'), 'NCName');
add('ID', ncName, 'ID');
const idref = add('IDREF', ncName, 'IDREF');
const entity = add('ENTITY', ncName, 'ENTITY');
types.set('NMTOKENS', list('NMTOKENS', nmtoken));
types.set('IDREFS', list('IDREFS', idref));
types.set('ENTITIES', list('ENTITIES', entity));

const integer = add('integer', types.get('decimal') ?? anySimple, 'integer', { fractionDigits: 0 });
const within = (min: string | undefined, max: string | undefined): Facets => ({ minInclusive: min, maxInclusive: max });
const nonPositive = add('nonPositiveInteger', integer, 'integer', within(undefined, '0'));
add('negativeInteger', nonPositive, 'integer', within(undefined, '-1'));
const long = add('long', integer, 'integer', within('-9223372036854775808', '9223372036854775807'));
const int = add('int', long, 'integer', within('-2147483648', '2147483647'));
add('byte', add('short', int, 'integer', within('-32768', '32767')), 'integer', within('-128', '127'));
const nonNegative = add('nonNegativeInteger', integer, 'integer', within('0', undefined));
add('positiveInteger', nonNegative, 'integer', within('1', undefined));
const unsignedLong = add('unsignedLong', nonNegative, 'integer', within(undefined, '18446744073709551615'));
const unsignedInt = add('unsignedInt', unsignedLong, 'integer', within(undefined, '4294967295'));
add(
  'unsignedByte',
  add('unsignedShort', unsignedInt, 'integer', within(undefined, '65535')),
  'integer',
  within(undefined, '255'),
);

/** The types of XML Schema itself, by local name. */
export const BUILT_IN: ReadonlyMap<string, SimpleType> = types;
export const ANY_SIMPLE = anySimple;
export const ANY_TYPE: ComplexType = {
  kind: 'complex',
  name: 'anyType',
  base: undefined,
  derivation: 'restriction',
  abstract: false,
  mixed: true,
  simple: undefined,
  particle: {
    min: 0,
    max: Number.POSITIVE_INFINITY,
    term: { kind: 'any', process: 'lax', namespaces: '##any', target: '' },
  },
  attributes: new Map(),
  wildcard: { kind: 'any', process: 'lax', namespaces: '##any', target: '' },
};
