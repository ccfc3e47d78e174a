/** How JMeter 5.6.3 spells XML: XStream's PrettyPrintWriter in its quirks mode. Used to print, and to tell what needs raw spelling. */

export type Newline = '\n' | '\r\n';

/** Tags that XStream closes with a tag of their own even when their value is empty: their writer always sets a value. */
const VALUED: ReadonlySet<string> = new Set(['stringProp', 'boolProp', 'intProp', 'longProp', 'name']);

const PLAIN = /^[\t\n !#-%(-;=?-~]*$/;
const PLAIN_VALUE = /^[ !#-%(-;=?-~]*$/;
/** What is written as `&#x…;` in a text; not tabs and line ends. */
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Cn}\p{Cs}]/gu;

/** The text of an element: all five entities, control and unassigned characters as `&#x…;`, tabs and line ends as they are. */
export function spellText(text: string, newline: Newline = '\n'): string {
  const escaped = PLAIN.test(text) ? text : escapes(text);
  return newline === '\n' || !escaped.includes('\n') ? escaped : escaped.replace(/\n/g, newline);
}

/** The value of an attribute, without its quotes; unlike in text, tabs and line ends are references here. */
export const spellAttribute = (value: string): string =>
  PLAIN_VALUE.test(value) ? value : escapes(value).replaceAll('\t', '&#x9;').replaceAll('\n', '&#xa;');

/** `<tag a="…">`, or `<tag a="…"/>` for an empty element that XStream does not give a value. */
export function spellOpen(tag: string, attributes: ReadonlyMap<string, string>, empty: boolean): string {
  let open = `<${tag}`;
  for (const [name, value] of attributes) open += ` ${name}="${spellAttribute(value)}"`;
  return open + (empty && !VALUED.has(tag) ? '/>' : '>');
}

/** The line end and the two blanks per level that stand before a tag. */
export function spellIndent(depth: number, newline: Newline): string {
  const known = newline === '\n' ? indents : crlfIndents;
  let indent = known[depth];
  if (indent === undefined) {
    indent = newline + '  '.repeat(depth);
    known[depth] = indent;
  }
  return indent;
}
const indents: string[] = [];
const crlfIndents: string[] = [];

/** XStream writes class names as tags with `_` doubled and `$` as `_-`. */
export const encodeName = (name: string): string => name.replaceAll('_', '__').replaceAll('$', '_-');

/** The name a tag or attribute stands for: `__` is `_`, `_-` is `$` (XmlFriendlyNameCoder). */
export const decodeName = (name: string): string =>
  name.includes('_') ? name.replace(/__|_-/g, (pair) => (pair === '__' ? '_' : '$')) : name;

// The ampersand first; constant replacements, because with many matches they cost least.
const escapes = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;')
    .replace(UNPRINTABLE, reference);

// Java looks at one UTF-16 unit at a time, and both halves of a pair count as assigned.
const reference = (character: string): string =>
  character.length > 1 ? character : `&#x${character.charCodeAt(0).toString(16)};`;
