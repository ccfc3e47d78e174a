import { type Problem, problems } from '../problem.js';

const REFERENCE = /&(?:#x([0-9a-fA-F]{1,20})|#([0-9]{1,20})|(lt|gt|amp|quot|apos));/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What is wrong with a piece of text, and at which offset in it. */
export interface TextFault {
  readonly problem: Problem;
  readonly offset: number;
}

/**
 * The characters that a piece of text or an attribute's value stands for: line ends made LF, references resolved. There
 * are no other entities than the five of XML. As in JMeter's parser, a reference may name any character, control
 * characters and single surrogates included.
 */
export function decodeText(raw: string): string | TextFault {
  return decodeReferences(raw, normalizeLines);
}

/** The same for an attribute's value, where each tab or line end that stands as itself counts as a blank. */
export function decodeAttribute(raw: string): string | TextFault {
  return decodeReferences(raw, (text) => (BLANKS.test(text) ? text.replace(/\r\n|[\t\n\r]/g, ' ') : text));
}
const BLANKS = /[\t\n\r]/;

/** CRLF and CR as LF. */
export const normalizeLines = (raw: string): string => (raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw);

function decodeReferences(text: string, clean: (text: string) => string): string | TextFault {
  let at = text.indexOf('&');
  if (at < 0) return clean(text);
  if (!OTHER_REFERENCE.test(text)) return entities(clean(text));
  const chunks: string[] = [];
  let parts: string[] = [];
  let from = 0;
  while (at >= 0) {
    REFERENCE.lastIndex = at;
    const match = REFERENCE.exec(text);
    if (match === null) return { problem: problems.notWellFormed(badReference(text, at)), offset: at };
    const [whole, hex, decimal, entity] = match;
    const character = entity !== undefined ? ENTITIES[entity] : characterOf(hex, decimal);
    if (character === undefined)
      return {
        problem: problems.notWellFormed(`${whole} is beyond the last character, &#x10ffff;`),
        offset: at,
      };
    parts.push(clean(text.slice(from, at)), character);
    from = at + whole.length;
    at = text.indexOf('&', from);
    if (parts.length > 10_000) {
      // Millions of small pieces at once would cost far more memory than the text.
      chunks.push(parts.join(''));
      parts = [];
    }
  }
  chunks.push(parts.join(''), clean(text.slice(from)));
  return chunks.join('');
}

/** Anything but the five entities, the usual case. */
const OTHER_REFERENCE = /&(?!(?:lt|gt|amp|quot|apos);)/;

// A pattern with a constant replacement is V8's fastest way, by far with many matches; &amp; last, or what it gives would
// be taken for another entity.
const entities = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');

function characterOf(hex: string | undefined, decimal: string | undefined): string | undefined {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

function badReference(text: string, at: number): string {
  const name = /^&([\w:.#-]{1,40});/.exec(text.slice(at, at + 50))?.[1];
  return name === undefined ? 'a & that starts no reference; write it as &amp;' : `the entity &${name}; does not exist`;
}
