import { hasGoodKeywords } from './doctype.js';
import type { Lexer, Mode } from './lexer.js';
import { TidyNode } from './node.js';
import { parseHtml } from './parse-html.js';
import { appendMisc } from './place.js';

/** Reads a whole HTML document; what must be there is put in (ParserImpl.parseDocument). */
export function parseDocument(lexer: Lexer): TidyNode {
  const root = new TidyNode('root', lexer.buffer, 0, 0);
  lexer.root = root;
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (appendMisc(root, node)) continue;
    if (node.type === 'doctype') {
      if (root.childOfType('doctype') === undefined) root.append(node);
      else lexer.report.warning('discarding', root, node);
    } else if (node.type === 'end') lexer.report.warning('discarding', root, node);
    else {
      beginHtml(lexer, root, node);
      break;
    }
  }
  if (root.child('html') === undefined) {
    const html = lexer.inferred('html');
    root.append(html);
    parseHtml(lexer, html, 'ignoreWhite');
  }
  addTitle(lexer, root);
  return root;
}

function beginHtml(lexer: Lexer, root: TidyNode, node: TidyNode): void {
  let html = node;
  if (node.type !== 'start' || !node.is('html')) {
    lexer.unread();
    html = lexer.inferred('html');
  }
  if (root.childOfType('doctype') === undefined) lexer.report.warning('missingDoctype');
  root.append(html);
  parseHtml(lexer, html, 'ignoreWhite');
}

function addTitle(lexer: Lexer, root: TidyNode): void {
  const head = root.child('html')?.child('head');
  if (head === undefined || head.child('title') !== undefined) return;
  lexer.report.warning('missingTitle', head);
  head.append(lexer.inferred('title'));
}

/** Reads a document as XML: as its tags say (ParserImpl.parseXMLDocument). */
export function parseXmlDocument(lexer: Lexer): TidyNode {
  const root = new TidyNode('root', lexer.buffer, 0, 0);
  let doctype: TidyNode | undefined;
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.type === 'end') lexer.report.warning('unexpectedEndTag', undefined, node);
    else if (appendMisc(root, node)) continue;
    else if (node.type === 'doctype') {
      if (doctype === undefined) {
        root.append(node);
        doctype = node;
      } else lexer.report.warning('discarding', root, node);
    } else if (node.opens) {
      root.append(node);
      if (node.type === 'start') parseXmlElement(lexer, node, 'ignoreWhite');
    }
  }
  if (doctype !== undefined && !hasGoodKeywords(doctype)) lexer.report.warning('doctypeCase', doctype);
  return root;
}

function parseXmlElement(lexer: Lexer, element: TidyNode, given: Mode): void {
  const mode = keepsWhite(element) ? 'pre' : given;
  for (let node = lexer.read(mode); node !== undefined; node = lexer.read(mode)) {
    if (node.type === 'end') {
      if (node.element === element.element) break;
      lexer.report.error('unexpectedEndTag', element, node);
      continue;
    }
    if (node.type === 'start') parseXmlElement(lexer, node, mode);
    element.append(node);
  }
  if (mode !== 'pre') trimEnds(element);
}

/** Takes one space off each end. */
function trimEnds(element: TidyNode): void {
  const { content } = element;
  if (content?.type === 'text' && content.first === SPACE) {
    content.start++;
    if (content.isEmpty) content.remove();
  }
  const { last } = element;
  if (last?.type === 'text' && last.text[last.end - 1] === SPACE) {
    last.end--;
    if (last.isEmpty) last.remove();
  }
}
const SPACE = 0x20;

function keepsWhite(element: TidyNode): boolean {
  const space = element.namedAttribute('xml:space', 'attribute');
  if (space !== undefined) return space.value === 'preserve';
  const name = element.element ?? '';
  // The table of tags is asked by the name as it is written.
  return /^(pre|script|style|xsl:text)$/i.test(name) || /^(listing|xmp|plaintext)$/.test(name);
}

/** An empty element: XHTML has an end tag to read (ParserImpl.ParseEmpty). */
export function parseEmpty(lexer: Lexer, element: TidyNode, mode: Mode): void {
  if (!lexer.isXhtml) return;
  const node = lexer.read(mode);
  if (node === undefined || (node.type === 'end' && node.tag === element.tag)) return;
  lexer.report.warning('notEmpty', element, node);
  lexer.unread();
}
