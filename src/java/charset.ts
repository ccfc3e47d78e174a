import { charsetDecoder } from './charset-decoder.js';

/** The bytes of a text in a Java charset; undefined when Java 17 does not know the name. What it lacks becomes `?`. */
export function encodeText(text: string, charset: string): Buffer | undefined {
  const name = charset.toLowerCase();
  switch (name) {
    case 'utf-8':
    case 'utf8':
      return utf8Bytes(text);
    case 'iso-8859-1':
    case 'iso8859-1':
    case 'iso8859_1':
    case 'iso_8859-1':
    case 'latin1':
      return Buffer.from(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\0-\xff]/g, '?'), 'latin1');
    case 'us-ascii':
    case 'ascii':
      return Buffer.from(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\0-\x7f]/g, '?'), 'latin1');
    case 'utf-16':
      return text === '' ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian(text)]);
    case 'utf-16be':
    case 'utf_16be':
      return bigEndian(text);
    case 'utf-16le':
    case 'utf_16le':
      return Buffer.from(text, 'utf16le');
    default:
      return encodeByTable(text, name);
  }
}

/** The bytes of a text in UTF-8; half of a surrogate pair becomes `?`. */
export const utf8Bytes = (text: string): Buffer => Buffer.from(text.isWellFormed() ? text : text.replace(LONE, '?'));

/** The name that Java 17 prints for a charset; undefined when it knows none of that name. */
export function charsetName(charset: string): string | undefined {
  const lower = charset.toLowerCase();
  const known = NAMES[lower] ?? lower.replace(/^cp(125\d)$/, 'windows-$1').replace(/^iso8859[-_](\d+)$/, 'ISO-8859-$1');
  if (known !== lower) return known;
  return encodeText('', charset) === undefined ? undefined : WINDOWS.test(lower) ? lower : charset.toUpperCase();
}

const NAMES: Readonly<Record<string, string>> = {
  utf8: 'UTF-8',
  latin1: 'ISO-8859-1',
  sjis: 'Shift_JIS',
  'iso_8859-1': 'ISO-8859-1',
  ascii: 'US-ASCII',
  utf_16be: 'UTF-16BE',
  utf_16le: 'UTF-16LE',
  shift_jis: 'Shift_JIS',
  big5: 'Big5',
};
const WINDOWS = /^windows-/;

const LONE = /[\ud800-\udfff]/gu;
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const NAME = /^[a-z0-9][a-z0-9\-+.:_]*$/;

type Table = ReadonlyMap<string, Buffer>;
const tables = new Map<string, Table | undefined>();

function encodeByTable(text: string, name: string): Buffer | undefined {
  if (!tables.has(name)) tables.set(name, tableOf(name));
  const table = tables.get(name);
  if (table === undefined) return undefined;
  const question = Buffer.from('?');
  return Buffer.concat([...text].map((char) => table.get(char) ?? question));
}

/** Node can only decode these charsets, so all of their one and two byte sequences are decoded once. */
function tableOf(name: string): Table | undefined {
  const decode = NAME.test(name) ? charsetDecoder(name) : undefined;
  if (decode === undefined) return undefined;
  const table = new Map<string, Buffer>();
  const add = (...bytes: number[]): void => {
    const char = decode(Buffer.from(bytes), true);
    if (char !== '\ufffd' && [...char].length === 1 && !table.has(char)) table.set(char, Buffer.from(bytes));
  };
  for (let a = 0; a < 256; a++) add(a);
  if (table.size < 200) for (let a = 0x81; a < 255; a++) for (let b = 0x30; b < 255; b++) add(a, b);
  return table;
}
