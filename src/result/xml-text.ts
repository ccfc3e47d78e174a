/** Characters that XStream writes as references in text; in attributes also TAB and LF. U+FFFF and the like included. */
const IN_TEXT = /[&<>"'\0-\x08\x0b-\x1f\x7f-\x9f]|(?![\u{10000}-\u{10ffff}])\p{Cn}/u;
const ALL_IN_TEXT = new RegExp(IN_TEXT, 'gu');
const IN_ATTRIBUTE = /[&<>"'\0-\x1f\x7f-\x9f]|(?![\u{10000}-\u{10ffff}])\p{Cn}/u;
const ALL_IN_ATTRIBUTE = new RegExp(IN_ATTRIBUTE, 'gu');

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const reference = (char: string): string => NAMED[char] ?? `&#x${char.charCodeAt(0).toString(16)};`;

/** The text of an element as XStream's PrettyPrintWriter 1.4.20 writes it. */
export const xmlText = (text: string): string => (IN_TEXT.test(text) ? text.replace(ALL_IN_TEXT, reference) : text);

/** The value of an attribute as XStream's PrettyPrintWriter 1.4.20 writes it. */
export const xmlAttribute = (text: string): string =>
  IN_ATTRIBUTE.test(text) ? text.replace(ALL_IN_ATTRIBUTE, reference) : text;

const START = /[:A-Za-z\u00c0-\uffff]/;
const PART = /[:A-Za-z0-9.\-\u00b7-\uffff]/;

/**
 * The name of an attribute as XStream's XmlFriendlyNameCoder writes it: `_` doubled, `$` as `_-`, what XML does not allow
 * as `_.` and four hex digits. Beyond Latin letters every character counts as allowed when it is a letter or digit.
 */
export function xmlName(name: string): string {
  let coded = '';
  for (let i = 0; i < name.length; i++) {
    const char = name.charAt(i);
    if (char === '$') coded += '_-';
    else if (char === '_') coded += '__';
    else if ((i === 0 ? START : PART).test(char) && (char <= '\x7f' || /[\p{L}\p{N}\p{M}]/u.test(char))) coded += char;
    else coded += `_.${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
  return coded;
}

/** The text that XML text or an attribute's value stands for; an unknown reference stays. */
export const xmlDecoded = (text: string): string =>
  text.includes('&') || text.includes('\r')
    ? text.replace(/\r\n?/g, '\n').replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(amp|lt|gt|quot|apos));/g, decoded)
    : text;

function decoded(all: string, decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return CHARACTERS[name] ?? all;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : all;
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
