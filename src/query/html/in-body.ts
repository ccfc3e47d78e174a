import { closeFormatting } from './adoption.js';
import type { Builder } from './builder.js';
import type { HtmlElement } from './dom.js';
import { inHead, inTemplate } from './in-head.js';
import { inSelect, inSelectInTable, inTable, TABLE_MODES } from './in-table.js';
import { detach, SPECIAL, words } from './open-elements.js';
import { afterBody, inFrameset } from './outer-modes.js';
import type { StartTag, Token } from './tokenizer.js';

const TO_HEAD = words('base basefont bgsound command link meta noframes script style template title');
const P_CLOSERS = words(
  'address article aside blockquote center details dir div dl fieldset figcaption figure footer header hgroup menu nav ol p section summary ul',
);
const END_CLOSERS = words(
  'address article aside blockquote button center details dir div dl fieldset figcaption figure footer header hgroup listing menu nav ol pre section summary ul',
);
const HEADINGS = words('h1 h2 h3 h4 h5 h6');
const LI_BREAKERS = words('address div p');
const FORMATTING = words('a b big code em font i nobr s small strike strong tt u');
const EMPTY = words('area br embed img keygen wbr');
const APPLETS = words('applet marquee object');
const DROPPED = words('caption col colgroup frame head tbody td tfoot th thead tr');
const MEDIA = words('param source track');
/** Elements that jsoup knows and has no rule for; those it does not know open nothing again. */
const KNOWN = words(
  'video audio canvas noscript main ins del time acronym mark ruby dfn samp kbd var cite abbr map q sub sup bdo label legend datalist output progress meter device menuitem data bdi text mi mo msup mn mtext article',
);

/** The mode of nearly all of a page (HtmlTreeBuilderState.InBody of jsoup 1.17). */
export function inBody(builder: Builder, token: Token): boolean {
  const { open } = builder;
  switch (token.kind) {
    case 'text':
      if (token.text === '\0') return false;
      open.reconstruct();
      open.insertText(token.text);
      if (builder.framesetOk && /[^ \t\n\f\r]/.test(token.text)) builder.framesetOk = false;
      return true;
    case 'comment':
      open.current.append({ kind: 'comment', text: token.text, parent: undefined });
      return true;
    case 'start':
      return startTag(builder, token);
    case 'end':
      return endTag(builder, token.name);
    case 'eof':
      return builder.templates.length > 0 ? inTemplate(builder, token) : true;
    case 'doctype':
      return false;
  }
}

function startTag(builder: Builder, tag: StartTag): boolean {
  const { open } = builder;
  const { name } = tag;
  const special = SPECIAL_STARTS[name];
  if (special !== undefined) return special(builder, tag);
  if (FORMATTING.has(name)) {
    open.reconstruct();
    const element = builder.insert(tag);
    if (!tag.closed) open.addFormatting(element);
  } else if (EMPTY.has(name)) {
    open.reconstruct();
    builder.insertEmpty(tag);
    builder.framesetOk = false;
  } else if (HEADINGS.has(name)) {
    closeP(builder);
    if (HEADINGS.has(open.current.name)) open.stack.pop();
    builder.insert(tag);
  } else if (P_CLOSERS.has(name)) {
    closeP(builder);
    builder.insert(tag);
  } else if (TO_HEAD.has(name)) return inHead(builder, tag);
  else if (APPLETS.has(name)) {
    open.reconstruct();
    builder.insert(tag);
    open.mark();
    builder.framesetOk = false;
  } else if (MEDIA.has(name)) builder.insertEmpty(tag);
  else if (DROPPED.has(name)) return false;
  else {
    if (KNOWN.has(name)) open.reconstruct();
    builder.insert(tag);
  }
  return true;
}

type Start = (builder: Builder, tag: StartTag) => boolean;

const SPECIAL_STARTS: Readonly<Record<string, Start>> = {
  a(builder, tag) {
    const { open } = builder;
    if (open.findFormatting('a') !== undefined) {
      builder.endTag('a');
      const left = open.find('a');
      if (left !== undefined) {
        open.dropFormatting(left);
        open.remove(left);
      }
    }
    open.reconstruct();
    open.addFormatting(builder.insert(tag));
    return true;
  },
  span: reopened,
  li(builder, tag) {
    closeItem(builder, (name) => name === 'li');
    builder.insert(tag);
    return true;
  },
  dd: definition,
  dt: definition,
  html({ open }, { attributes }) {
    if (open.has('template')) return false;
    addAttributes(open.stack[0], attributes);
    return true;
  },
  body(builder, { attributes }) {
    const { open } = builder;
    const [, second] = open.stack;
    if (open.stack.length === 1 || (open.stack.length > 2 && second?.name !== 'body') || open.has('template'))
      return false;
    builder.framesetOk = false;
    addAttributes(open.find('body'), attributes);
    return true;
  },
  frameset(builder, tag) {
    const { open } = builder;
    const [, second] = open.stack;
    if (second === undefined || (open.stack.length > 2 && second.name !== 'body') || !builder.framesetOk) return false;
    detach(second);
    open.stack.length = 1;
    builder.insert(tag);
    builder.mode = inFrameset;
    return true;
  },
  form(builder, tag) {
    const { open } = builder;
    const inTemplateTag = open.has('template');
    if (builder.form !== undefined && !inTemplateTag) return false;
    closeP(builder);
    const element = open.insert(open.create(tag.name, tag.attributes));
    if (!inTemplateTag) builder.form = element;
    return true;
  },
  plaintext(builder, tag) {
    closeP(builder);
    builder.insert(tag);
    builder.open.insertText(builder.tokens.rest());
    return true;
  },
  button(builder, tag) {
    if (builder.open.inScope('button', 'button')) {
      builder.endTag('button');
      return builder.process(tag);
    }
    builder.framesetOk = false;
    return reopened(builder, tag);
  },
  nobr(builder, tag) {
    const { open } = builder;
    open.reconstruct();
    if (open.inScope('nobr')) {
      builder.endTag('nobr');
      open.reconstruct();
    }
    open.addFormatting(builder.insert(tag));
    return true;
  },
  table(builder, tag) {
    closeP(builder);
    builder.insert(tag);
    builder.framesetOk = false;
    if (!tag.closed) builder.mode = inTable;
    return true;
  },
  input(builder, tag) {
    builder.open.reconstruct();
    builder.insertEmpty(tag);
    if (tag.attributes?.get('type')?.toLowerCase() !== 'hidden') builder.framesetOk = false;
    return true;
  },
  hr(builder, tag) {
    closeP(builder);
    builder.insertEmpty(tag);
    builder.framesetOk = false;
    return true;
  },
  image: (builder, tag) => builder.process({ ...tag, name: 'img' }),
  isindex,
  textarea(builder, tag) {
    builder.insertRaw(tag, true);
    builder.framesetOk = false;
    return true;
  },
  xmp(builder, tag) {
    closeP(builder);
    builder.open.reconstruct();
    return raw(builder, tag);
  },
  iframe: raw,
  noembed: (builder, tag) => {
    builder.insertRaw(tag, false);
    return true;
  },
  select(builder, tag) {
    reopened(builder, tag);
    builder.framesetOk = false;
    if (!tag.closed) builder.mode = TABLE_MODES.has(builder.mode) ? inSelectInTable : inSelect;
    return true;
  },
  math: (builder, tag) => foreign(builder, tag),
  svg: (builder, tag) => foreign(builder, tag),
  pre: preformatted,
  listing: preformatted,
  option: choice,
  optgroup: choice,
  rb: ruby,
  rtc: ruby,
  rp: ruby,
  rt: ruby,
};

function reopened(builder: Builder, tag: StartTag): boolean {
  builder.open.reconstruct();
  builder.insert(tag);
  return true;
}
function raw(builder: Builder, tag: StartTag): boolean {
  builder.framesetOk = false;
  builder.insertRaw(tag, false);
  return true;
}
function foreign(builder: Builder, tag: StartTag): boolean {
  builder.open.reconstruct();
  builder.insertForeign(tag, tag.name);
  return true;
}
function preformatted(builder: Builder, tag: StartTag): boolean {
  closeP(builder);
  builder.insert(tag);
  builder.tokens.skipLineEnd();
  builder.framesetOk = false;
  return true;
}
function choice(builder: Builder, tag: StartTag): boolean {
  if (builder.open.isCurrent('option')) builder.endTag('option');
  return reopened(builder, tag);
}
function ruby(builder: Builder, tag: StartTag): boolean {
  if (builder.open.inScope('ruby'))
    builder.open.impliedEnds(tag.name === 'rp' || tag.name === 'rt' ? 'rtc' : undefined);
  builder.insert(tag);
  return true;
}
function definition(builder: Builder, tag: StartTag): boolean {
  closeItem(builder, (name) => name === 'dd' || name === 'dt');
  builder.insert(tag);
  return true;
}

/** What HTML 2 had for a search field. */
function isindex(builder: Builder, { attributes }: StartTag): boolean {
  if (builder.form !== undefined) return false;
  const action = attributes?.get('action');
  builder.startTag('form', action === undefined ? undefined : new Map([['action', action]]));
  builder.startTag('hr');
  builder.startTag('label');
  const prompt = attributes?.get('prompt') ?? 'This is a searchable index. Enter search keywords: ';
  builder.process({ kind: 'text', text: prompt });
  const rest = [...(attributes ?? [])].filter(([key]) => key !== 'action' && key !== 'name' && key !== 'prompt');
  builder.startTag('input', new Map([...rest, ['name', 'isindex']]));
  builder.endTag('label');
  builder.startTag('hr');
  return builder.endTag('form');
}

function closeP(builder: Builder): void {
  if (builder.open.inScope('p', 'button')) builder.endTag('p');
}

/** Closes the item that is open, and a paragraph in it. */
function closeItem(builder: Builder, isItem: (name: string) => boolean): void {
  builder.framesetOk = false;
  const { stack } = builder.open;
  for (let i = stack.length - 1; i > 0; i--) {
    const { name } = stack[i] as HtmlElement;
    if (isItem(name)) {
      builder.endTag(name);
      break;
    }
    if (SPECIAL.has(name) && !LI_BREAKERS.has(name)) break;
  }
  closeP(builder);
}

function addAttributes(element: HtmlElement | undefined, attributes: StartTag['attributes']): void {
  if (element === undefined || attributes === undefined) return;
  element.attributes ??= new Map();
  for (const [key, value] of attributes) if (!element.attributes.has(key)) element.attributes.set(key, value);
}

const LISTS = words('ol ul');

function endTag(builder: Builder, name: string): boolean {
  const { open } = builder;
  switch (name) {
    case 'template':
      return inHead(builder, { kind: 'end', name });
    case 'li':
      return open.inScope(name, LISTS) && close(builder, name, name);
    case 'dd':
    case 'dt':
      return open.inScope(name) && close(builder, name, name);
    case 'body':
      if (!open.inScope('body')) return false;
      builder.mode = afterBody;
      return true;
    case 'html':
      if (!open.has('body')) return false;
      builder.mode = afterBody;
      return builder.endTag(name);
    case 'form':
      return closeForm(builder);
    case 'p':
      if (open.inScope(name, 'button')) return close(builder, name, name);
      builder.startTag(name);
      return builder.endTag(name);
    case 'br':
      builder.startTag(name);
      return false;
    default:
      return otherEnd(builder, name);
  }
}

function otherEnd(builder: Builder, name: string): boolean {
  const { open } = builder;
  if (HEADINGS.has(name)) return open.inScope(HEADINGS) && close(builder, HEADINGS, name);
  if (FORMATTING.has(name)) return closeFormatting(builder, name);
  if (END_CLOSERS.has(name)) return open.inScope(name) && close(builder, name);
  if (!APPLETS.has(name)) return closeAny(builder, name);
  if (!open.inScope(name)) return false;
  close(builder, name);
  open.clearToMark();
  return true;
}

/** Closes up to the element, implied ends first. */
function close({ open }: Builder, names: string | ReadonlySet<string>, except?: string): boolean {
  open.impliedEnds(except);
  open.popTo(names);
  return true;
}

function closeForm(builder: Builder): boolean {
  const { open, form } = builder;
  if (open.has('template')) return open.inScope('form') && close(builder, 'form');
  builder.form = undefined;
  if (form === undefined || !open.inScope('form')) return false;
  open.impliedEnds();
  open.remove(form);
  return true;
}

/** Any other end tag, which goes through what has no rules of its own. */
export function closeAny({ open }: Builder, name: string): boolean {
  if (!open.has(name)) return false;
  for (let i = open.stack.length - 1; i >= 0; i--) {
    const element = open.stack[i];
    if (element?.name === name) {
      open.impliedEnds(name);
      open.popTo(name);
      return true;
    }
    if (element !== undefined && SPECIAL.has(element.name)) return false;
  }
  return true;
}
