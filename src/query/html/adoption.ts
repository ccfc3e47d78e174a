import type { Builder } from './builder.js';
import type { HtmlElement } from './dom.js';
import { closeAny } from './in-body.js';
import { detach, FOSTERING, type OpenElements, SPECIAL } from './open-elements.js';

/** The end tag of a formatting element that other elements cross: the "adoption agency" of HTML 5, as jsoup limits it. */
export function closeFormatting(builder: Builder, name: string): boolean {
  const { open } = builder;
  for (let i = 0; i < 8; i++) {
    const formatting = open.findFormatting(name);
    if (formatting === undefined || formatting.name !== name) return closeAny(builder, name);
    if (!open.stack.includes(formatting)) {
      open.dropFormatting(formatting);
      return true;
    }
    if (!open.inScope(name)) return false;
    const at = open.stack.indexOf(formatting);
    const block = open.stack.slice(at + 1).find((element) => SPECIAL.has(element.name));
    if (block === undefined) {
      open.popTo(name);
      open.dropFormatting(formatting);
      return true;
    }
    adopt(open, formatting, block, open.stack[at - 1] ?? open.root);
  }
  return true;
}

function adopt(open: OpenElements, formatting: HtmlElement, block: HtmlElement, ancestor: HtmlElement): void {
  const { last, bookmark } = moveUp(open, formatting, block);
  detach(last);
  if (FOSTERING.has(ancestor.name)) open.foster(last);
  else ancestor.append(last);
  const adopter = open.create(formatting.name, formatting.attributes && new Map(formatting.attributes));
  for (const child of block.children.splice(0)) adopter.append(child);
  block.append(adopter);
  open.dropFormatting(formatting);
  open.addFormatting(adopter, Math.min(bookmark, open.formatting.length));
  open.remove(formatting);
  open.stack.splice(open.stack.lastIndexOf(block) + 1, 0, adopter);
}

/** Copies up to three formatting elements between the block and the one that closes, each around the one below. */
function moveUp(open: OpenElements, formatting: HtmlElement, block: HtmlElement) {
  const { stack } = open;
  let bookmark = open.formatting.lastIndexOf(formatting);
  let node = block;
  let last = block;
  let at = stack.lastIndexOf(block);
  for (let j = 0; j < 3; j++) {
    at--;
    node = stack[at] ?? node;
    if (!open.formatting.includes(node)) {
      const gone = stack.lastIndexOf(node);
      if (gone >= 0) stack.splice(gone, 1);
      continue;
    }
    if (node === formatting) break;
    const copy = open.create(node.name, undefined);
    open.formatting[open.formatting.lastIndexOf(node)] = copy;
    stack[stack.lastIndexOf(node)] = copy;
    node = copy;
    if (last === block) bookmark = open.formatting.lastIndexOf(node) + 1;
    detach(last);
    node.append(last);
    last = node;
  }
  return { last, bookmark };
}
