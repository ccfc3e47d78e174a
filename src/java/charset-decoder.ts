import { JavaError } from './error.js';

/** Turns bytes, chunk by chunk, into text; `last` tells that no more follow. */
export type Decode = (bytes: Buffer, last: boolean) => string;

/** A decoder of the Java charset of that name (blank = UTF-8), malformed bytes as U+FFFD; undefined for one that is not known. */
export function charsetDecoder(charset: string): Decode | undefined {
  if (charset.trim() === '') return streamDecoder('utf-8');
  switch (charset.toLowerCase()) {
    case 'iso-8859-1':
    case 'iso8859_1':
    case 'iso8859-1':
    case 'latin1':
      return (bytes) => bytes.toString('latin1');
    case 'us-ascii':
    case 'ascii':
      return (bytes) => bytes.toString('latin1').replace(/[\x80-\xff]/g, '\ufffd');
    case 'windows-1252':
    case 'cp1252':
      // Some versions of Node take it for Latin 1.
      return (bytes) =>
        bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => WINDOWS[char.charCodeAt(0) - 128] ?? '');
    case 'utf-16':
    case 'utf16':
    case 'utf_16':
      return utf16();
    default:
      // A blank around the name makes it unknown in Java, but not for TextDecoder.
      return /\s/.test(charset) ? undefined : knownDecoder(charset);
  }
}

/** What stands at 0x80 to 0x9f. */
const WINDOWS = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

/**
 * Charset.forName: throws IllegalCharsetNameException for a name that cannot be one, UnsupportedCharsetException for one
 * that is not known.
 */
export function checkCharset(charset: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9+.:_-]*$/.test(charset))
    throw new JavaError('java.nio.charset.IllegalCharsetNameException', charset);
  if (charsetDecoder(charset) === undefined)
    throw new JavaError('java.nio.charset.UnsupportedCharsetException', charset);
}

/** The whole text of some bytes; throws as `checkCharset`. */
export function decodeCharset(bytes: Buffer, charset: string): string {
  if (charset !== '') checkCharset(charset);
  return charsetDecoder(charset)?.(bytes, true) ?? '';
}

function knownDecoder(charset: string): Decode | undefined {
  try {
    return streamDecoder(JAVA_NAMES[charset.toLowerCase()] ?? charset);
  } catch {
    return undefined;
  }
}

/** Names that Java knows and the web does not. */
const JAVA_NAMES: Readonly<Record<string, string>> = {
  unicodebigunmarked: 'utf-16be',
  unicodelittleunmarked: 'utf-16le',
  utf_16be: 'utf-16be',
  utf_16le: 'utf-16le',
  ms936: 'gbk',
  cp936: 'gbk',
  euc_cn: 'gb2312',
  euc_jp: 'euc-jp',
  euc_kr: 'euc-kr',
  ms949: 'euc-kr',
  ms950: 'big5',
  koi8_r: 'koi8-r',
};

/** Throws RangeError for a label that is not known. */
function streamDecoder(label: string): Decode {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** Java's UTF-16: the byte order mark decides and is dropped; without one it is big-endian. */
function utf16(): Decode {
  let decode: Decode | undefined;
  return (bytes, last) => {
    if (decode) return decode(bytes, last);
    const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
    decode = streamDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be');
    return decode(mark === 0xfffe || mark === 0xfeff ? bytes.subarray(2) : bytes, last);
  };
}
