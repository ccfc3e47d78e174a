import { fn } from '../function.js';

/** A text for XML 1.0: the five characters of markup as entities, DEL and C1 controls as numbers, what XML cannot hold dropped. */
export const escapeXml = fn({
  name: '__escapeXml',
  min: 1,
  max: 1,
  usage: 'text',
  compile:
    ([text]) =>
    (user) =>
      escapeXml10(text?.evaluate(user) ?? ''),
});

const MARKUP: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  "'": '&apos;',
  '<': '&lt;',
  '>': '&gt;',
};
const LACKING = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/gu;

// StringEscapeUtils.escapeXml10 of Apache Commons.
const escapeXml10 = (text: string): string =>
  text.replace(LACKING, '').replace(/["&'<>\x7f-\x84\x86-\x9f]/g, (char) => MARKUP[char] ?? `&#${char.charCodeAt(0)};`);
