import { encodeText } from './charset.js';
import { charsetDecoder } from './charset-decoder.js';
import { JavaError } from './error.js';

/** java.net.URLEncoder with UTF-8: blanks become `+`, only letters, digits and `* - . _` stay; half surrogates become `?`. */
export function urlEncode(text: string): string {
  if (/^[\w.*-]*$/.test(text)) return text;
  return encodeURIComponent(text.replace(LONE_SURROGATE, '?'))
    .replace(/[!~'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** java.net.URLEncoder with that charset: each run of other characters is encoded by itself; undefined for an unknown name. */
export function urlEncodeIn(text: string, charset: string): string | undefined {
  if (/^utf-?8$/i.test(charset)) return urlEncode(text);
  if (encodeText('', charset) === undefined) return undefined;
  return text.replace(/[^\w.* -]+/g, (run) => percent(encodeText(run, charset) ?? EMPTY)).replaceAll(' ', '+');
}

const EMPTY = new Uint8Array(0);
const percent = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  return text;
};

/**
 * java.net.URLDecoder: bytes that are no UTF-8 become U+FFFD.
 * Throws IllegalArgumentException as Java 17 words it when a `%` is not followed by two hexadecimal digits.
 */
export function urlDecode(text: string, charset = 'UTF-8'): string {
  if (!/[%+]/.test(text)) return text;
  return text.replaceAll('+', ' ').replace(/(?:%(?:.{2}|.?$))+/gs, (run) => decodeRun(run, charset));
}

const LONE_SURROGATE = /[\ud800-\udfff]/gu;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const illegal = (what: string): JavaError => new JavaError('java.lang.IllegalArgumentException', `URLDecoder: ${what}`);

function decodeRun(run: string, charset: string): string {
  const bytes = new Uint8Array(run.length / 3);
  let length = 0;
  for (let i = 0; i < run.length; i += 3) {
    const digits = run.slice(i + 1, i + 3);
    if (digits.length < 2) throw illegal('Incomplete trailing escape (%) pattern');
    bytes[length++] = hexByte(digits);
  }
  const whole = bytes.subarray(0, length);
  return /^utf-?8$/i.test(charset) ? utf8.decode(whole) : (charsetDecoder(charset)?.(Buffer.from(whole), true) ?? '');
}

/** Integer.parseInt(…, 16) of two characters, which lets `+a` pass. */
function hexByte(digits: string): number {
  // A blank was a plus sign before.
  const written = digits.replaceAll(' ', '+');
  if (/^-[\da-f]$/i.test(written) && written !== '-0')
    throw illegal('Illegal hex characters in escape (%) pattern - negative value');
  if (!/^[\da-f+-]?[\da-f]$/i.test(written)) {
    const index = /^[\da-f+-]/i.test(written) ? 1 : 0;
    throw illegal(`Illegal hex characters in escape (%) pattern - Error at index ${index} in: "${written}"`);
  }
  return Number.parseInt(written, 16);
}
