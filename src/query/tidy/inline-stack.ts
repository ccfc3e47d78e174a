import { MODEL } from './dict.js';
import type { Lexer } from './lexer.js';
import { type Attribute, cloneAttributes, type TidyNode } from './node.js';
import type { Tag } from './tags.js';

interface Open {
  readonly tag: Tag;
  readonly element: string | undefined;
  readonly attributes: Attribute | undefined;
}

/**
 * The inline elements that are open: where a block begins or ends inside of them, their tags are given again as tokens, so that
 * the text in the block stays bold, a link, and so on.
 */
export class InlineStack {
  /** Elements below this one stay closed in the current block (tables, objects). */
  base = 0;
  readonly #open: Open[] = [];
  /** The next one to be given again; -1 = none. */
  #insert = -1;
  /** The token that caused the repetition; it comes after it. */
  #cause: TidyNode | undefined;

  constructor(private readonly lexer: Lexer) {}

  get depth(): number {
    return this.#open.length;
  }
  /** Whether the next token is a repeated one (or the one that caused it). */
  get repeats(): boolean {
    return this.#insert !== -1 || this.#cause !== undefined;
  }

  push(node: TidyNode): void {
    const { tag } = node;
    if (node.implicit || tag === undefined || !node.has(MODEL.INLINE) || node.has(MODEL.OBJECT)) return;
    if (tag.name !== 'font' && this.has(node)) return;
    this.#open.push({ tag, element: node.element, attributes: cloneAttributes(node.attributes) });
  }

  /** Closes the innermost; an end tag of a link all down to the last link. */
  pop(node?: TidyNode): void {
    if (node !== undefined) {
      if (!node.has(MODEL.INLINE) || node.has(MODEL.OBJECT)) return;
      if (node.is('a')) {
        let open = this.#open.pop();
        while (open !== undefined && open.tag !== node.tag) open = this.#open.pop();
        this.#clamp();
        return;
      }
    }
    if (this.#open.pop() !== undefined) this.#clamp();
  }
  /** Closes all that were opened since `base` was set. */
  popToBase(): void {
    while (this.#open.length > this.base) this.pop();
  }

  has(node: TidyNode): boolean {
    return this.#open.some(({ tag }) => tag === node.tag);
  }

  /** Gives the open elements again, and then the token; false when none are open. */
  repeat(cause?: TidyNode): boolean {
    if (this.#open.length <= this.base) return false;
    this.#insert = this.base;
    this.#cause = cause;
    return true;
  }
  /** Repeats nothing now; the token that caused it still comes. */
  cancel(): void {
    this.#insert = -1;
  }
  defer(): void {
    this.#insert = -1;
    this.#cause = undefined;
  }

  next(): TidyNode | undefined {
    const open = this.#open[this.#insert];
    if (open === undefined) {
      const cause = this.#cause;
      this.#cause = undefined;
      this.#insert = -1;
      return cause;
    }
    if (this.#cause === undefined) this.lexer.mark();
    const node = this.lexer.node('start');
    node.implicit = true;
    node.element = open.element;
    node.tag = open.tag;
    node.attributes = cloneAttributes(open.attributes);
    this.#insert++;
    if (this.#insert >= this.#open.length) this.#insert = -1;
    return node;
  }

  #clamp(): void {
    if (this.#insert >= this.#open.length) this.#insert = -1;
  }
}
