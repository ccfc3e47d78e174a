import { CHAR, END } from './characters.js';

const TAB_SIZE = 8;
/** Characters that can be put back; beyond that JTidy's shift loses some. */
const ROOM = 16;

/** The characters of a document with their line and column; a tab reads as spaces, a line ends with LF (StreamInJavaImpl). */
export class Stream {
  line = 1;
  column = 1;
  ended = false;
  readonly #text: string;
  readonly #back: number[] = [];
  #next = 0;
  #lastColumn = 1;
  #tabs = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** A UTF-16 unit; -1 at the end. */
  read(): number {
    const back = this.#back.pop();
    if (back !== undefined) return this.#moved(back);
    this.#lastColumn = this.column;
    if (this.#tabs > 0) {
      this.#tabs--;
      this.column++;
      return CHAR.SPACE;
    }
    let c = this.#raw();
    if (c === END) return END;
    if (c === CHAR.CR) {
      c = this.#raw();
      if (c !== CHAR.LF && c !== END) this.unread(c);
      c = CHAR.LF;
    }
    if (c === CHAR.TAB) {
      this.#tabs = TAB_SIZE - ((this.column - 1) % TAB_SIZE) - 1;
      c = CHAR.SPACE;
    }
    return this.#moved(c);
  }

  /** Puts a character back, also the end. */
  unread(c: number): void {
    if (this.#back.length >= ROOM) {
      this.#back.length = ROOM - 2;
      this.#back.unshift(this.#back[0] ?? END);
    }
    this.#back.push(c);
    if (c === CHAR.LF) this.line--;
    this.column = this.#lastColumn;
  }

  #moved(c: number): number {
    if (c === CHAR.LF) {
      this.column = 1;
      this.line++;
    } else this.column++;
    return c;
  }

  #raw(): number {
    if (this.#next >= this.#text.length) {
      this.ended = true;
      return END;
    }
    return this.#text.charCodeAt(this.#next++);
  }
}
