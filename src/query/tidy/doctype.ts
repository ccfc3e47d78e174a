import { VERSION, VERSION_NAMES } from './dict.js';
import type { Lexer } from './lexer.js';
import { type TidyNode, textOfRange } from './node.js';

const XHTML = 'http://www.w3.org/1999/xhtml';
const KEYWORDS = ['SYSTEM', 'PUBLIC', '//DTD', '//W3C', '//EN'];

/** The version that a document type declaration names; 0 when it is none of those of W3C. */
export function findGivenVersion(lexer: Lexer, doctype: TidyNode): number {
  const text = textOf(doctype);
  if (text.slice(0, 5).toLowerCase() !== 'html ') return VERSION.UNKNOWN;
  if (!hasGoodKeywords(doctype)) lexer.report.warning('doctypeCase', doctype);
  const keyword = text.slice(5, 12).toUpperCase();
  if (keyword === 'SYSTEM ' || keyword === 'PUBLIC ') write(doctype, 5, keyword);
  else lexer.badDoctype = true;
  if (keyword === 'SYSTEM ') return VERSION.UNKNOWN;
  const quote = text.indexOf('"');
  if (quote < 0) return VERSION.UNKNOWN;
  const identifier = text.slice(quote + 1);
  const w3c = /^-\/\/W3C\/\/DTD ([^/]*)/.exec(identifier)?.[1];
  if (w3c !== undefined) return VERSION_NAMES.find(([name], i) => i > 0 && name === w3c)?.[2] ?? VERSION.UNKNOWN;
  return /^-\/\/IETF\/\/DTD HTML 4\.01(?:\/|$)/.test(identifier) ? VERSION.HTML40_STRICT : VERSION.UNKNOWN;
}

/** Puts a keyword right, in the text itself. */
function write({ text, start }: TidyNode, at: number, keyword: string): void {
  for (let i = 0; i < keyword.length; i++) text[start + at + i] = keyword.charCodeAt(i);
}

/** Whether the words that must be in upper case are; only the first of each is looked at, and not one at the very end. */
export function hasGoodKeywords(doctype: TidyNode): boolean {
  const text = textOf(doctype);
  return KEYWORDS.every((word) => {
    const at = text.toLowerCase().indexOf(word.toLowerCase());
    return at < 0 || at + word.length >= text.length || text.startsWith(word, at);
  });
}

/** The version that the content looks like. */
function htmlVersion({ versions, settings, isXhtml }: Lexer): number {
  if (versions & VERSION.HTML20) return VERSION.HTML20;
  if (versions & VERSION.HTML32 && !(settings.xmlOut || settings.xmlTags || isXhtml)) return VERSION.HTML32;
  for (const version of [VERSION.XHTML11, VERSION.HTML40_STRICT, VERSION.HTML40_LOOSE, VERSION.FRAMESET])
    if (versions & version) return version;
  return VERSION.UNKNOWN;
}

const GIVEN: ReadonlySet<number> = new Set([
  VERSION.HTML20,
  VERSION.HTML32,
  VERSION.HTML40_STRICT,
  VERSION.HTML40_LOOSE,
  VERSION.FRAMESET,
  VERSION.XHTML11,
]);

/** The name of the version the document has, or looks like when it uses what its own does not know. */
export function versionName(lexer: Lexer): string | undefined {
  let version = htmlVersion(lexer);
  if (GIVEN.has(lexer.doctype) && (lexer.versions & lexer.doctype) !== 0) version = lexer.doctype;
  else if (lexer.doctype !== VERSION.UNKNOWN) {
    lexer.lines = 1;
    lexer.columns = 1;
    lexer.report.warning('inconsistentVersion');
  }
  const found = VERSION_NAMES.find(([, , code]) => code === version);
  return found?.[lexer.isXhtml ? 1 : 0];
}

/** What the declaration has between its first two quotes. */
export const givenDoctype = (doctype: TidyNode): string => textOf(doctype).split('"')[1] ?? '';

/**
 * Puts the document type right (Lexer.fixDocType, setXHTMLDocType). What becomes of the declaration shows in no result; that
 * XHTML gets its namespace, and what is said on the way, does.
 */
export function fixDoctype(lexer: Lexer, root: TidyNode): void {
  if (lexer.settings.xhtml) fixNamespace(lexer, root);
  else if (lexer.badDoctype) lexer.report.warning('malformedDoctype');
}

function fixNamespace(lexer: Lexer, root: TidyNode): void {
  const html = root.child('html');
  if (html === undefined) return;
  const given = html.attribute('xmlns');
  if (given === undefined) html.prependAttribute('xmlns', XHTML);
  else if (given.value !== XHTML) {
    lexer.report.warning('inconsistentNamespace', html);
    given.value = XHTML;
  }
}

const textOf = ({ text, start, end }: TidyNode): string => textOfRange(text, start, end);
