/** Character classes of XML 1.0 on UTF-16 units, as far as Xerces asks for them. */

const SPACE = 1;
const NAME_START = 2;
const NAME = 4;
const ASCII = new Uint8Array(128);
for (const c of '\t\n\r ') ASCII[c.charCodeAt(0)] = SPACE;
for (let c = 0; c < 128; c++) {
  const char = String.fromCharCode(c);
  if (/[A-Za-z_:]/.test(char)) ASCII[c] = NAME_START | NAME;
  else if (/[-.0-9]/.test(char)) ASCII[c] = NAME;
}
const WIDE_START = /\p{L}|\p{Nl}/u;
const WIDE = /\p{L}|\p{Nl}|\p{M}|\p{Nd}|\p{Lm}|\u00b7/u;

const has = (c: number, mask: number): boolean => ((ASCII[c] ?? 0) & mask) !== 0;

/** All of these take the UTF-16 unit at a place; NaN (the end of the text) is in no class. */
export const isSpace = (c: number): boolean => has(c, SPACE);
export const isNameStart = (c: number): boolean =>
  has(c, NAME_START) || (c >= 128 && WIDE_START.test(String.fromCharCode(c)));
export const isName = (c: number): boolean => has(c, NAME) || (c >= 128 && WIDE.test(String.fromCharCode(c)));

/** Whether a code point may stand in a document. */
export const isXmlChar = (c: number): boolean =>
  c >= 0x20 ? c <= 0xd7ff || (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff) : isSpace(c);

/** What may not stand in a document; a surrogate pair is no match. */
export const NOT_XML =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Where a name that starts at `at` ends; `at` itself when none does. */
export function endOfName(text: string, at: number): number {
  if (!isNameStart(text.charCodeAt(at))) return at;
  let end = at + 1;
  while (isName(text.charCodeAt(end))) end++;
  return end;
}

/** As `endOfName`, for a name without colons. */
export function endOfNcName(text: string, at: number): number {
  const COLON = 58;
  if (!isNameStart(text.charCodeAt(at)) || text.charCodeAt(at) === COLON) return at;
  let end = at + 1;
  for (let c = text.charCodeAt(end); c !== COLON && isName(c); c = text.charCodeAt(end)) end++;
  return end;
}

export function skipSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}
