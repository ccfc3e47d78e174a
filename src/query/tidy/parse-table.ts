import { MODEL } from './dict.js';
import type { Lexer } from './lexer.js';
import type { TidyNode } from './node.js';
import { appendMisc, badForm, moveBeforeTable, moveToHead } from './place.js';

const FLOW = MODEL.BLOCK | MODEL.INLINE;

/** What is to be done next in a parser's loop: read on, leave, or go on with this node. */
type Verdict = 'next' | 'leave' | TidyNode;

/** Reads a table (ParserImpl.ParseTableTag): cells get a row, texts and other elements go in front of the table. */
export function parseTable(lexer: Lexer, table: TidyNode): void {
  const { inline, report } = lexer;
  inline.defer();
  const { base } = inline;
  inline.base = inline.depth;
  let verdict: Verdict = 'next';
  while (verdict !== 'leave') {
    const node = lexer.read('ignoreWhite');
    if (node === undefined) {
      report.warning('missingEndTag', table);
      break;
    }
    verdict = inTable(lexer, table, node);
  }
  // JTidy trims after it has put the base back, but when the document ends: trimming does not look at it.
  inline.base = base;
  lexer.trimEmpty(table);
}

function inTable(lexer: Lexer, table: TidyNode, given: TidyNode): Verdict {
  const { report } = lexer;
  let node = given;
  if (node.tag === table.tag && node.type === 'end') return 'leave';
  if (appendMisc(table, node)) return 'next';
  if (node.tag === undefined && node.type !== 'text') {
    report.warning('discarding', table, node);
    return 'next';
  }
  const verdict = node.type === 'end' ? endInTable(lexer, table, node) : startInTable(lexer, table, node);
  if (typeof verdict === 'string') return verdict;
  node = verdict;
  if (!node.has(MODEL.TABLE)) {
    lexer.unread();
    report.warning('notAllowedIn', table, node);
    return 'leave';
  }
  if (node.opens) {
    table.append(node);
    lexer.parse(node, 'ignoreWhite');
  } else report.warning('discarding', table, node);
  return 'next';
}

function startInTable(lexer: Lexer, table: TidyNode, node: TidyNode): Verdict {
  const { report } = lexer;
  if (node.is('td', 'th', 'table')) {
    lexer.unread();
    const row = lexer.inferred('tr');
    report.warning('missingStartTag', table, row);
    return row;
  }
  if (node.type === 'text' || node.has(FLOW)) {
    table.before(node);
    report.warning('notAllowedIn', table, node);
    readExiled(lexer, node);
    return 'next';
  }
  if (!node.has(MODEL.HEAD)) return node;
  moveToHead(lexer, table, node);
  return 'next';
}

function endInTable(lexer: Lexer, table: TidyNode, node: TidyNode): Verdict {
  const { report } = lexer;
  if (node.is('form') || node.has(FLOW)) {
    badForm(lexer);
    report.warning('discarding', table, node);
    return 'next';
  }
  if (node.has(MODEL.TABLE | MODEL.ROW)) {
    report.warning('discarding', table, node);
    return 'next';
  }
  if (!table.isInside(node.tag)) return node;
  report.warning('missingEndTagBefore', table, node);
  lexer.unread();
  return 'leave';
}

/** Reads what was moved in front of the table. */
function readExiled(lexer: Lexer, node: TidyNode): void {
  lexer.exiled = true;
  if (node.type !== 'text') lexer.parse(node, 'ignoreWhite');
  lexer.exiled = false;
}

/** Reads the columns of a group (ParserImpl.ParseColGroup). */
export function parseColGroup(lexer: Lexer, group: TidyNode): void {
  const { report } = lexer;
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.tag === group.tag && node.type === 'end') return;
    if (node.type === 'end' && node.is('form')) {
      badForm(lexer);
      report.warning('discarding', group, node);
      continue;
    }
    if ((node.type === 'end' && group.isInside(node.tag)) || node.type === 'text') {
      lexer.unread();
      return;
    }
    if (appendMisc(group, node)) continue;
    if (node.tag === undefined) report.warning('discarding', group, node);
    else if (!node.is('col')) {
      lexer.unread();
      return;
    } else if (node.type === 'end') report.warning('discarding', group, node);
    else {
      group.append(node);
      lexer.parse(node, 'ignoreWhite');
    }
  }
}

/** Reads the rows of a group (ParserImpl.ParseRowGroup). */
export function parseRowGroup(lexer: Lexer, group: TidyNode): void {
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.tag === group.tag && node.type !== 'end') {
      lexer.unread();
      return;
    }
    if (inRowGroup(lexer, group, node) === 'leave') break;
  }
  lexer.trimEmpty(group);
}

function inRowGroup(lexer: Lexer, group: TidyNode, given: TidyNode): Verdict {
  const { report } = lexer;
  let node = given;
  if (node.tag === group.tag) return 'leave';
  if (node.is('table') && node.type === 'end') {
    lexer.unread();
    return 'leave';
  }
  if (appendMisc(group, node)) return 'next';
  if (node.tag === undefined && node.type !== 'text') {
    report.warning('discarding', group, node);
    return 'next';
  }
  const verdict = node.type === 'end' ? endInRowGroup(lexer, group, node) : startInRowGroup(lexer, group, node);
  if (typeof verdict === 'string') return verdict;
  node = verdict;
  if (node.has(MODEL.ROWGRP)) {
    if (node.type !== 'end') lexer.unread();
    return 'leave';
  }
  if (node.type === 'end') {
    report.warning('discarding', group, node);
    return 'next';
  }
  if (!node.is('tr')) {
    node = lexer.inferred('tr');
    report.warning('missingStartTag', group, node);
    lexer.unread();
  }
  group.append(node);
  lexer.parse(node, 'ignoreWhite');
  return 'next';
}

function startInRowGroup(lexer: Lexer, group: TidyNode, node: TidyNode): Verdict {
  if (!node.is('td', 'th')) return outOfPlace(lexer, group, node);
  lexer.unread();
  const row = lexer.inferred('tr');
  lexer.report.warning('missingStartTag', group, row);
  return row;
}

/** Texts and flow go in front of the table, what belongs in the head goes there. */
function outOfPlace(lexer: Lexer, element: TidyNode, node: TidyNode): Verdict {
  const { report } = lexer;
  if (node.type === 'text' || node.has(FLOW)) {
    moveBeforeTable(element, node);
    report.warning('notAllowedIn', element, node);
    readExiled(lexer, node);
    return 'next';
  }
  if (!node.has(MODEL.HEAD)) return node;
  report.warning('notAllowedIn', element, node);
  moveToHead(lexer, element, node);
  return 'next';
}

function endInRowGroup(lexer: Lexer, group: TidyNode, node: TidyNode): Verdict {
  if (node.is('form', 'tr', 'td', 'th') || node.has(FLOW)) {
    if (node.is('form')) badForm(lexer);
    lexer.report.warning('discarding', group, node);
    return 'next';
  }
  if (!group.isInside(node.tag)) return node;
  lexer.unread();
  return 'leave';
}

/** Reads the cells of a row (ParserImpl.ParseRow). */
export function parseRow(lexer: Lexer, row: TidyNode): void {
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.tag === row.tag) {
      if (node.type !== 'end') lexer.unread();
      fixEmptyRow(lexer, row);
      return;
    }
    if (node.type === 'end' && (node.has(MODEL.HTML | MODEL.TABLE) || node.is('table')) && row.isInside(node.tag)) {
      lexer.unread();
      return;
    }
    if (inRow(lexer, row, node) === 'leave') break;
  }
  lexer.trimEmpty(row);
}

function inRow(lexer: Lexer, row: TidyNode, given: TidyNode): Verdict {
  const { report } = lexer;
  if (given.type === 'end') {
    const verdict = endInRow(lexer, row, given);
    if (typeof verdict === 'string') return verdict;
  }
  if (appendMisc(row, given)) return 'next';
  if ((given.tag === undefined && given.type !== 'text') || given.is('table')) {
    report.warning('discarding', row, given);
    return 'next';
  }
  if (given.has(MODEL.ROWGRP)) {
    lexer.unread();
    return 'leave';
  }
  if (given.type === 'end') {
    report.warning('discarding', row, given);
    return 'next';
  }
  const node = startInRow(lexer, row, given);
  if (typeof node === 'string') return node;
  if (node.is('td', 'th')) readCell(lexer, row, node);
  else report.warning('notAllowedIn', row, node);
  return 'next';
}

function endInRow(lexer: Lexer, row: TidyNode, node: TidyNode): Verdict {
  if (node.is('form', 'td', 'th') || node.has(FLOW)) {
    if (node.is('form')) badForm(lexer);
    lexer.report.warning('discarding', row, node);
    return 'next';
  }
  if (!row.isInside(node.tag)) return node;
  lexer.unread();
  return 'leave';
}

function startInRow(lexer: Lexer, row: TidyNode, node: TidyNode): Verdict {
  if (!node.is('form')) return outOfPlace(lexer, row, node);
  lexer.unread();
  const cell = lexer.inferred('td');
  lexer.report.warning('missingStartTag', row, cell);
  return cell;
}

function readCell(lexer: Lexer, row: TidyNode, cell: TidyNode): void {
  row.append(cell);
  const { excludeBlocks } = lexer;
  lexer.excludeBlocks = false;
  lexer.parse(cell, 'ignoreWhite');
  lexer.excludeBlocks = excludeBlocks;
  lexer.inline.popToBase();
}

function fixEmptyRow(lexer: Lexer, row: TidyNode): void {
  if (row.content !== undefined) return;
  const cell = lexer.inferred('td');
  row.append(cell);
  lexer.report.warning('missingStartTag', row, cell);
}
