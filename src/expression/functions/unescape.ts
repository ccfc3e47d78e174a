import { JavaError } from '../../java/index.js';
import { fn } from '../function.js';

/**
 * A text with Java's escapes resolved; the backslash of an unknown one is dropped.
 * Throws IllegalArgumentException for `\u` without four hexadecimal digits.
 */
export const unescapeText = fn({
  name: '__unescape',
  min: 1,
  max: 1,
  usage: 'text',
  compile:
    ([text]) =>
    (user) =>
      unescapeJava(text?.evaluate(user) ?? ''),
});

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', n: '\n', t: '\t', f: '\f', r: '\r' };
const ESCAPE = /\\(?:([0-3][0-7]{2}|[0-7]{1,2})|(u+\+?)(.{0,4})|(.?))/gs;

/** StringEscapeUtils.unescapeJava of Apache Commons Text. */
function unescapeJava(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_, octal, unicode, digits, char, at) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (unicode !== undefined) return unicodeChar(digits, text.slice(at));
    return CONTROLS[char] ?? char;
  });
}

function unicodeChar(digits: string, rest: string): string {
  if (digits.length < 4) throw illegal(`Less than 4 hex digits in unicode value: '${rest}' due to end of CharSequence`);
  if (!/^[+-]?[\da-f]+$/i.test(digits)) throw illegal(`Unable to parse unicode value: ${digits}`);
  return String.fromCharCode(Number.parseInt(digits, 16));
}

const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);
