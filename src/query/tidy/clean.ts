import { addStyle, mergeStyles } from './clean-style.js';
import { MODEL } from './dict.js';
import type { Attribute, TidyNode } from './node.js';
import { findTag } from './tags.js';

/** Puts a tree in order that was read (org.w3c.tidy.Clean), as far as JMeter has it done. */

/** Bold in bold, italic in italic: the inner one goes. */
export function dropNestedEmphasis(first: TidyNode | undefined): void {
  for (let node = first; node !== undefined; ) {
    if (node.is('b', 'i') && node.parent?.tag === node.tag) node = unwrap(node);
    else {
      dropNestedEmphasis(node.content);
      node = node.next;
    }
  }
}

/** Puts what an element holds in its place; gives where to go on. */
function unwrap(element: TidyNode): TidyNode | undefined {
  const { parent, prev, next, content, last } = element;
  const first = content ?? next;
  const end = last ?? prev;
  if (content !== undefined && last !== undefined) {
    last.next = next;
    if (prev !== undefined) content.prev = prev;
    for (let at: TidyNode | undefined = content; at !== undefined; at = at.next) at.parent = parent;
  }
  if (next !== undefined) next.prev = end;
  else if (parent !== undefined) parent.last = end;
  if (prev !== undefined) prev.next = first;
  else if (parent !== undefined) parent.content = first;
  element.next = undefined;
  element.content = undefined;
  return first;
}

/** A list whose one item JTidy has put in is an indented block (a `blockquote`, which then becomes a `div`). */
export function indentsFromLists(first: TidyNode | undefined): void {
  for (let node = first; node !== undefined; node = node.next) {
    indentsFromLists(node.content);
    if (node.tag?.parser !== 'list' || !node.hasOneChild || node.content?.implicit !== true) continue;
    stripOnlyChild(node);
    become(node, 'blockquote');
    node.implicit = true;
  }
}

export function divsFromIndents(first: TidyNode | undefined): void {
  for (let node = first; node !== undefined; node = node.next) {
    if (!node.is('blockquote') || !node.implicit) {
      divsFromIndents(node.content);
      continue;
    }
    let indent = 1;
    while (node.hasOneChild && node.content?.is('blockquote')) {
      indent++;
      stripOnlyChild(node);
    }
    divsFromIndents(node.content);
    const margin = `margin-left: ${2 * indent}em`;
    become(node, 'div');
    const style = node.attribute('style');
    if (style?.value !== undefined) style.value = `${margin}; ${style.value}`;
    else node.addAttribute('style', margin);
  }
}

/** The one child goes, what it holds stays. */
function stripOnlyChild(node: TidyNode): void {
  const child = node.content;
  if (child === undefined) return;
  node.content = child.content;
  node.last = child.last;
  child.content = undefined;
  for (let at = node.content; at !== undefined; at = at.next) at.parent = node;
}

function become(node: TidyNode, name: string): void {
  const tag = findTag(name);
  if (tag !== undefined) node.become(tag);
}

/** Replaces presentational elements by styles, from the inside out (Clean.cleanTree); gives where to go on. */
export function stylesFromTags(node: TidyNode): TidyNode | undefined {
  for (let child = node.content; child !== undefined; ) child = stylesFromTags(child)?.next;
  return cleanNode(node);
}

function cleanNode(given: TidyNode): TidyNode | undefined {
  const node = given;
  while (node.opens) {
    if (listToDiv(node)) continue;
    const list = nestedList(node);
    if (list !== undefined) return list;
    if (!(centerToDiv(node) || mergeDivs(node) || blockStyle(node) || inlineStyle(node) || fontToSpan(node))) break;
  }
  return node;
}

function listToDiv(node: TidyNode): boolean {
  if (!node.is('dir', 'ul', 'ol') || !node.hasOneChild) return false;
  if (!node.content?.is('li') || !node.content.implicit) return false;
  become(node, 'div');
  addStyle(node, 'margin-left: 2em');
  stripOnlyChild(node);
  return true;
}

/** A list that is all of an item of a list of its kind takes that list's place, or goes into the last item before it. */
function nestedList(node: TidyNode): TidyNode | undefined {
  const item = node.content;
  const list = item?.content;
  if (!node.is('ul', 'ol') || item === undefined || item.next !== undefined || list === undefined) return undefined;
  if (list.tag !== node.tag) return undefined;
  list.prev = node.prev;
  list.next = node.next;
  list.parent = node.parent;
  fixLinks(list);
  item.content = undefined;
  node.content = undefined;
  node.next = undefined;
  const before = list.prev;
  if (before?.is('ul', 'ol') && before.last !== undefined) {
    before.next = list.next;
    if (before.next !== undefined) before.next.prev = before;
    const into = before.last;
    list.parent = into;
    list.next = undefined;
    list.prev = into.last;
    fixLinks(list);
    cleanNode(list);
  }
  return list;
}

function fixLinks(node: TidyNode): void {
  const { parent } = node;
  if (node.prev !== undefined) node.prev.next = node;
  else if (parent !== undefined) parent.content = node;
  if (node.next !== undefined) node.next.prev = node;
  else if (parent !== undefined) parent.last = node;
  for (let child = node.content; child !== undefined; child = child.next) child.parent = node;
}

function centerToDiv(node: TidyNode): boolean {
  if (!node.is('center')) return false;
  become(node, 'div');
  addStyle(node, 'text-align: center');
  return true;
}

function mergeDivs(node: TidyNode): boolean {
  const child = node.content;
  if (!node.is('div') || child === undefined || !child.is('div') || child.next !== undefined) return false;
  mergeStyles(node, child);
  stripOnlyChild(node);
  return true;
}

function blockStyle(node: TidyNode): boolean {
  const block = MODEL.BLOCK | MODEL.LIST | MODEL.DEFLIST | MODEL.TABLE;
  if (!node.has(block) || node.is('table', 'tr', 'li')) return false;
  if (!node.is('caption')) alignToStyle(node);
  const child = node.content;
  if (child === undefined || child.next !== undefined) return false;
  if (child.is('b', 'i')) {
    mergeStyles(node, child);
    addStyle(node, child.is('b') ? 'font-weight: bold' : 'font-style: italic');
    stripOnlyChild(node);
    return true;
  }
  return takeFont(node, child);
}

function alignToStyle(node: TidyNode): void {
  const align = node.namedAttribute('align', 'av');
  if (align === undefined) return;
  node.removeAttribute(align);
  if (align.value !== undefined) addStyle(node, `text-align: ${align.value.toLowerCase()}`);
}

function inlineStyle(node: TidyNode): boolean {
  const child = node.content;
  if (node.is('font') || !node.has(MODEL.INLINE | MODEL.ROW) || child === undefined || child.next !== undefined)
    return false;
  return takeFont(node, child);
}

function takeFont(node: TidyNode, child: TidyNode): boolean {
  if (!child.is('font')) return false;
  mergeStyles(node, child);
  addFontStyles(node, child.attributes);
  stripOnlyChild(node);
  return true;
}

function fontToSpan(node: TidyNode): boolean {
  if (!node.is('font') || (node.parent?.content === node && node.next === undefined)) return false;
  addFontStyles(node, node.attributes);
  const style = lastStyle(node.attributes);
  if (style !== undefined) style.next = undefined;
  node.attributes = style;
  become(node, 'span');
  return true;
}

function lastStyle(first: Attribute | undefined): Attribute | undefined {
  let style: Attribute | undefined;
  for (let at = first; at !== undefined; at = at.next) if (at.name === 'style') style = at;
  return style;
}

/** The headings that a paragraph of this font size becomes. */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ['6', 'h1'],
  ['5', 'h2'],
  ['4', 'h3'],
]);

function addFontStyles(node: TidyNode, first: Attribute | undefined): void {
  for (let at = first; at !== undefined; at = at.next) {
    if (at.name === 'face') addStyle(node, `font-family: ${at.value}`);
    else if (at.name === 'color') addStyle(node, `color: ${at.value}`);
    else if (at.name === 'size' && at.value !== undefined) addFontSize(node, at.value);
  }
}

function addFontSize(node: TidyNode, size: string): void {
  const heading = node.is('p') ? HEADINGS.get(size) : undefined;
  const value = fontSize(size);
  if (heading !== undefined) become(node, heading);
  else if (value !== undefined) addStyle(node, `font-size: ${value}`);
}

const SIZES = ['60%', '70%', '80%', undefined, '120%', '150%', '200%'];

function fontSize(size: string): string | undefined {
  const absolute = /^[0-6]/.exec(size)?.[0];
  if (absolute !== undefined) return SIZES[Number(absolute)];
  // Any other first character counts as a plus.
  const steps = /^.([0-6])/s.exec(size)?.[1];
  const smaller = size.startsWith('-');
  if (steps === undefined) return smaller ? 'smaller' : 'larger';
  let factor = 1;
  for (let n = Number(steps); n > 0; n--) factor *= smaller ? 0.8 : 1.2;
  return `${Math.trunc(factor * 100)}%`;
}
