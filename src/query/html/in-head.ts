import { type Builder, isBlankText, type Mode } from './builder.js';
import { inBody } from './in-body.js';
import { inColumnGroup, inRow, inTable, inTableBody, resetMode } from './in-table.js';
import { words } from './open-elements.js';
import { afterHead } from './outer-modes.js';
import type { StartTag, Token } from './tokenizer.js';

const EMPTY = words('base basefont bgsound command link meta');
const RAW = words('noframes style script');
const END = words('body br html');
const TEMPLATE_HEAD = words('base basefont bgsound link meta noframes script style template title');
const NOSCRIPT_HEAD = words('basefont bgsound link meta noframes style');

export function inHead(builder: Builder, token: Token): boolean {
  const { open } = builder;
  if (isBlankText(token)) {
    if (token.kind === 'text') open.insertText(token.text);
    return true;
  }
  switch (token.kind) {
    case 'comment':
      return inBody(builder, token);
    case 'doctype':
      return false;
    case 'start':
      return startTag(builder, token);
    case 'end':
      if (token.name === 'head') {
        open.stack.pop();
        builder.mode = afterHead;
        return true;
      }
      if (token.name === 'template') return closeTemplate(builder);
      return END.has(token.name) ? leave(builder, token) : false;
    default:
      return leave(builder, token);
  }
}

function leave(builder: Builder, token: Token): boolean {
  builder.endTag('head');
  return builder.process(token);
}

function startTag(builder: Builder, tag: StartTag): boolean {
  const { name } = tag;
  if (name === 'html') return inBody(builder, tag);
  if (EMPTY.has(name)) builder.insertEmpty(tag);
  else if (name === 'title') builder.insertRaw(tag, true);
  else if (RAW.has(name)) builder.insertRaw(tag, false);
  else if (name === 'noscript') {
    builder.open.insert(builder.open.create(name, tag.attributes));
    builder.mode = inHeadNoscript;
  } else if (name === 'head') return false;
  else if (name === 'template') {
    builder.open.insert(builder.open.create(name, tag.attributes));
    builder.open.mark();
    builder.framesetOk = false;
    builder.mode = inTemplate;
    builder.templates.push(inTemplate);
  } else return leave(builder, tag);
  return true;
}

function closeTemplate(builder: Builder): boolean {
  const { open } = builder;
  if (!open.has('template')) return true;
  open.impliedEnds(undefined, true);
  open.popTo('template');
  open.clearToMark();
  builder.templates.pop();
  resetMode(builder);
  return true;
}

/** What does not belong into the head is kept as text: its tags as they are written. */
const inHeadNoscript: Mode = (builder, token) => {
  const { open } = builder;
  if (token.kind === 'doctype') return true;
  if (token.kind === 'start' && token.name === 'html') return inBody(builder, token);
  if (token.kind === 'end' && token.name === 'noscript') {
    open.stack.pop();
    builder.mode = inHead;
    return true;
  }
  if (isBlankText(token) || token.kind === 'comment') return inHead(builder, token);
  if (token.kind === 'start' && NOSCRIPT_HEAD.has(token.name)) return inHead(builder, token);
  if (token.kind === 'start' && (token.name === 'head' || token.name === 'noscript')) return false;
  if (token.kind === 'end' && token.name !== 'br') return false;
  const text = written(token);
  if (text !== '') open.insertText(text);
  return true;
};

function written(token: Token): string {
  if (token.kind === 'text') return token.text;
  if (token.kind === 'end') return `</${token.name}>`;
  if (token.kind !== 'start') return '';
  const attributes = [...(token.attributes ?? [])].map(([key, value]) => ` ${key}="${value}"`).join('');
  return `<${token.name}${attributes}${token.closed ? '/' : ''}>`;
}

/** In a template the first tag tells which part of a page it is. */
export const inTemplate: Mode = (builder, token) => {
  const { open, templates } = builder;
  const go = (mode: Mode): boolean => {
    templates.pop();
    templates.push(mode);
    builder.mode = mode;
    return builder.process(token);
  };
  switch (token.kind) {
    case 'start':
      if (TEMPLATE_HEAD.has(token.name)) return inHead(builder, token);
      return go(TEMPLATE_MODES[token.name] ?? inBody);
    case 'end':
      return token.name === 'template' && inHead(builder, token);
    case 'eof':
      if (!open.has('template')) return true;
      open.popTo('template');
      open.clearToMark();
      templates.pop();
      resetMode(builder);
      return builder.mode === inTemplate ? true : builder.process(token);
    default:
      return inBody(builder, token);
  }
};
const TEMPLATE_MODES: Readonly<Record<string, Mode>> = {
  caption: (builder, token) => inTable(builder, token),
  colgroup: (builder, token) => inTable(builder, token),
  tbody: (builder, token) => inTable(builder, token),
  tfoot: (builder, token) => inTable(builder, token),
  thead: (builder, token) => inTable(builder, token),
  col: (builder, token) => inColumnGroup(builder, token),
  tr: (builder, token) => inTableBody(builder, token),
  td: (builder, token) => inRow(builder, token),
  th: (builder, token) => inRow(builder, token),
};
