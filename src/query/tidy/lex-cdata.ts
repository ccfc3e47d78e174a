import { CHAR, END, isLetter, isWhite } from './characters.js';
import type { Lexer } from './lexer.js';
import type { Attribute, TidyNode } from './node.js';

/**
 * Reads the text of a script or style up to its end tag (Lexer.getCDATA); undefined when a script with a `src` holds markup
 * instead of text.
 */
export function readCData(lexer: Lexer, container: TidyNode): TidyNode | undefined {
  lexer.mark();
  lexer.wasWhite = false;
  lexer.textStart = lexer.size;
  lexer.textEnd = lexer.size;
  const reader = new CDataReader(lexer, container);
  const ended = reader.read();
  if (ended === 'markup') return undefined;
  if (reader.isEmpty) {
    lexer.size = lexer.textEnd;
    lexer.textStart = lexer.textEnd;
  } else lexer.textEnd = lexer.size;
  // Counted, not printed.
  if (ended === 'end') lexer.report.error();
  return lexer.node('text');
}

type Ended = 'closed' | 'markup' | 'end';

class CDataReader {
  isEmpty = true;
  /** Start tags of the container's own name inside. */
  #nested = 0;
  #state: 'text' | 'startTag' | 'endTag' = 'text';
  /** Where the name of a tag begins. */
  #start = 0;
  readonly #mayBeMarkup: boolean;

  constructor(
    private readonly lexer: Lexer,
    private readonly container: TidyNode,
  ) {
    this.#mayBeMarkup = container.is('script') && container.attribute('src') !== undefined;
  }

  read(): Ended {
    const { lexer } = this;
    for (let c = lexer.stream.read(); c !== END; c = lexer.stream.read()) {
      lexer.add(c);
      lexer.textEnd = lexer.size;
      const ended = this.#step(c);
      if (ended !== undefined) return ended;
    }
    return 'end';
  }

  #step(c: number): Ended | undefined {
    if (this.#state !== 'text') {
      if (isLetter(c)) return undefined;
      const closes = this.#state === 'endTag';
      this.#state = 'text';
      if (closes) return this.#endTag();
      if (this.#isOwn()) this.#nested++;
      return undefined;
    }
    if (c === CHAR.LT) return this.#lessThan();
    if (!isWhite(c)) this.isEmpty = false;
    return undefined;
  }

  #lessThan(): Ended | undefined {
    const { lexer } = this;
    const { stream } = lexer;
    const c = stream.read();
    if (isLetter(c)) {
      if (this.#mayBeMarkup && this.isEmpty) {
        lexer.size = lexer.textStart;
        stream.unread(c);
        stream.unread(CHAR.LT);
        return 'markup';
      }
      lexer.add(c);
      this.#start = lexer.size - 1;
      this.#state = 'startTag';
    } else if (c === CHAR.SLASH) {
      lexer.add(c);
      this.#beforeName();
    } else if (c === CHAR.BACKSLASH) {
      lexer.add(c);
      const next = stream.read();
      if (next === CHAR.SLASH) {
        lexer.add(next);
        this.#beforeName();
      } else stream.unread(next);
    } else stream.unread(c);
    return undefined;
  }

  #beforeName(): void {
    const { lexer } = this;
    const c = lexer.stream.read();
    lexer.stream.unread(c);
    if (!isLetter(c)) return;
    this.#start = lexer.size;
    this.#state = 'endTag';
  }

  #isOwn(): boolean {
    const { element = '' } = this.container;
    return this.lexer.slice(this.#start, this.#start + element.length).toLowerCase() === element.toLowerCase();
  }

  #endTag(): Ended | undefined {
    const { lexer } = this;
    const own = this.#isOwn();
    if (this.isEmpty && !own) {
      this.#unreadTag();
      return 'closed';
    }
    if (own && this.#nested-- <= 0) {
      this.#unreadTag();
      lexer.size = this.#start - 2;
      return 'closed';
    }
    if (lexer.byteAt(this.#start - 2) === CHAR.BACKSLASH) return undefined;
    lexer.mark();
    lexer.columns -= 3;
    lexer.report.error();
    if (isJavaScript(this.container)) this.#escape();
    return undefined;
  }

  /** Bytes beyond ASCII go back as the negative numbers that they are in Java. */
  #unreadTag(): void {
    const { lexer } = this;
    const { stream } = lexer;
    for (let i = lexer.size - 1; i >= this.#start; i--) stream.unread((lexer.byteAt(i) << 24) >> 24);
    stream.unread(CHAR.SLASH);
    stream.unread(CHAR.LT);
  }

  /** `</` becomes `<\/`. */
  #escape(): void {
    const { lexer } = this;
    const at = this.#start - 1;
    for (let i = lexer.size; i > at; i--) lexer.buffer[i] = lexer.byteAt(i - 1);
    lexer.buffer[at] = CHAR.BACKSLASH;
    lexer.size++;
  }
}

function isJavaScript({ attributes }: TidyNode): boolean {
  if (attributes === undefined) return true;
  for (let at: Attribute | undefined = attributes; at !== undefined; at = at.next)
    if (/^(language|type)$/i.test(at.name ?? '') && at.value?.toLowerCase() === 'javascript') return true;
  return false;
}
