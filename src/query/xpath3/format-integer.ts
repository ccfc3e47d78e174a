import { saxonError } from './error.js';

const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const LARGE: readonly (readonly [number, string])[] = [
  [1e9, 'billion'],
  [1e6, 'million'],
  [1000, 'thousand'],
  [100, 'hundred'],
];
const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];
const ORDINAL_WORDS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** fn:format-integer in English. */
export function formatInteger(value: bigint, picture: string): string {
  const [primary = '', modifier = ''] = picture.split(';');
  if (primary === '') throw saxonError('Picture string for format-integer() is empty');
  const ordinal = /^o/.test(modifier) || (!picture.includes(';') && /o$/.test(primary) && primary.length > 1);
  const token = picture.includes(';') ? primary : primary.replace(/o$/, '') || primary;
  const sign = value < 0n ? '-' : '';
  return sign + presented(Number(value < 0n ? -value : value), token, ordinal);
}

/** A number as a picture's first part says. */
export function presented(n: number, token: string, ordinal: boolean): string {
  switch (token) {
    case 'w':
      return words(n, ordinal);
    case 'W':
      return words(n, ordinal).toUpperCase();
    case 'Ww':
      return words(n, ordinal).replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase());
    case 'i':
      return roman(n);
    case 'I':
      return roman(n).toUpperCase();
    case 'a':
      return letters(n);
    case 'A':
      return letters(n).toUpperCase();
    default:
      return digits(n, token) + (ordinal ? suffix(n) : '');
  }
}

function digits(n: number, token: string): string {
  const width = token.replace(/[^\d]/g, '').length;
  const plain = String(n).padStart(width, '0');
  const separator = /[^\d#]/.exec(token)?.[0];
  if (separator === undefined) return plain;
  const group = token.length - token.lastIndexOf(separator) - 1;
  return plain.replace(new RegExp(`(?<=\\d)(?=(?:\\d{${group}})+$)`, 'g'), separator);
}
export function suffix(n: number): string {
  const tens = n % 100;
  return tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
}
function roman(n: number): string {
  if (n === 0) return '0';
  let rest = n;
  let text = '';
  for (const [size, letter] of ROMAN)
    while (rest >= size) {
      text += letter;
      rest -= size;
    }
  return text;
}
function letters(n: number): string {
  let text = '';
  for (let rest = n; rest > 0; rest = Math.floor((rest - 1) / 26))
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  return text || '0';
}
function words(n: number, ordinal: boolean): string {
  const text = cardinal(n);
  if (!ordinal) return text;
  return text.replace(
    /[a-z]+$/,
    (last) => ORDINAL_WORDS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`),
  );
}
function cardinal(n: number): string {
  if (n < 20) return ONES[n] ?? '';
  if (n < 100) return (TENS[Math.floor(n / 10)] ?? '') + (n % 10 ? `-${ONES[n % 10]}` : '');
  for (const [size, word] of LARGE) {
    if (n < size) continue;
    const rest = n % size;
    return `${cardinal(Math.floor(n / size))} ${word}${rest === 0 ? '' : ` ${rest < 100 ? 'and ' : ''}${cardinal(rest)}`}`;
  }
  return String(n);
}
