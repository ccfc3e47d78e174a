import { type Builder, isBlankText, type Mode } from './builder.js';
import { inBody } from './in-body.js';
import { inHead } from './in-head.js';
import { FOSTERING, words } from './open-elements.js';
import { afterHead, beforeHead, inFrameset } from './outer-modes.js';
import type { Token } from './tokenizer.js';

const TABLE = words('table template');
const TABLE_BODY = words('tbody tfoot thead template');
const ROW = words('tr template');
const BODIES = words('tbody tfoot thead');
const CELLS = words('td th');
const ROW_PARTS = words('td th tr');
const TO_HEAD = words('script style template');
const END_IGNORED = words('body caption col colgroup html tbody td tfoot th thead tr');
const BODY_EXIT = words('caption col colgroup tbody tfoot thead');
const BODY_END_IGNORED = words('body caption col colgroup html td th tr');
const ROW_EXIT = words('caption col colgroup tbody tfoot thead tr');
const ROW_END_IGNORED = words('body caption col colgroup html td th');
const CELL_EXIT = words('caption col colgroup tbody td tfoot th thead tr');
const CELL_END_IGNORED = words('body caption col colgroup html');
const SELECT_EXIT = words('caption table tbody td tfoot th thead tr');
const SELECT_INPUTS = words('input keygen textarea');

const named = (token: Token, kind: 'start' | 'end', names: ReadonlySet<string>): boolean =>
  token.kind === kind && names.has(token.name);
const is = (token: Token, kind: 'start' | 'end', name: string): boolean => token.kind === kind && token.name === name;

export const inTable: Mode = (builder, token) => {
  switch (token.kind) {
    case 'text':
      if (!FOSTERING.has(builder.open.current.name) || !isBlankText(token)) return outside(builder, token);
      builder.open.insertText(token.text);
      return true;
    case 'comment':
      return inBody(builder, token);
    case 'doctype':
      return false;
    case 'start':
      return tableStart(builder, token);
    case 'end':
      if (token.name === 'table') return closeTable(builder);
      if (END_IGNORED.has(token.name)) return false;
      return token.name === 'template' ? inHead(builder, token) : outside(builder, token);
    case 'eof':
      return true;
  }
};

/** What has no place in a table goes in front of it; texts stay, in jsoup. */
function outside(builder: Builder, token: Token): boolean {
  builder.open.fostering = true;
  inBody(builder, token);
  builder.open.fostering = false;
  return true;
}

function tableStart(builder: Builder, token: Extract<Token, { kind: 'start' }>): boolean {
  const { open } = builder;
  const { name } = token;
  const opened = (mode: Mode): boolean => {
    open.clearTo(TABLE);
    if (name === 'caption') open.mark();
    builder.insert(token);
    if (!token.closed) builder.mode = mode;
    return true;
  };
  if (name === 'caption') return opened(inCaption);
  if (name === 'colgroup') return opened(inColumnGroup);
  if (BODIES.has(name)) return opened(inTableBody);
  if (name === 'col' || ROW_PARTS.has(name)) {
    open.clearTo(TABLE);
    builder.startTag(name === 'col' ? 'colgroup' : 'tbody');
    return builder.process(token);
  }
  if (name === 'table') return closeTable(builder) && builder.process(token);
  if (TO_HEAD.has(name)) return inHead(builder, token);
  if (name === 'input' && token.attributes?.get('type')?.toLowerCase() === 'hidden') {
    builder.insertEmpty(token);
    return true;
  }
  if (name === 'form') {
    if (builder.form !== undefined || open.has('template')) return false;
    builder.form = builder.insertEmpty(token);
    return true;
  }
  return outside(builder, token);
}

function closeTable(builder: Builder): boolean {
  if (!builder.open.inTableScope('table')) return false;
  builder.open.popTo('table');
  resetMode(builder);
  return true;
}

const inCaption: Mode = (builder, token) => {
  const { open } = builder;
  if (is(token, 'end', 'caption')) {
    if (!open.inTableScope('caption')) return false;
    open.impliedEnds();
    open.popTo('caption');
    open.clearToMark();
    builder.mode = inTable;
    return true;
  }
  if (named(token, 'start', CELL_EXIT) || is(token, 'end', 'table'))
    return builder.endTag('caption') ? builder.process(token) : true;
  return named(token, 'end', END_IGNORED) ? false : inBody(builder, token);
};

export const inColumnGroup: Mode = (builder, token) => {
  const { open } = builder;
  if (token.kind === 'text' && isBlankText(token)) {
    open.insertText(token.text);
    return true;
  }
  if (token.kind === 'comment' || is(token, 'start', 'html')) return inBody(builder, token);
  if (token.kind === 'doctype') return true;
  if (token.kind === 'start' && token.name === 'col') {
    builder.insertEmpty(token);
    return true;
  }
  if ((token.kind === 'start' || token.kind === 'end') && token.name === 'template') return inHead(builder, token);
  if (token.kind === 'eof' && open.isCurrent('html')) return true;
  if (!open.isCurrent('colgroup')) return false;
  open.stack.pop();
  builder.mode = inTable;
  return is(token, 'end', 'colgroup') || builder.process(token);
};

export const inTableBody: Mode = (builder, token) => {
  const { open } = builder;
  if (token.kind === 'start') {
    if (token.name === 'tr') {
      open.clearTo(TABLE_BODY);
      builder.mode = inRow;
      builder.insert(token);
      return true;
    }
    if (CELLS.has(token.name)) {
      builder.startTag('tr');
      return builder.process(token);
    }
    if (BODY_EXIT.has(token.name)) return leaveBody(builder, token);
  } else if (token.kind === 'end') {
    if (BODIES.has(token.name)) {
      if (!open.inTableScope(token.name)) return false;
      open.clearTo(TABLE_BODY);
      open.stack.pop();
      builder.mode = inTable;
      return true;
    }
    if (token.name === 'table') return leaveBody(builder, token);
    if (BODY_END_IGNORED.has(token.name)) return false;
  }
  return inTable(builder, token);
};

function leaveBody(builder: Builder, token: Token): boolean {
  const { open } = builder;
  if (!(open.inTableScope('tbody') || open.inTableScope('thead') || open.inScope('tfoot'))) return false;
  open.clearTo(TABLE_BODY);
  builder.endTag(open.current.name);
  return builder.process(token);
}

export const inRow: Mode = (builder, token) => {
  const { open } = builder;
  const leave = (): void => {
    open.clearTo(ROW);
    open.stack.pop();
    builder.mode = inTableBody;
  };
  if (token.kind === 'start') {
    if (CELLS.has(token.name)) {
      open.clearTo(ROW);
      builder.mode = inCell;
      open.mark();
      builder.insert(token);
      return true;
    }
    if (ROW_EXIT.has(token.name)) {
      if (!open.inTableScope('tr')) return false;
      leave();
      return builder.process(token);
    }
  } else if (token.kind === 'end') {
    const { name } = token;
    if (name === 'tr' || name === 'table' || BODIES.has(name)) {
      if ((BODIES.has(name) && !open.inTableScope(name)) || !open.inTableScope('tr')) return false;
      leave();
      return name === 'tr' || builder.process(token);
    }
    if (ROW_END_IGNORED.has(name)) return false;
  }
  return inTable(builder, token);
};

const inCell: Mode = (builder, token) => {
  const { open } = builder;
  const closeCell = (): void => {
    builder.endTag(open.inTableScope('td') ? 'td' : 'th');
  };
  if (token.kind === 'end') {
    const { name } = token;
    if (CELLS.has(name)) {
      const inScope = open.inTableScope(name);
      builder.mode = inRow;
      if (!inScope) return false;
      open.impliedEnds();
      open.popTo(name);
      open.clearToMark();
      return true;
    }
    if (CELL_END_IGNORED.has(name)) return false;
    if (name === 'table' || FOSTERING.has(name)) {
      if (!open.inTableScope(name)) return false;
      closeCell();
      return builder.process(token);
    }
  } else if (named(token, 'start', CELL_EXIT)) {
    if (!(open.inTableScope('td') || open.inTableScope('th'))) return false;
    closeCell();
    return builder.process(token);
  }
  return inBody(builder, token);
};

export const inSelect: Mode = (builder, token) => {
  const { open } = builder;
  switch (token.kind) {
    case 'text':
      if (token.text === '\0') return false;
      open.insertText(token.text);
      return true;
    case 'comment':
      return inBody(builder, token);
    case 'start':
      return selectStart(builder, token);
    case 'end':
      return selectEnd(builder, token);
    default:
      return token.kind === 'eof';
  }
};

function selectStart(builder: Builder, token: Extract<Token, { kind: 'start' }>): boolean {
  const { open } = builder;
  const { name } = token;
  if (name === 'html') return inBody(builder, token);
  if (name === 'option' || name === 'optgroup') {
    if (open.isCurrent('option')) builder.endTag('option');
    if (name === 'optgroup' && open.isCurrent('optgroup')) builder.endTag('optgroup');
    builder.insert(token);
    return true;
  }
  if (name === 'select') return builder.endTag('select');
  if (SELECT_INPUTS.has(name)) {
    if (!open.inSelectScope('select')) return false;
    builder.endTag('select');
    return builder.process(token);
  }
  return (name === 'script' || name === 'template') && inHead(builder, token);
}

function selectEnd(builder: Builder, token: Extract<Token, { kind: 'end' }>): boolean {
  const { open } = builder;
  const { name } = token;
  if (name === 'optgroup') {
    if (open.isCurrent('option') && open.stack.at(-2)?.name === 'optgroup') builder.endTag('option');
    if (open.isCurrent('optgroup')) open.stack.pop();
    return true;
  }
  if (name === 'option') {
    if (open.isCurrent('option')) open.stack.pop();
    return true;
  }
  if (name === 'template') return inHead(builder, token);
  if (name !== 'select' || !open.inSelectScope('select')) return false;
  open.popTo('select');
  resetMode(builder);
  return true;
}

export const inSelectInTable: Mode = (builder, token) => {
  if ((token.kind !== 'start' && token.kind !== 'end') || !SELECT_EXIT.has(token.name)) return inSelect(builder, token);
  if (token.kind === 'end' && !builder.open.inTableScope(token.name)) return false;
  builder.open.popTo('select');
  resetMode(builder);
  return builder.process(token);
};

export const TABLE_MODES: ReadonlySet<Mode> = new Set([inTable, inCaption, inTableBody, inRow, inCell]);

const MODES: Readonly<Record<string, Mode>> = {
  select: inSelect,
  td: inCell,
  th: inCell,
  tr: inRow,
  tbody: inTableBody,
  thead: inTableBody,
  tfoot: inTableBody,
  caption: inCaption,
  colgroup: inColumnGroup,
  table: inTable,
  head: (builder, token) => inHead(builder, token),
  body: (builder, token) => inBody(builder, token),
  frameset: (builder, token) => inFrameset(builder, token),
};

/** The mode that what is open asks for. */
export function resetMode(builder: Builder): void {
  const { stack } = builder.open;
  for (let i = stack.length - 1; i >= 0; i--) {
    const element = stack[i];
    if (element === undefined || element.foreign !== undefined) continue;
    const { name } = element;
    const mode =
      name === 'template'
        ? builder.templates.at(-1)
        : name === 'html'
          ? builder.head === undefined
            ? beforeHead
            : afterHead
          : MODES[name];
    if (mode === undefined) continue;
    builder.mode = mode;
    return;
  }
  builder.mode = inBody;
}
