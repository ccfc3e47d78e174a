import { JavaError } from '../../java/index.js';
import { type Links, relativeUrl } from './links.js';

const VALUE = String.raw`\s*=\s*(?:"([^"]*)"|'([^']*)'|([^"'\s>\\][^\s>]*)(?=[\s>]))`;
const ANY_VALUE = VALUE.replaceAll(/\((?=\[)/g, '(?:');
const BETWEEN = String.raw`\s(?:[^>]*\s)?`;

/** A tag with two attributes in either order; all of them are one group, since a repeated one forgets what it held. */
const pair = (tag: string, attribute: string, other: string, value: string): string =>
  String.raw`${tag}(?<${tag}${value.replace(/\W/g, '')}>(?:${BETWEEN}(?:${attribute}${ANY_VALUE}|${other}\s*=\s*(?:"${value}"|'${value}'|${value}(?=[\s>])))){2,})`;

const TAGS = [
  '!--.*?-->',
  `BASE${BETWEEN}HREF${VALUE}`,
  `(?:IMG|SCRIPT|FRAME|IFRAME|BGSOUND)${BETWEEN}SRC${VALUE}`,
  `APPLET${BETWEEN}CODE(?:BASE)?${VALUE}`,
  `(?:EMBED|OBJECT)${BETWEEN}(?:SRC|CODEBASE|DATA)${VALUE}`,
  `(?:BODY|TABLE|TR|TD)${BETWEEN}BACKGROUND${VALUE}`,
  String.raw`[^<]+?STYLE\s*=['"].*?URL\(\s*['"](.+?)['"]\s*\)`,
  pair('INPUT', 'SRC', 'TYPE', 'image'),
  pair('LINK', 'HREF', 'REL', 'stylesheet'),
  pair('LINK', 'HREF', 'REL', 'icon'),
  pair('LINK', 'HREF', 'REL', 'shortcut icon'),
];
const PATTERN = new RegExp(`<(?:${TAGS.join('|')})`, 'gis');
const OF_PAIR = new RegExp(`(?:HREF|SRC)${VALUE}`, 'gi');
/** The groups of `BASE HREF`. */
const BASE_GROUPS = 3;

/** One pattern over the whole text (RegexpHTMLParser 5.6.3): for WML, and for plans that ask for it. */
export function textLinks(text: string, links: Links): void {
  for (const match of text.matchAll(PATTERN)) {
    const pairs = Object.values(match.groups ?? {}).filter((group) => group !== undefined);
    for (const group of pairs) {
      const last = [...group.matchAll(OF_PAIR)].at(-1);
      links.add(last?.[1] ?? last?.[2] ?? last?.[3] ?? '');
    }
    if (pairs.length > 0) continue;
    match.forEach((group, i) => {
      if (i === 0 || group === undefined) return;
      if (i > BASE_GROUPS) links.add(group);
      else rebase(links, group);
    });
  }
}

function rebase(links: Links, text: string): void {
  try {
    links.base = relativeUrl(links.base, text);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
  }
}
