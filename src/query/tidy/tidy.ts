import { JavaError } from '../../java/index.js';
import type { XmlDocument } from '../xml/dom.js';
import { divsFromIndents, dropNestedEmphasis, indentsFromLists, stylesFromTags } from './clean.js';
import { type Options, settingsOf } from './configuration.js';
import { fixDoctype, givenDoctype, versionName } from './doctype.js';
import { Lexer, type Parser } from './lexer.js';
import { STACK_OVERFLOW, type TidyNode } from './node.js';
import { parseBlock } from './parse-block.js';
import { parseBody } from './parse-body.js';
import { parseDocument, parseEmpty, parseXmlDocument } from './parse-document.js';
import { parseFrameSet, parseHead, parseHtml, parseNoframes, parseScript, parseTitle } from './parse-html.js';
import { parseInline } from './parse-inline.js';
import { parseDefList, parseList } from './parse-list.js';
import { parseColGroup, parseRow, parseRowGroup, parseTable } from './parse-table.js';
import { parseOptGroup, parsePre, parseSelect, parseText } from './parse-text.js';
import type { ParserName } from './tags.js';
import { hasUntyped, toXml } from './to-xml.js';

export interface Tidied {
  /** Undefined when JTidy has lost its way in the tree. */
  readonly document: XmlDocument | undefined;
  /** What JTidy says it counted: nothing when it is quiet. */
  readonly errors: number;
  readonly warnings: number;
  /** The messages as JTidy prints them, a line each. */
  readonly report: string;
}

/**
 * Reads HTML as JTidy r938 does, which JMeter uses for tolerant XPath, the HTML Assertion and the HTML Link Parser: tags are put
 * in their places, elements that must be there are put in, and what is wrong is reported.
 * @throws JavaError StackOverflowError for a document that is too deep, or on which JTidy would never end
 */
export function tidy(text: string, options: Options = {}): Tidied {
  const lexer = new Lexer(text, settingsOf(options), PARSERS);
  const { report, settings } = lexer;
  const root = readRoot(lexer);
  if (root === undefined || (options.xml && !root.isSound())) {
    report.badTree();
    return { document: undefined, errors: 0, warnings: 0, report: printed(report.lines) };
  }
  const { quiet } = settings;
  const counts = quiet ? { errors: 0, warnings: 0 } : { errors: report.errors, warnings: report.warnings };
  if (!quiet) {
    report.count();
    report.summary();
  }
  const document = toXml(root);
  // Server code, marked sections and an XML declaration: XPath fails on those.
  document.untyped = hasUntyped(root);
  return { document, ...counts, report: printed(report.lines) };
}

function readRoot(lexer: Lexer): TidyNode | undefined {
  try {
    return lexer.settings.xmlTags ? parseXmlDocument(lexer) : html(lexer);
  } catch (error) {
    // Some thousand elements in each other are too deep, for Java and here.
    if (error instanceof RangeError) throw new JavaError(STACK_OVERFLOW);
    throw error;
  }
}

/** Undefined when the links of the tree do not agree. */
function html(lexer: Lexer): TidyNode | undefined {
  const { settings, report } = lexer;
  const root = parseDocument(lexer);
  if (!root.isSound()) return undefined;
  dropNestedEmphasis(root);
  indentsFromLists(root);
  divsFromIndents(root);
  if (settings.clean) stylesFromTags(root);
  if (!root.isSound()) return undefined;
  const doctype = root.childOfType('doctype');
  const given = doctype === undefined ? undefined : givenDoctype(doctype);
  fixDoctype(lexer, root);
  addGenerator(lexer, root);
  if (!settings.quiet) report.version(versionName(lexer), given);
  return root;
}

const GENERATOR = 'HTML Tidy for Java (vers. 2009-12-01), see jtidy.sourceforge.net';

/** JTidy leaves its mark in the head. */
function addGenerator(lexer: Lexer, root: TidyNode): void {
  const head = root.child('html')?.child('head');
  if (head === undefined) return;
  for (let node = head.content; node !== undefined; node = node.next) {
    if (!node.is('meta') || node.attribute('name')?.value?.toLowerCase() !== 'generator') continue;
    const content = node.attribute('content');
    if (content?.value?.slice(0, 9).toLowerCase() !== 'html tidy') continue;
    content.value = GENERATOR;
    return;
  }
  const meta = lexer.inferred('meta');
  meta.addAttribute('content', GENERATOR);
  meta.addAttribute('name', 'generator');
  head.insertAtStart(meta);
}

const PARSERS: Readonly<Record<ParserName, Parser>> = {
  html: parseHtml,
  head: parseHead,
  title: parseTitle,
  script: parseScript,
  body: parseBody,
  frameSet: parseFrameSet,
  inline: parseInline,
  list: parseList,
  defList: parseDefList,
  pre: parsePre,
  block: parseBlock,
  table: parseTable,
  colGroup: parseColGroup,
  rowGroup: parseRowGroup,
  row: parseRow,
  noFrames: parseNoframes,
  select: parseSelect,
  text: parseText,
  empty: parseEmpty,
  optGroup: parseOptGroup,
};

const printed = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
