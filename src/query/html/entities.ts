import { decodeHTML, decodeHTMLStrict } from 'entities';

/** `&` with what may follow it; the rest of the rules is in {@link decoded}. */
const REFERENCE = /&(?:#([xX]?)([0-9a-fA-F]+);?|([A-Za-z]+[0-9]*)(;?))/g;
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const LIMIT = 5000;
const known = new Map<string, Name>();

interface Name {
  readonly text: string | undefined;
  /** An old one, which needs no semicolon. */
  readonly bare: boolean;
}

/**
 * A text with its character references decoded as jsoup does: names are taken whole, without semicolon only the old ones,
 * and in an attribute not before a letter, a digit, `=`, `-` or `_`.
 */
export function decoded(text: string, inAttribute: boolean): string {
  if (!text.includes('&')) return text;
  return text.replace(
    REFERENCE,
    (whole, hex: string | undefined, digits = '', name = '', semicolon = '', at: number) => {
      if (hex !== undefined) return character(whole, hex, digits);
      const found = nameOf(name);
      if (found.text === undefined || !(semicolon !== '' || found.bare)) return whole;
      if (inAttribute && semicolon === '' && /[A-Za-z0-9=\-_]/.test(text.charAt(at + whole.length))) return whole;
      return found.text;
    },
  );
}

function character(whole: string, hex: string, digits: string): string {
  // `&#12a` is a 12 and an a.
  const used = hex === '' ? (/^\d+/.exec(digits)?.[0] ?? '') : digits;
  if (used === '') return whole;
  const rest = used.length === digits.length ? '' : whole.slice(2 + used.length);
  const code = Number.parseInt(used, hex === '' ? 10 : 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return `\ufffd${rest}`;
  return (code >= 0x80 && code <= 0x9f ? WINDOWS.charAt(code - 0x80) : String.fromCodePoint(code)) + rest;
}

function nameOf(name: string): Name {
  let found = known.get(name);
  if (found === undefined) {
    const whole = `&${name};`;
    const text = decodeHTMLStrict(whole);
    found = text === whole ? { text: undefined, bare: false } : { text, bare: decodeHTML(`&${name}`) === text };
    if (known.size < LIMIT) known.set(name, found);
  }
  return found;
}
