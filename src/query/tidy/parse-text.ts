import { CHAR } from './characters.js';
import { MODEL } from './dict.js';
import type { Lexer } from './lexer.js';
import { mayStandInPre, TidyNode } from './node.js';
import { appendMisc, trimSpaces } from './place.js';

/** Reads preformatted text (ParserImpl.ParsePre): blocks in it become text. */
export function parsePre(lexer: Lexer, pre: TidyNode): void {
  const { report } = lexer;
  if (pre.has(MODEL.OBSOLETE)) lexer.coerce(pre, 'pre');
  lexer.inline.repeat();
  for (let node = lexer.read('pre'); node !== undefined; node = lexer.read('pre')) {
    if (node.tag === pre.tag && node.type === 'end') {
      trimSpaces(lexer, pre);
      lexer.trimEmpty(pre);
      return;
    }
    if (node.is('html')) {
      if (node.opens) report.warning('discarding', pre, node);
    } else if (node.type === 'text') {
      if (pre.content === undefined && node.first === CHAR.LF) node.start++;
      if (pre.content !== undefined || !node.isEmpty) pre.append(node);
    } else if (!appendMisc(pre, node)) inPre(lexer, pre, node);
  }
  report.warning('missingEndTag', pre);
  lexer.trimEmpty(pre);
}

function inPre(lexer: Lexer, pre: TidyNode, node: TidyNode): void {
  const { report } = lexer;
  if (!mayStandInPre(node)) {
    report.warning('unescapedElement', pre, node);
    pre.append(escaped(lexer, node));
  } else if (node.is('p') && node.type === 'start') {
    report.warning('usingBr', pre, node);
    trimSpaces(lexer, pre);
    lexer.coerce(node, 'br');
    pre.append(node);
  } else if (node.opens && !node.is('p')) {
    if (node.is('br')) trimSpaces(lexer, pre);
    pre.append(node);
    lexer.parse(node, 'pre');
  } else report.warning('discarding', pre, node);
}

/** A tag as text. */
function escaped(lexer: Lexer, node: TidyNode): TidyNode {
  const start = lexer.size;
  lexer.addText(node.type === 'end' ? '</' : '<');
  if (node.element !== undefined) lexer.addText(node.element);
  else if (node.type === 'doctype') lexer.addText(`!DOCTYPE ${lexer.slice(node.start, node.end)}`);
  lexer.addText(node.type === 'startEnd' ? '/>' : '>');
  return new TidyNode('text', node.text, start, lexer.size);
}

/** Reads a text field or an option (ParserImpl.ParseText): text alone. */
export function parseText(lexer: Lexer, field: TidyNode): void {
  const { report } = lexer;
  lexer.inline.cancel();
  const mode = field.is('textarea') ? 'pre' : 'mixed';
  for (let node = lexer.read(mode); node !== undefined; node = lexer.read(mode)) {
    if (node.tag === field.tag && node.type === 'end') {
      trimSpaces(lexer, field);
      return;
    }
    if (appendMisc(field, node)) continue;
    if (node.type === 'text') {
      if (field.content === undefined && mode !== 'pre') trimSpaces(lexer, field);
      if (!node.isEmpty) field.append(node);
    } else if (node.has(MODEL.INLINE) && !node.has(MODEL.FIELD)) report.warning('discarding', field, node);
    else {
      if (!field.has(MODEL.OPT)) report.warning('missingEndTagBefore', field, node);
      lexer.unread();
      trimSpaces(lexer, field);
      return;
    }
  }
  if (!field.has(MODEL.OPT)) report.warning('missingEndTag', field);
}

/** Reads the options of a selection (ParserImpl.ParseSelect). */
export function parseSelect(lexer: Lexer, field: TidyNode): void {
  if (!readOptions(lexer, field, ['option', 'optgroup', 'script'])) lexer.report.warning('missingEndTag', field);
}

/** Reads a group of options (ParserImpl.ParseOptGroup); it may hold groups, which is then said to be wrong. */
export function parseOptGroup(lexer: Lexer, field: TidyNode): void {
  readOptions(lexer, field, ['option', 'optgroup']);
}

/** Whether the end tag came. */
function readOptions(lexer: Lexer, field: TidyNode, allowed: readonly string[]): boolean {
  const { report } = lexer;
  lexer.inline.cancel();
  const group = field.is('optgroup');
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.tag === field.tag && node.type === 'end') {
      trimSpaces(lexer, field);
      return true;
    }
    if (appendMisc(field, node)) continue;
    if (node.type === 'start' && node.is(...allowed)) {
      if (group && node.is('optgroup')) report.warning('cantBeNested', field, node);
      field.append(node);
      lexer.parse(node, group ? 'mixed' : 'ignoreWhite');
    } else report.warning('discarding', field, node);
  }
  return false;
}
