import { MODEL, VERSION } from './dict.js';
import type { Lexer, Mode } from './lexer.js';
import type { TidyNode } from './node.js';
import { isSpace, parseBlock } from './parse-block.js';
import { appendMisc, insertDoctype, moveObjects, moveToHead, trimSpaces } from './place.js';

/** Reads the body (ParserImpl.ParseBody); content behind its end still belongs to it. */
export function parseBody(lexer: Lexer, body: TidyNode): void {
  new BodyParser(lexer, body).run();
}

type Verdict = 'next' | 'leave' | TidyNode | undefined;

class BodyParser {
  #checkStack = true;
  #mode: Mode = 'ignoreWhite';
  readonly #inNoframes: boolean;

  constructor(
    private readonly lexer: Lexer,
    private readonly body: TidyNode,
  ) {
    this.#inNoframes = body.parent?.is('noframes') === true;
  }

  run(): void {
    const { lexer, body } = this;
    if (body.parent !== undefined) moveObjects(body.parent);
    for (let node = lexer.read(this.#mode); node !== undefined; node = lexer.read(this.#mode))
      if (this.#take(node) === 'leave') return;
  }

  #warn(kind: Parameters<Lexer['report']['warning']>[0], node?: TidyNode): void {
    this.lexer.report.warning(kind, this.body, node);
  }
  #discard(node: TidyNode): 'next' {
    this.#warn('discarding', node);
    return 'next';
  }

  #take(given: TidyNode): 'next' | 'leave' {
    let node = given;
    for (const rule of [this.#frame, this.#noframes, this.#text, this.#misplaced, this.#endTag]) {
      const verdict = rule.call(this, node);
      if (verdict === 'next' || verdict === 'leave') return verdict;
      if (verdict !== undefined) node = verdict;
    }
    return this.#insert(node);
  }

  #frame(node: TidyNode): Verdict {
    const { lexer, body } = this;
    if (node.is('html')) {
      if (node.opens || lexer.seenEndHtml) return this.#discard(node);
      lexer.seenEndHtml = true;
      return 'next';
    }
    if (lexer.seenEndBody && (node.opens || node.type === 'end')) this.#warn('contentAfterBody', node);
    if (node.tag !== body.tag || node.type !== 'end') return undefined;
    trimSpaces(lexer, body);
    lexer.seenEndBody = true;
    this.#mode = 'ignoreWhite';
    return this.#inNoframes ? 'leave' : 'next';
  }

  #noframes(node: TidyNode): Verdict {
    const { lexer, body } = this;
    if (node.is('noframes') && node.type === 'start') {
      body.append(node);
      parseBlock(lexer, node);
      return 'next';
    }
    const ends = (node.is('noframes') && node.type === 'end') || node.is('frame', 'frameset');
    if (!ends || !this.#inNoframes) return undefined;
    trimSpaces(lexer, body);
    lexer.unread();
    return 'leave';
  }

  #text(node: TidyNode): Verdict {
    const { lexer, body } = this;
    if (appendMisc(body, node)) return 'next';
    if (node.type === 'doctype') {
      insertDoctype(lexer, body, node);
      return 'next';
    }
    if (node.type !== 'text') return node.tag === undefined || node.is('param') ? this.#discard(node) : undefined;
    if (isSpace(node) && this.#mode === 'ignoreWhite') return 'next';
    lexer.constrain(~(VERSION.HTML40_STRICT | VERSION.HTML20));
    if (this.#repeats(node)) return 'next';
    body.append(node);
    this.#mode = 'mixed';
    return 'next';
  }

  #repeats(node: TidyNode): boolean {
    if (!this.#checkStack) return false;
    this.#checkStack = false;
    return this.lexer.inline.repeat(node);
  }

  /** What is neither block nor inline, and fields without a form. */
  #misplaced(node: TidyNode): Verdict {
    const { lexer, body } = this;
    lexer.excludeBlocks = false;
    if (node.has(MODEL.BLOCK | MODEL.INLINE) && !node.is('input')) return undefined;
    if (!node.has(MODEL.HEAD)) this.#warn('notAllowedIn', node);
    if (node.has(MODEL.HTML)) {
      if (node.is('body') && body.implicit && body.attributes === undefined) {
        body.attributes = node.attributes;
        node.attributes = undefined;
      }
      return 'next';
    }
    if (node.has(MODEL.HEAD)) {
      moveToHead(lexer, body, node);
      return 'next';
    }
    return this.#around(node);
  }

  /** The element that must stand around it. */
  #around(node: TidyNode): Verdict {
    const { lexer } = this;
    const inTable = !node.has(MODEL.LIST | MODEL.DEFLIST) && node.has(MODEL.TABLE | MODEL.ROWGRP | MODEL.ROW);
    const around = node.has(MODEL.LIST)
      ? 'ul'
      : node.has(MODEL.DEFLIST)
        ? 'dl'
        : inTable
          ? 'table'
          : node.is('input')
            ? 'form'
            : undefined;
    if (around === undefined) {
      if (node.has(MODEL.ROW | MODEL.FIELD)) return 'next';
      lexer.unread();
      return 'leave';
    }
    lexer.excludeBlocks = true;
    if (inTable && node.type === 'end') return node;
    lexer.unread();
    const element = lexer.inferred(around);
    if (around === 'ul') element.addClass('noindent');
    return element;
  }

  #endTag(node: TidyNode): Verdict {
    const { lexer, body } = this;
    if (node.type !== 'end') return undefined;
    if (node.is('br')) node.type = 'start';
    else if (node.is('p')) {
      lexer.coerce(node, 'br');
      body.append(node);
      return lexer.inferred('br');
    } else if (node.has(MODEL.INLINE)) lexer.inline.pop(node);
    return undefined;
  }

  #insert(node: TidyNode): 'next' {
    const { lexer, body } = this;
    if (!node.opens) return this.#discard(node);
    if (node.has(MODEL.INLINE) && !node.has(MODEL.MIXED)) {
      lexer.constrain(~(VERSION.HTML40_STRICT | (node.is('img') ? 0 : VERSION.HTML20)));
      if (!node.implicit && this.#repeats(node)) return 'next';
      this.#mode = 'mixed';
    } else {
      this.#checkStack = true;
      this.#mode = 'ignoreWhite';
    }
    if (node.implicit) this.#warn('inserting', node);
    body.append(node);
    lexer.parse(node, this.#mode);
    return 'next';
  }
}
