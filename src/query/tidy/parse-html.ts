import { MODEL, VERSION } from './dict.js';
import { readCData } from './lex-cdata.js';
import type { Lexer, Mode } from './lexer.js';
import type { TidyNode } from './node.js';
import { parseBody } from './parse-body.js';
import { appendMisc, bodyOf, insertDoctype, moveToHead, trimInitialSpace, trimSpaces } from './place.js';

/** Reads head and body, or frames (ParserImpl.ParseHTML). */
export function parseHtml(lexer: Lexer, html: TidyNode, mode: Mode): void {
  lexer.settings.xmlTags = false;
  lexer.seenEndBody = false;
  const head = findHead(lexer, html);
  html.append(head);
  parseHead(lexer, head);
  const body = new HtmlParser(lexer, html, mode).findBody();
  if (body === undefined) return;
  html.append(body);
  lexer.parse(body, mode);
  lexer.seenEndHtml = true;
}

function findHead(lexer: Lexer, html: TidyNode): TidyNode {
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.is('head')) return node;
    if (node.tag === html.tag && node.type === 'end') lexer.report.warning('discarding', html, node);
    else if (!appendMisc(html, node)) {
      lexer.unread();
      break;
    }
  }
  return lexer.inferred('head');
}

/** A body to read, `next` for a token that is dealt with, `done` at the end of the document. */
type Verdict = TidyNode | 'next' | undefined;

class HtmlParser {
  #frameset: TidyNode | undefined;
  #noframes: TidyNode | undefined;

  constructor(
    private readonly lexer: Lexer,
    private readonly html: TidyNode,
    private readonly mode: Mode,
  ) {}

  /** The body, ready to be put in and read; undefined when there are frames instead. */
  findBody(): TidyNode | undefined {
    const { lexer, html } = this;
    for (;;) {
      const node = lexer.read('ignoreWhite');
      if (node === undefined) {
        if (this.#frameset !== undefined) return undefined;
        const body = lexer.inferred('body');
        html.append(body);
        parseBody(lexer, body);
        return undefined;
      }
      const body = this.#take(node);
      if (body !== 'next') return body;
    }
  }

  #warn(kind: Parameters<Lexer['report']['warning']>[0], node: TidyNode): 'next' {
    this.lexer.report.warning(kind, this.html, node);
    return 'next';
  }

  #take(node: TidyNode): TidyNode | 'next' {
    const { lexer, html } = this;
    if (node.tag === html.tag) {
      if (node.type !== 'start' && this.#frameset === undefined) this.#warn('discarding', node);
      else if (node.type === 'end') lexer.seenEndHtml = true;
      return 'next';
    }
    if (appendMisc(html, node)) return 'next';
    return this.#body(node) ?? this.#frames(node) ?? this.#other(node);
  }

  #body(node: TidyNode): Verdict {
    const { lexer } = this;
    if (!node.is('body')) return undefined;
    if (node.type !== 'start') return this.#warn('discarding', node);
    if (this.#frameset === undefined) {
      lexer.constrain(~VERSION.FRAMESET);
      return node;
    }
    lexer.unread();
    if (this.#noframes === undefined) {
      this.#noframes = this.#addNoframes(this.#frameset, lexer.inferred('noframes'));
      this.#warn('inserting', this.#noframes);
    }
    lexer.parse(this.#noframes, this.mode);
    return 'next';
  }

  #addNoframes(frameset: TidyNode, noframes: TidyNode): TidyNode {
    frameset.append(noframes);
    return noframes;
  }

  #frames(node: TidyNode): Verdict {
    const { lexer, html } = this;
    if (!node.is('frameset', 'noframes')) return undefined;
    if (node.type !== 'start') return this.#warn('discarding', node);
    if (node.is('frameset')) {
      if (this.#frameset === undefined) this.#frameset = node;
      else lexer.report.error('duplicateFrameset', html, node);
      html.append(node);
      lexer.parse(node, this.mode);
      for (let at = this.#frameset.content; at !== undefined; at = at.next) if (at.is('noframes')) this.#noframes = at;
      return 'next';
    }
    if (this.#frameset === undefined) {
      this.#warn('discarding', node);
      return lexer.inferred('body');
    }
    this.#noframes ??= this.#addNoframes(this.#frameset, node);
    lexer.parse(this.#noframes, this.mode);
    return 'next';
  }

  #other(node: TidyNode): TidyNode | 'next' {
    const { lexer, html } = this;
    if (node.opens) {
      if (node.has(MODEL.HEAD)) {
        moveToHead(lexer, html, node);
        return 'next';
      }
      if (this.#frameset !== undefined && node.is('frame')) return this.#warn('discarding', node);
    }
    lexer.unread();
    if (this.#frameset === undefined) {
      lexer.constrain(~VERSION.FRAMESET);
      return lexer.inferred('body');
    }
    if (this.#noframes === undefined) this.#noframes = this.#addNoframes(this.#frameset, lexer.inferred('noframes'));
    else this.#warn('noframesContent', node);
    lexer.constrain(VERSION.FRAMESET);
    lexer.parse(this.#noframes, this.mode);
    return 'next';
  }
}

/** Reads the head (ParserImpl.ParseHead); what cannot stand in it ends it. */
export function parseHead(lexer: Lexer, head: TidyNode): void {
  const { report } = lexer;
  const seen = new Map<string, number>();
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.tag === head.tag && node.type === 'end') return;
    if (node.type === 'text') {
      report.warning('notAllowedIn', head, node);
      lexer.unread();
      return;
    }
    if (appendMisc(head, node)) continue;
    if (node.type === 'doctype') insertDoctype(lexer, head, node);
    else if (node.tag === undefined) report.warning('discarding', head, node);
    else if (!node.has(MODEL.HEAD)) {
      if (lexer.isXhtml) report.warning('notAllowedIn', head, node);
      lexer.unread();
      return;
    } else if (node.opens) {
      const { name } = node.tag;
      seen.set(name, (seen.get(name) ?? 0) + 1);
      if (node.is('title', 'base') && (seen.get(name) ?? 0) > 1) report.warning('tooMany', head, node);
      else if (node.is('noscript')) report.warning('notAllowedIn', head, node);
      head.append(node);
      lexer.parse(node, 'ignoreWhite');
    } else report.warning('discarding', head, node);
  }
}

/** Reads the title (ParserImpl.ParseTitle): text alone. */
export function parseTitle(lexer: Lexer, title: TidyNode): void {
  const { report } = lexer;
  for (let node = lexer.read('mixed'); node !== undefined; node = lexer.read('mixed')) {
    if (node.tag === title.tag && node.type === 'start') {
      report.warning('coerceToEndTag', title, node);
      node.type = 'end';
      continue;
    }
    if (node.tag === title.tag && node.type === 'end') {
      trimSpaces(lexer, title);
      return;
    }
    if (node.type === 'text') {
      if (title.content === undefined) trimInitialSpace(title, node);
      if (!node.isEmpty) title.append(node);
    } else if (!appendMisc(title, node)) {
      if (node.tag !== undefined) {
        report.warning('missingEndTagBefore', title, node);
        lexer.unread();
        trimSpaces(lexer, title);
        return;
      }
      report.warning('discarding', title, node);
    }
  }
  report.warning('missingEndTag', title);
}

/** Reads a script or a style (ParserImpl.ParseScript). */
export function parseScript(lexer: Lexer, script: TidyNode): void {
  const text = readCData(lexer, script);
  if (text === undefined) {
    lexer.report.error();
    return;
  }
  script.append(text);
  const node = lexer.read('ignoreWhite');
  if (node?.type === 'end' && node.tag !== undefined && node.tag === script.tag) return;
  lexer.report.error();
  if (node !== undefined) lexer.unread();
}

/** Reads frames (ParserImpl.ParseFrameSet). */
export function parseFrameSet(lexer: Lexer, frameset: TidyNode): void {
  const { report } = lexer;
  report.advise('frames');
  for (let given = lexer.read('ignoreWhite'); given !== undefined; given = lexer.read('ignoreWhite')) {
    let node = given;
    if (node.tag === frameset.tag && node.type === 'end') {
      trimSpaces(lexer, frameset);
      return;
    }
    if (appendMisc(frameset, node)) continue;
    if (node.opens && node.has(MODEL.HEAD)) {
      moveToHead(lexer, frameset, node);
      continue;
    }
    if (node.is('body')) {
      lexer.unread();
      node = lexer.inferred('noframes');
      report.warning('inserting', frameset, node);
    }
    if (!node.opens || !node.has(MODEL.FRAMES)) {
      report.warning('discarding', frameset, node);
      continue;
    }
    frameset.append(node);
    if (node.type === 'startEnd') continue;
    lexer.excludeBlocks = false;
    lexer.parse(node, 'mixed');
  }
  report.warning('missingEndTag', frameset);
}

/** Reads what is for those without frames (ParserImpl.ParseNoFrames). */
export function parseNoframes(lexer: Lexer, noframes: TidyNode): void {
  const { report } = lexer;
  report.usesNoframes();
  for (let node = lexer.read('ignoreWhite'); node !== undefined; node = lexer.read('ignoreWhite')) {
    if (node.tag === noframes.tag && node.type === 'end') {
      trimSpaces(lexer, noframes);
      return;
    }
    if (node.is('frame', 'frameset')) {
      trimSpaces(lexer, noframes);
      report.warning(node.type === 'end' ? 'discarding' : 'missingEndTagBefore', noframes, node);
      if (node.type !== 'end') lexer.unread();
      return;
    }
    if (node.is('html')) {
      if (node.opens) report.warning('discarding', noframes, node);
    } else if (!appendMisc(noframes, node)) inNoframes(lexer, noframes, node);
  }
  report.warning('missingEndTag', noframes);
}

function inNoframes(lexer: Lexer, noframes: TidyNode, node: TidyNode): void {
  const { report } = lexer;
  if (node.is('body') && node.type === 'start') {
    const { seenEndBody } = lexer;
    noframes.append(node);
    lexer.parse(node, 'ignoreWhite');
    if (seenEndBody) {
      lexer.coerce(node, 'div');
      node.remove();
      bodyOf(lexer)?.append(node);
    }
    return;
  }
  if (node.type !== 'text' && (node.tag === undefined || node.type === 'end')) {
    report.warning('discarding', noframes, node);
    return;
  }
  let content = node;
  if (lexer.seenEndBody) {
    const body = bodyOf(lexer);
    if (node.type === 'text') {
      lexer.unread();
      content = lexer.inferred('p');
      report.warning('contentAfterBody', noframes, content);
    }
    body?.append(content);
  } else {
    lexer.unread();
    content = lexer.inferred('body');
    if (lexer.settings.xmlOut) report.warning('inserting', noframes, content);
    noframes.append(content);
  }
  lexer.parse(content, 'ignoreWhite');
}
