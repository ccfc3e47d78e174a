import { JavaError } from '../../java/index.js';

/** How much of the text a message shows. */
const SHOWN = 500;

interface Scope {
  readonly kind: 'root' | 'Array' | 'Object';
  readonly start: number;
}

/** A text that is read, and the words in which Jackson 2.16 complains of it. */
export class Source {
  protected at = 0;
  /** Where the line begins, and its number. */
  protected row = 0;
  protected line = 1;
  protected scope: Scope = { kind: 'root', start: -1 };

  constructor(
    protected readonly text: string,
    /** Whether messages quote the text. */
    private readonly quotes: boolean,
  ) {}

  /** The code here, -1 at the end. */
  protected code(): number {
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : -1;
  }

  protected unexpected(code: number, comment: string): JavaError {
    this.at++;
    return this.parseError(`Unexpected character (${described(code)}): ${comment}`);
  }
  protected inNumber(code: number, comment: string): JavaError {
    this.at++;
    return this.unfinished(code, comment);
  }
  protected unfinished(code: number, comment: string): JavaError {
    return this.parseError(`Unexpected character (${described(code)}) in numeric value: ${comment}`);
  }

  protected wrongEnd(code: number): JavaError {
    const { kind, start } = this.scope;
    this.at++;
    const wanted = code === 0x5d ? '}' : ']';
    const where =
      kind === 'root' ? `root starting at ${this.#place('line: 1, column: 0')}` : this.#started(kind, start);
    return this.parseError(
      `Unexpected close marker '${String.fromCharCode(code)}': expected '${wanted}' (for ${where})`,
    );
  }
  #started(kind: string, start: number): string {
    return `${kind} starting at ${this.#place(this.#positionOf(start))}`;
  }
  protected notClosed(): JavaError {
    const { kind, start } = this.scope;
    return this.endOfInput(
      `: expected close marker for ${kind} (start marker at ${this.#place(this.#positionOf(start))})`,
    );
  }

  protected endOfInput(what: string): JavaError {
    return this.error(END, `Unexpected end-of-input${what}`);
  }
  protected parseError(message: string): JavaError {
    return this.error(PARSE, message);
  }
  protected error(javaClass: string, message: string, position?: string): JavaError {
    const at = position ?? `line: ${this.line}, column: ${this.at - this.row + 1}`;
    return new JavaError(javaClass, `${message}\n at ${this.#place(at)}`);
  }
  #place(position: string): string {
    if (!this.quotes)
      return `[Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); ${position}]`;
    const { text } = this;
    const cut = text.length > SHOWN ? `[truncated ${text.length - SHOWN} chars]` : '';
    return `[Source: (String)"${text.slice(0, SHOWN).replace(CONTROLS, escapedControl)}"${cut}; ${position}]`;
  }

  #positionOf(at: number): string {
    const before = this.text.slice(0, at).split(/\r\n|\r|\n/);
    return `line: ${before.length}, column: ${(before.at(-1) ?? '').length + 1}`;
  }
}

const PARSE = 'com.fasterxml.jackson.core.JsonParseException';
const END = 'com.fasterxml.jackson.core.io.JsonEOFException';

const CONTROLS = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;
const escapedControl = (c: string): string => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A character as messages show it. */
export function described(code: number): string {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return `(CTRL-CHAR, code ${code})`;
  const hex = code > 255 ? ` / 0x${code.toString(16)}` : '';
  return `'${String.fromCharCode(code)}' (code ${code}${hex})`;
}
