import { MODEL } from './dict.js';
import type { Lexer, Mode } from './lexer.js';
import type { TidyNode } from './node.js';
import { appendMisc, moveToHead, trimSpaces } from './place.js';

/** Reads the content of an inline element, a paragraph or a heading (ParserImpl.ParseInline). */
export function parseInline(lexer: Lexer, element: TidyNode, mode: Mode): void {
  new InlineParser(lexer, element, mode === 'pre').run();
}

/** What a rule made of a token: it is dealt with, or it ends the element; undefined = the next rule is asked. */
type Verdict = 'next' | 'leave' | undefined;
/** Elements that may stand in themselves. */
const MAY_NEST = ['a', 'font', 'big', 'small', 'q'];

class InlineParser {
  constructor(
    private readonly lexer: Lexer,
    /** A heading goes on as a copy of itself behind what could not stand in it. */
    private element: TidyNode,
    private readonly pre: boolean,
  ) {}

  run(): void {
    const { lexer, element } = this;
    if (element.has(MODEL.BLOCK) || element.is('dt')) lexer.inline.repeat();
    else if (element.has(MODEL.INLINE) && !element.is('a', 'span')) lexer.inline.push(element);
    if (element.is('nobr', 'font')) lexer.report.advise(element.is('font') ? 'font' : 'nobr');
    const mode = this.pre ? 'pre' : 'mixed';
    for (let node = lexer.read(mode); node !== undefined; node = lexer.read(mode)) {
      if (node.tag === this.element.tag && node.type === 'end') {
        this.#end(node);
        return;
      }
      if (this.#take(node) === 'leave') return;
    }
    if (!this.element.has(MODEL.OPT)) this.#warn('missingEndTag');
    lexer.trimEmpty(this.element);
  }

  #warn(kind: Parameters<Lexer['report']['warning']>[0], node?: TidyNode): void {
    this.lexer.report.warning(kind, this.element, node);
  }

  #end(node: TidyNode): void {
    const { lexer, element } = this;
    if (element.has(MODEL.INLINE)) lexer.inline.pop(node);
    if (!this.pre) trimSpaces(lexer, element);
    const only = element.content;
    if (element.is('font') && only !== undefined && only === element.last && only.is('a')) turnInsideOut(element, only);
    trimSpaces(lexer, element);
    lexer.trimEmpty(element);
  }

  /** Leaves the element without its end tag. */
  #leave(): 'leave' {
    if (!this.pre) trimSpaces(this.lexer, this.element);
    this.lexer.trimEmpty(this.element);
    return 'leave';
  }

  #discard(node: TidyNode): 'next' {
    this.#warn('discarding', node);
    return 'next';
  }

  #take(node: TidyNode): Verdict {
    return (
      this.#nested(node) ??
      this.#simple(node) ??
      this.#endTag(node) ??
      this.#headingOrLink(node) ??
      this.#breaksOut(node) ??
      this.#outer(node) ??
      this.#insert(node)
    );
  }

  /** A second `<b>` in a `<b>` is probably meant to end it. */
  #nested(node: TidyNode): Verdict {
    const { lexer, element } = this;
    if (node.type !== 'start' || !lexer.inline.has(node)) return undefined;
    const again = node.tag === element.tag && !node.implicit && !element.implicit;
    if (again && node.has(MODEL.INLINE) && !node.is(...MAY_NEST)) {
      if (element.content !== undefined && node.attributes === undefined) {
        this.#warn('coerceToEndTag', node);
        node.type = 'end';
        lexer.unread();
        return 'next';
      }
      this.#warn('nestedEmphasis', node);
    } else if (node.is('q')) this.#warn('nestedQuotation', node);
    return undefined;
  }

  #simple(node: TidyNode): Verdict {
    const { lexer, element } = this;
    if (node.type === 'text') {
      if (element.content === undefined && !this.pre) trimSpaces(lexer, element);
      if (!node.isEmpty) element.append(node);
      return 'next';
    }
    if (appendMisc(element, node)) return 'next';
    if (node.is('html')) {
      if (node.opens) return this.#discard(node);
      lexer.unread();
      return this.#leave();
    }
    if (node.is('p') && node.type === 'start' && (this.pre || element.is('dt') || element.isInsideOf('dt'))) {
      const br = lexer.tagOf('br');
      if (br !== undefined) node.become(br);
      trimSpaces(lexer, element);
      element.append(node);
      return 'next';
    }
    return node.tag === undefined || node.is('param') ? this.#discard(node) : undefined;
  }

  #endTag(node: TidyNode): Verdict {
    const { lexer, element } = this;
    if (node.type !== 'end') return undefined;
    if (node.is('br')) {
      node.type = 'start';
      return undefined;
    }
    if (node.is('p')) {
      if (element.isInsideOf('p')) return undefined;
      lexer.coerce(node, 'br');
      trimSpaces(lexer, element);
      element.append(node);
      return 'next';
    }
    if (node.has(MODEL.INLINE) && !node.is('a') && !node.has(MODEL.OBJECT) && element.has(MODEL.INLINE)) {
      lexer.inline.pop(element);
      if (element.is('a')) return this.#discard(node);
      this.#warn('nonMatchingEndTag', node);
      return this.#leave();
    }
    if (lexer.exiled && node.has(MODEL.TABLE)) {
      lexer.unread();
      trimSpaces(lexer, element);
      lexer.trimEmpty(element);
      return 'leave';
    }
    return undefined;
  }

  #headingOrLink(node: TidyNode): Verdict {
    const { lexer, element } = this;
    if (node.has(MODEL.HEADING) && element.has(MODEL.HEADING)) {
      if (node.tag === element.tag) this.#warn('nonMatchingEndTag', node);
      else {
        this.#warn('missingEndTagBefore', node);
        lexer.unread();
      }
      return this.#leave();
    }
    if (!node.is('a') || node.implicit || !(element.is('a') || element.isInside(node.tag))) return undefined;
    if (node.type !== 'end' && node.attributes === undefined) {
      node.type = 'end';
      this.#warn('coerceToEndTag', node);
      lexer.unread();
      return 'next';
    }
    lexer.unread();
    this.#warn('missingEndTagBefore', node);
    return this.#leave();
  }

  /** Blocks and rules in headings, rules in terms: the element ends, and goes on behind them. */
  #breaksOut(node: TidyNode): Verdict {
    const { lexer, element } = this;
    const heading = element.has(MODEL.HEADING);
    const rule = node.is('hr') && (heading || element.is('dt'));
    if (!rule && !(heading && node.is('center', 'div'))) return undefined;
    if (!node.opens) return this.#discard(node);
    this.#warn('notAllowedIn', node);
    let outer = node;
    if (element.is('dt')) {
      outer = lexer.inferred('dd');
      if (element.content === undefined) element.before(outer);
      else element.after(outer);
      outer.append(node);
      if (outer.next === element) return 'next';
    } else if (element.content === undefined) {
      if (rule) element.before(node);
      else element.wrap(node);
      return 'next';
    } else element.after(node);
    if (!this.pre) trimSpaces(lexer, element);
    this.element = element.clone();
    this.element.start = lexer.size;
    this.element.end = lexer.size;
    if (rule) outer.after(this.element);
    else outer.append(this.element);
    return 'next';
  }

  /** End tags of elements around, and blocks, end the element. */
  #outer(node: TidyNode): Verdict {
    const { lexer, element } = this;
    if (node.type === 'end' && element.isInside(node.tag)) {
      if (!element.has(MODEL.OPT) && !element.implicit) this.#warn('missingEndTagBefore', node);
      if (element.is('a')) lexer.inline.pop(element);
      lexer.unread();
      return this.#leave();
    }
    if (node.has(MODEL.INLINE)) return undefined;
    if (node.type !== 'start') return this.#discard(node);
    if (!element.has(MODEL.OPT)) this.#warn('missingEndTagBefore', node);
    if (node.has(MODEL.HEAD) && !node.has(MODEL.BLOCK)) {
      moveToHead(lexer, element, node);
      return 'next';
    }
    if (element.is('a')) {
      if (!node.has(MODEL.HEADING)) lexer.inline.pop(element);
      else if (element.content === undefined) {
        element.remove();
        lexer.unread();
        return 'leave';
      }
    }
    lexer.unread();
    return this.#leave();
  }

  #insert(node: TidyNode): 'next' {
    const { lexer, element } = this;
    if (!node.opens) return this.#discard(node);
    if (node.implicit) this.#warn('inserting', node);
    if (node.is('br')) trimSpaces(lexer, element);
    element.append(node);
    lexer.parse(node, this.pre ? 'pre' : 'mixed');
    return 'next';
  }
}

/** `<font><a>…</a></font>` becomes `<a><font>…</font></a>`. */
function turnInsideOut(font: TidyNode, link: TidyNode): void {
  link.parent = font.parent;
  link.next = font.next;
  link.prev = font.prev;
  if (link.prev !== undefined) link.prev.next = link;
  else if (link.parent !== undefined) link.parent.content = link;
  if (link.next !== undefined) link.next.prev = link;
  else if (link.parent !== undefined) link.parent.last = link;
  font.next = undefined;
  font.prev = undefined;
  font.parent = link;
  font.content = link.content;
  font.last = link.last;
  link.content = font;
  link.last = font;
  for (let child = font.content; child !== undefined; child = child.next) child.parent = font;
}
