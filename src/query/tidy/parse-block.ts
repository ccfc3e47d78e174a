import { CHAR } from './characters.js';
import { MODEL, VERSION } from './dict.js';
import type { Lexer, Mode } from './lexer.js';
import type { TidyNode } from './node.js';
import { appendMisc, badForm, moveToHead, trimSpaces } from './place.js';

/** Reads the content of a block (ParserImpl.ParseBlock): divisions, forms, cells, items, objects. */
export function parseBlock(lexer: Lexer, element: TidyNode): void {
  new BlockParser(lexer, element).run();
}

/** What a rule made of a token: dealt with, the element's end, or the node to go on with; undefined = ask the next rule. */
type Verdict = 'next' | 'leave' | TidyNode | undefined;

class BlockParser {
  readonly #base: number;
  readonly #isObject: boolean;
  readonly #mixed: boolean;
  /** Open inline elements are repeated before the first inline content of a run. */
  #checkStack = true;
  #mode: Mode = 'ignoreWhite';

  constructor(
    private readonly lexer: Lexer,
    private readonly element: TidyNode,
  ) {
    this.#base = lexer.inline.base;
    this.#isObject = element.has(MODEL.OBJECT);
    this.#mixed = element.has(MODEL.MIXED);
  }

  run(): void {
    const { lexer, element } = this;
    if (element.is('form') && element.isInside(element.tag)) this.#warn('illegalNesting');
    if (this.#isObject) lexer.inline.base = lexer.inline.depth;
    if (!this.#mixed) lexer.inline.repeat();
    for (let node = lexer.read(this.#mode); node !== undefined; node = lexer.read(this.#mode)) {
      if (node.type === 'end' && node.tag !== undefined && (node.tag === element.tag || element.was === node.tag)) {
        this.#closeObject();
        this.#leave();
        return;
      }
      if (this.#take(node) === 'leave') return;
    }
    if (!element.has(MODEL.OPT)) this.#warn('missingEndTag');
    this.#closeObject();
    this.#leave();
  }

  #warn(kind: Parameters<Lexer['report']['warning']>[0], node?: TidyNode): void {
    this.lexer.report.warning(kind, this.element, node);
  }
  #discard(node: TidyNode): 'next' {
    this.#warn('discarding', node);
    return 'next';
  }
  #leave(): 'leave' {
    trimSpaces(this.lexer, this.element);
    this.lexer.trimEmpty(this.element);
    return 'leave';
  }
  #closeObject(): void {
    if (!this.#isObject) return;
    this.lexer.inline.popToBase();
    this.lexer.inline.base = this.#base;
  }

  #take(given: TidyNode): 'next' | 'leave' {
    let node = given;
    for (const rule of [this.#frame, this.#endTag, this.#text, this.#part, this.#block]) {
      const verdict = rule.call(this, node);
      if (verdict === 'next' || verdict === 'leave') return verdict;
      if (verdict !== undefined) node = verdict;
    }
    return this.#insert(node);
  }

  #frame(node: TidyNode): Verdict {
    if (!node.is('html', 'head', 'body')) return undefined;
    return node.opens ? this.#discard(node) : 'next';
  }

  #endTag(node: TidyNode): Verdict {
    const { lexer, element } = this;
    if (node.type !== 'end') return undefined;
    if (node.tag === undefined) return this.#discard(node);
    if (node.is('br')) {
      node.type = 'start';
      return undefined;
    }
    if (node.is('p')) {
      lexer.coerce(node, 'br');
      element.append(node);
      return lexer.inferred('br');
    }
    if (element.isInside(node.tag)) {
      if (!element.has(MODEL.OPT)) this.#warn('missingEndTagBefore', node);
      lexer.unread();
      this.#closeObject();
      return this.#leave();
    }
    if (!lexer.exiled || !node.has(MODEL.TABLE)) return undefined;
    lexer.unread();
    return this.#leave();
  }

  #text(node: TidyNode): Verdict {
    const { lexer, element } = this;
    if (node.type !== 'text') return undefined;
    if (this.#repeats(node)) return 'next';
    element.append(node);
    this.#mode = 'mixed';
    if (element.is('body', 'map', 'blockquote', 'form', 'noscript')) lexer.constrain(~VERSION.HTML40_STRICT);
    return 'next';
  }

  /** Whether open inline elements come before this token. */
  #repeats(node: TidyNode): boolean {
    if (!this.#checkStack) return false;
    this.#checkStack = false;
    return !this.#mixed && this.lexer.inline.repeat(node);
  }

  #part(node: TidyNode): Verdict {
    const { element } = this;
    if (appendMisc(element, node)) return 'next';
    if (node.is('param', 'area')) {
      const holds = node.is('param') ? element.has(MODEL.PARAM) : element.is('map');
      if (!holds || !node.opens) return this.#discard(node);
      element.append(node);
      return 'next';
    }
    return node.tag === undefined ? this.#discard(node) : undefined;
  }

  /** What is not inline. */
  #block(node: TidyNode): Verdict {
    const { lexer, element } = this;
    if (node.has(MODEL.INLINE)) return undefined;
    if (!node.opens) {
      if (node.is('form')) badForm(lexer);
      return this.#discard(node);
    }
    if (element.is('li') && node.is('frame', 'frameset', 'optgroup', 'option')) return this.#discard(node);
    if (element.is('td', 'th')) return this.#inCell(node);
    if (!node.has(MODEL.BLOCK)) return this.#noBlock(node);
    if (!lexer.excludeBlocks) return undefined;
    if (!element.has(MODEL.OPT)) this.#warn('missingEndTagBefore', node);
    lexer.unread();
    if (this.#isObject) lexer.inline.base = this.#base;
    return this.#leave();
  }

  #inCell(given: TidyNode): Verdict {
    const { lexer, element } = this;
    if (given.has(MODEL.HEAD)) {
      moveToHead(lexer, element, given);
      return 'next';
    }
    let node = given;
    if (node.has(MODEL.LIST | MODEL.DEFLIST)) {
      lexer.unread();
      node = this.#list(node);
      lexer.excludeBlocks = true;
    }
    if (node.has(MODEL.BLOCK)) return node;
    lexer.unread();
    return this.#leave();
  }

  #list(item: TidyNode): TidyNode {
    if (!item.has(MODEL.LIST)) return this.lexer.inferred('dl');
    const list = this.lexer.inferred('ul');
    list.addClass('noindent');
    return list;
  }

  /** Parts of lists and tables get one around them, unless this element is already in one; all else ends the element. */
  #noBlock(node: TidyNode): Verdict {
    const { lexer, element } = this;
    const { parent } = element;
    if (node.has(MODEL.HEAD)) {
      moveToHead(lexer, element, node);
      return 'next';
    }
    if (element.is('form') && parent?.is('td') && parent.implicit && node.is('td', 'th')) {
      this.#warn('discarding', node);
      const th = lexer.tagOf('th');
      if (node.is('th') && th !== undefined) parent.become(th);
      return 'next';
    }
    if (!element.has(MODEL.OPT) && !element.implicit) this.#warn('missingEndTagBefore', node);
    lexer.unread();
    if (node.has(MODEL.LIST)) return parent?.tag?.parser === 'list' ? this.#leave() : this.#list(node);
    if (node.has(MODEL.DEFLIST)) return parent?.is('dl') ? this.#leave() : this.#list(node);
    if (node.has(MODEL.TABLE | MODEL.ROW)) return lexer.inferred('table');
    this.#closeObject();
    return this.#leave();
  }

  #insert(node: TidyNode): 'next' {
    const { lexer, element } = this;
    if (!node.opens) {
      if (node.type === 'end') lexer.inline.pop(node);
      return this.#discard(node);
    }
    if (node.has(MODEL.INLINE)) {
      if (!node.implicit && this.#repeats(node)) return 'next';
      this.#mode = 'mixed';
    } else {
      this.#checkStack = true;
      this.#mode = 'ignoreWhite';
    }
    if (node.is('br')) trimSpaces(lexer, element);
    element.append(node);
    if (node.implicit) this.#warn('inserting', node);
    lexer.parse(node, 'ignoreWhite');
    return 'next';
  }
}

/** Whether a text is nothing but one space. */
export const isSpace = (node: TidyNode): boolean =>
  node.type === 'text' && node.end <= node.start + 1 && node.first === CHAR.SPACE;
