import { JavaError } from '../../java/index.js';

const KINDS = new Set([
  'IsPlain',
  'Equals',
  'EqualsRegex',
  'Contains',
  'ContainsRegex',
  'StartsWith',
  'EndsWith',
  'NotEquals',
  'NotEqualsRegex',
  'NotContains',
  'NotContainsRegex',
  'NotStartsWith',
  'NotEndsWith',
]);

/** A frame filter's comparison without its `Not`; throws IllegalArgumentException for what the plugin does not know. */
export function comparison(name: string): { readonly kind: string; readonly not: boolean } {
  if (!KINDS.has(name)) throw noEnum('eu.luminis.jmeter.wssampler.ComparisonType', name);
  const not = name.startsWith('Not');
  return { kind: not ? name.slice(3) : name, not };
}

/** Enum.valueOf of a name that the enum does not have. */
export const noEnum = (javaClass: string, name: string): JavaError =>
  new JavaError('java.lang.IllegalArgumentException', `No enum constant ${javaClass}.${name}`);
