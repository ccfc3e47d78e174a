import { CHAR } from './characters.js';
import { MODEL } from './dict.js';
import type { Lexer } from './lexer.js';
import { findBody, TidyNode } from './node.js';

/** Ways in which the parsers put nodes into the tree that is not simply at the end. */

const MISC: ReadonlySet<TidyNode['type']> = new Set([
  'comment',
  'instruction',
  'cdata',
  'section',
  'asp',
  'jste',
  'php',
  'xmlDecl',
]);

/** Comments and the like stand anywhere; whether it was one. */
export function appendMisc(element: TidyNode, node: TidyNode): boolean {
  if (!MISC.has(node.type)) return false;
  element.append(node);
  return true;
}

/** A text's leading space: it goes in front of an inline element, into the text there if there is one. */
export function trimInitialSpace(element: TidyNode, text: TidyNode): void {
  if (text.type !== 'text' || text.first !== CHAR.SPACE || text.isEmpty) return;
  const { prev } = element;
  if (element.has(MODEL.INLINE) && !element.has(MODEL.FIELD) && element.parent?.content !== element) {
    if (prev?.type === 'text') {
      if (prev.text[prev.end - 1] !== CHAR.SPACE) prev.text[prev.end++] = CHAR.SPACE;
      element.start++;
    } else spaceBefore(element);
  }
  text.start++;
}

function spaceBefore(element: TidyNode): void {
  const { prev } = element;
  let node: TidyNode;
  if (element.start >= element.end) node = new TidyNode('text', [CHAR.SPACE], 0, 1);
  else {
    node = new TidyNode('text', element.text, element.start, element.start + 1);
    element.start++;
    node.text[node.start] = CHAR.SPACE;
  }
  node.prev = prev;
  if (prev !== undefined) prev.next = node;
  node.next = element;
  element.prev = node;
  node.parent = element.parent;
}

/** A text's trailing space: behind an inline element it comes with the next token. */
function trimTrailingSpace(lexer: Lexer, element: TidyNode, last: TidyNode): void {
  if (last.end > last.start && lexer.byteAt(last.end - 1) === CHAR.SPACE) {
    last.end--;
    if (element.has(MODEL.INLINE) && !element.has(MODEL.FIELD)) lexer.insertSpace = true;
  }
  if (last.start === last.end) lexer.trimEmpty(last);
}

/** Takes white space off both ends of an element. */
export function trimSpaces(lexer: Lexer, element: TidyNode): void {
  const { content } = element;
  if (content?.type === 'text' && !element.is('pre')) trimInitialSpace(element, content);
  const { last } = element;
  if (last?.type === 'text') trimTrailingSpace(lexer, element, last);
}

/** What belongs into the head goes there, and is read there. */
export function moveToHead(lexer: Lexer, element: TidyNode, node: TidyNode): void {
  node.remove();
  if (!node.opens) {
    lexer.report.warning('discarding', element, node);
    return;
  }
  lexer.report.warning('notAllowedIn', element, node);
  let html: TidyNode | undefined = element;
  while (html !== undefined && !html.is('html')) html = html.parent;
  html?.child('head')?.append(node);
  lexer.parse(node, 'ignoreWhite');
}

/** What cannot stand in a row goes in front of the table; the parent's first child is not always told, as in JTidy. */
export function moveBeforeTable(row: TidyNode, node: TidyNode): void {
  let table = row.parent;
  while (table !== undefined && !table.is('table')) table = table.parent;
  if (table === undefined) return;
  if (table.parent?.content === table) table.parent.content = node;
  node.prev = table.prev;
  node.next = table;
  table.prev = node;
  node.parent = table.parent;
  if (node.prev !== undefined) node.prev.next = node;
}

/** A document type that comes late goes in front of the html element. */
export function insertDoctype(lexer: Lexer, element: TidyNode, doctype: TidyNode): void {
  lexer.report.warning('doctypeAfterTags', element, doctype);
  let html: TidyNode | undefined = element;
  while (html !== undefined && !html.is('html')) html = html.parent;
  html?.before(doctype);
}

/** An object in the head that holds more than parameters goes to the body. */
export function moveObjects(html: TidyNode): void {
  const head = lastChild(html, 'head');
  const body = lastChild(html, 'body');
  if (head === undefined || body === undefined) return;
  for (let node = head.content; node !== undefined; ) {
    const { next }: TidyNode = node;
    if (node.is('object') && holdsMoreThanParams(node)) {
      node.remove();
      body.insertAtStart(node);
    }
    node = next;
  }
}

function lastChild(html: TidyNode, name: string): TidyNode | undefined {
  let found: TidyNode | undefined;
  for (let node = html.content; node !== undefined; node = node.next) if (node.is(name)) found = node;
  return found;
}

function holdsMoreThanParams(object: TidyNode): boolean {
  for (let child = object.content; child !== undefined; child = child.next) if (!child.is('param')) return true;
  return false;
}

/** The body, for content that comes after it. */
export const bodyOf = (lexer: Lexer): TidyNode | undefined =>
  lexer.root === undefined ? undefined : findBody(lexer.root);

/** A form's tags do not fit: JTidy counts an error, and says so at the end. */
export function badForm(lexer: Lexer): void {
  lexer.report.badForm = true;
  lexer.report.errors++;
}
