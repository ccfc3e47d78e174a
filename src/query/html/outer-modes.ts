import { type Builder, isBlankText, type Mode } from './builder.js';
import type { HtmlElement } from './dom.js';
import { inBody } from './in-body.js';
import { inHead } from './in-head.js';
import { words } from './open-elements.js';
import type { Token } from './tokenizer.js';

const EARLY_ENDS = words('body br head html');
const TO_HEAD = words('base basefont bgsound command link meta noframes script style template title');

const is = (token: Token, kind: 'start' | 'end', name: string): boolean => token.kind === kind && token.name === name;

function keepBlank({ open }: Builder, token: Token): boolean {
  if (token.kind === 'text') open.insertText(token.text);
  return true;
}
function keepComment({ open }: Builder, token: Token): boolean {
  if (token.kind === 'comment') open.current.append({ kind: 'comment', text: token.text, parent: undefined });
  return true;
}

export const initial: Mode = (builder, token) => {
  if (isBlankText(token)) return true;
  if (token.kind === 'comment') return keepComment(builder, token);
  builder.mode = beforeHtml;
  if (token.kind !== 'doctype') return builder.process(token);
  builder.open.root.append({ kind: 'doctype', text: token.text, parent: undefined });
  return true;
};

const beforeHtml: Mode = (builder, token) => {
  if (token.kind === 'doctype') return false;
  if (token.kind === 'comment') return keepComment(builder, token);
  if (isBlankText(token)) return keepBlank(builder, token);
  if (token.kind === 'end' && !EARLY_ENDS.has(token.name)) return false;
  builder.mode = beforeHead;
  if (token.kind === 'start' && token.name === 'html') {
    builder.insert(token);
    return true;
  }
  builder.open.insert(builder.open.create('html', undefined));
  return builder.process(token);
};

export const beforeHead: Mode = (builder, token) => {
  if (isBlankText(token)) return keepBlank(builder, token);
  if (token.kind === 'comment') return keepComment(builder, token);
  if (token.kind === 'doctype') return false;
  if (is(token, 'start', 'html')) return inBody(builder, token);
  if (token.kind === 'start' && token.name === 'head') {
    builder.head = builder.open.insert(builder.open.create('head', token.attributes));
    builder.mode = inHead;
    if (token.closed) builder.endTag('head');
    return true;
  }
  if (token.kind === 'end' && !EARLY_ENDS.has(token.name)) return false;
  builder.startTag('head');
  return builder.process(token);
};

export const afterHead: Mode = (builder, token) => {
  const { open, head } = builder;
  if (isBlankText(token)) return keepBlank(builder, token);
  if (token.kind === 'comment') return keepComment(builder, token);
  if (token.kind === 'doctype') return true;
  if (token.kind === 'start') {
    if (token.name === 'html') return inBody(builder, token);
    if (token.name === 'body') {
      builder.framesetOk = false;
      builder.mode = inBody;
      builder.insert(token);
      return true;
    }
    if (token.name === 'frameset') {
      builder.mode = inFrameset;
      builder.insert(token);
      return true;
    }
    if (token.name === 'head') return false;
    if (TO_HEAD.has(token.name) && head !== undefined) {
      open.stack.push(head);
      inHead(builder, token);
      open.remove(head);
      return true;
    }
  } else if (token.kind === 'end') {
    if (token.name === 'template') return inHead(builder, token);
    if (token.name !== 'body' && token.name !== 'br' && token.name !== 'html') return false;
  }
  open.insert(open.create('body', undefined));
  builder.mode = inBody;
  builder.framesetOk = true;
  return builder.process(token);
};

/** What comes behind the body is put into it again. */
function backToBody(builder: Builder, token: Token): boolean {
  const { open } = builder;
  const html = open.stack[0];
  const body = html?.children.find(
    (node): node is HtmlElement => node.kind === 'element' && (node.name === 'body' || node.name === 'frameset'),
  );
  if (!open.has('body') && body !== undefined) open.stack.push(body);
  builder.mode = inBody;
  return builder.process(token);
}

export const afterBody: Mode = (builder, token) => {
  const { open } = builder;
  if (isBlankText(token)) {
    if (token.kind === 'text') open.insertText(token.text, open.stack[0]);
    return true;
  }
  if (token.kind === 'comment') return keepComment(builder, token);
  if (token.kind === 'doctype') return false;
  if (is(token, 'start', 'html')) return inBody(builder, token);
  if (is(token, 'end', 'html')) {
    builder.mode = afterAfterBody;
    return true;
  }
  return token.kind === 'eof' || backToBody(builder, token);
};

const afterAfterBody: Mode = (builder, token) => {
  if (token.kind === 'comment') return keepComment(builder, token);
  if (token.kind === 'doctype' || is(token, 'start', 'html')) return inBody(builder, token);
  if (isBlankText(token)) {
    if (token.kind === 'text') builder.open.insertText(token.text, builder.open.root);
    return true;
  }
  return token.kind === 'eof' || backToBody(builder, token);
};

export const inFrameset: Mode = (builder, token) => {
  const { open } = builder;
  if (isBlankText(token)) return keepBlank(builder, token);
  if (token.kind === 'comment') return keepComment(builder, token);
  if (token.kind === 'start') {
    if (token.name === 'html') return inBody(builder, token);
    if (token.name === 'frameset') builder.insert(token);
    else if (token.name === 'frame') builder.insertEmpty(token);
    else return token.name === 'noframes' && inHead(builder, token);
    return true;
  }
  if (!is(token, 'end', 'frameset')) return token.kind === 'eof';
  if (open.isCurrent('html')) return false;
  open.stack.pop();
  if (!open.isCurrent('frameset')) builder.mode = afterFrameset;
  return true;
};

const afterFrameset: Mode = (builder, token) => {
  if (isBlankText(token)) return keepBlank(builder, token);
  if (token.kind === 'comment') return keepComment(builder, token);
  if (is(token, 'start', 'html')) return inBody(builder, token);
  if (is(token, 'start', 'noframes')) return inHead(builder, token);
  return token.kind === 'eof' || is(token, 'end', 'html');
};
