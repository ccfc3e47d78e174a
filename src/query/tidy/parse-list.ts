import { MODEL } from './dict.js';
import type { Lexer, Mode } from './lexer.js';
import type { TidyNode } from './node.js';
import { appendMisc, badForm } from './place.js';

/** Reads a list of items (ParserImpl.ParseList): anything else is put into an item of its own. */
export function parseList(lexer: Lexer, list: TidyNode): void {
  const { report } = lexer;
  lexer.inline.cancel();
  const end = (): void => {
    if (list.has(MODEL.OBSOLETE)) lexer.coerce(list, 'ul');
  };
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.tag === list.tag && node.type === 'end') {
      end();
      lexer.trimEmpty(list);
      return;
    }
    if (appendMisc(list, node)) continue;
    if (node.type !== 'text' && node.tag === undefined) report.warning('discarding', list, node);
    else if (node.type === 'end') {
      if (endsOutside(lexer, list, node)) {
        end();
        lexer.trimEmpty(list);
        return;
      }
    } else {
      const item = itemOf(lexer, list, node);
      if (item === undefined) return;
      list.append(item);
      lexer.parse(item, 'ignoreWhite');
    }
  }
  end();
  report.warning('missingEndTag', list);
  lexer.trimEmpty(list);
}

/** An end tag in a list: whether it is that of an element around. */
function endsOutside(lexer: Lexer, list: TidyNode, node: TidyNode): boolean {
  const { report } = lexer;
  if (node.is('form')) badForm(lexer);
  else if (node.has(MODEL.INLINE)) {
    report.warning('discarding', list, node);
    lexer.inline.pop(node);
    return false;
  } else if (list.isInside(node.tag)) {
    report.warning('missingEndTagBefore', list, node);
    lexer.unread();
    return true;
  }
  report.warning('discarding', list, node);
  return false;
}

/** The token as an item; undefined when it ends the list. */
function itemOf(lexer: Lexer, list: TidyNode, node: TidyNode): TidyNode | undefined {
  if (node.is('li')) return node;
  lexer.unread();
  if (node.has(MODEL.BLOCK) && lexer.excludeBlocks) {
    lexer.report.warning('missingEndTagBefore', list, node);
    lexer.trimEmpty(list);
    return undefined;
  }
  const item = lexer.inferred('li');
  item.addAttribute('style', 'list-style: none');
  lexer.report.warning('missingStartTag', list, item);
  return item;
}

/** Reads a definition list (ParserImpl.ParseDefList): a text begins a term, anything else a definition. */
export function parseDefList(lexer: Lexer, given: TidyNode, mode: Mode): void {
  const { report } = lexer;
  let list = given;
  lexer.inline.cancel();
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.tag === list.tag && node.type === 'end') {
      lexer.trimEmpty(list);
      return;
    }
    if (appendMisc(list, node)) continue;
    if (node.type === 'text') {
      lexer.unread();
      node = lexer.inferred('dt');
      report.warning('missingStartTag', list, node);
    }
    if (node.tag === undefined) report.warning('discarding', list, node);
    else if (node.type === 'end' && node.is('form')) {
      badForm(lexer);
      report.warning('discarding', list, node);
    } else if (node.type === 'end' && list.isInside(node.tag)) {
      report.warning('missingEndTagBefore', list, node);
      lexer.unread();
      lexer.trimEmpty(list);
      return;
    } else if (node.is('center')) list = splitByCenter(lexer, list, node, mode);
    else {
      const item = definitionOf(lexer, list, node);
      if (item === undefined) return;
      if (item.type === 'end') report.warning('discarding', list, item);
      else {
        list.append(item);
        lexer.parse(item, 'ignoreWhite');
      }
    }
  }
  report.warning('missingEndTag', list);
  lexer.trimEmpty(list);
}

/** A centred part splits the list; a new one begins behind it. */
function splitByCenter(lexer: Lexer, list: TidyNode, center: TidyNode, mode: Mode): TidyNode {
  if (list.content === undefined) {
    list.before(center);
    list.remove();
  } else list.after(center);
  lexer.parse(center, mode);
  const rest = lexer.inferred('dl');
  center.after(rest);
  return rest;
}

/** The token as a part of the list; undefined when it ends the list. */
function definitionOf(lexer: Lexer, list: TidyNode, node: TidyNode): TidyNode | undefined {
  if (node.is('dt', 'dd')) return node;
  lexer.unread();
  const allowed = node.has(MODEL.BLOCK | MODEL.INLINE);
  if (!allowed) lexer.report.warning('notAllowedIn', list, node);
  if (!allowed || (!node.has(MODEL.INLINE) && lexer.excludeBlocks)) {
    lexer.trimEmpty(list);
    return undefined;
  }
  const item = lexer.inferred('dd');
  lexer.report.warning('missingStartTag', list, item);
  return item;
}
