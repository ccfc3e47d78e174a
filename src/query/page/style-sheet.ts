import type { Links } from './links.js';

/** What may stand before the first rule: blanks, comments, the charset, and the imports themselves. */
const LEADING =
  /\s+|<!--|-->|\/\*[\s\S]*?(?:\*\/|$)|@charset\s+(?:"[^"]*"|'[^']*')\s*;|@import\s*(?:url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]*))\s*\)|"([^"]*)"|'([^']*)')[^;]*(?:;|$)/iy;

/** The imports of a style sheet; other addresses in it are not loaded, as JMeter does (CssParserCacheLoader 5.6.3). */
export function importLinks(text: string, links: Links): void {
  const leading = new RegExp(LEADING);
  for (let match = leading.exec(text); match !== null && match[0] !== ''; match = leading.exec(text)) {
    const location = match.slice(1).find((group) => group !== undefined);
    if (location !== undefined) links.add(location);
  }
}
