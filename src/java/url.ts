import { JavaError } from './error.js';

/** java.net.URLEncoder with UTF-8: blanks become `+`, only letters, digits and `* - . _` stay; half surrogates become `?`. */
export function urlEncode(text: string): string {
  if (/^[\w.*-]*$/.test(text)) return text;
  return encodeURIComponent(text.replace(LONE_SURROGATE, '?'))
    .replace(/[!~'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/**
 * java.net.URLDecoder with UTF-8: bytes that are no UTF-8 become U+FFFD.
 * Throws IllegalArgumentException as Java 17 words it when a `%` is not followed by two hexadecimal digits.
 */
export function urlDecode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  return text.replaceAll('+', ' ').replace(/(?:%(?:.{2}|.?$))+/gs, decodeRun);
}

const LONE_SURROGATE = /[\ud800-\udfff]/gu;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const illegal = (what: string): JavaError => new JavaError('java.lang.IllegalArgumentException', `URLDecoder: ${what}`);

function decodeRun(run: string): string {
  const bytes = new Uint8Array(run.length / 3);
  let length = 0;
  for (let i = 0; i < run.length; i += 3) {
    const digits = run.slice(i + 1, i + 3);
    if (digits.length < 2) throw illegal('Incomplete trailing escape (%) pattern');
    bytes[length++] = hexByte(digits);
  }
  return utf8.decode(bytes.subarray(0, length));
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
