import { at, type Problem, ProblemError, problems } from '../problem.js';
import type { Newline } from './spelling.js';

/** A text that is being parsed: what stands where, and saying what is wrong at which line and column. */
export class Source {
  /** The line end that the first line has. */
  readonly newline: Newline;
  /** Of the last position asked for with {@link locate}. */
  line = 1;
  lineStart = 0;
  #lineEnd: number;

  constructor(readonly text: string) {
    this.#lineEnd = text.indexOf('\n');
    this.newline = text[this.#lineEnd - 1] === '\r' ? '\r\n' : '\n';
  }

  /** Whether exactly this stands there. */
  says(what: string, from: number, to: number): boolean {
    return to - from === what.length && this.text.startsWith(what, from);
  }

  /** The name that starts there; empty when none does. */
  name(position: number): string {
    const { text } = this;
    if (!startsName(text.charCodeAt(position))) return '';
    let end = position + 1;
    while (continuesName(text.charCodeAt(end))) end++;
    return text.slice(position, end);
  }

  /** The first position from there on that is not blank. */
  spaces(position: number): number {
    let end = position;
    while (isBlank(this.text.charCodeAt(end))) end++;
    return end;
  }

  /** Counts lines up to a position, which is not before the last one asked for. */
  locate(position: number): void {
    while (this.#lineEnd >= 0 && this.#lineEnd < position) {
      this.line++;
      this.lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.text.indexOf('\n', this.lineStart);
    }
  }

  /** Where that end of a piece ends; the piece starts with `length` characters of its own. */
  skip(start: number, length: number, end: string, what: string): number {
    const found = this.text.indexOf(end, start + length);
    return found < 0 ? this.fail(start, `the ${what} does not end`) : found + end.length;
  }

  /** @throws ProblemError */
  fail(position: number, what: string): never {
    return this.problem(position, problems.notWellFormed(what));
  }

  /** @throws ProblemError */
  problem(position: number, problem: Problem): never {
    let line = 1;
    let start = 0;
    for (let end = this.text.indexOf('\n'); end >= 0 && end < position; end = this.text.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    throw new ProblemError([at(problem, { line, column: position - start + 1 })]);
  }
}

/** A name or text as a message shows it: its beginning, if it is long. */
export const excerpt = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13;
/** Letters, `_`, `:` and all beyond ASCII (mxparser is as generous); NaN, past the end, is none. */
const startsName = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58 || code >= 128;
const continuesName = (code: number): boolean =>
  startsName(code) || (code >= 48 && code <= 57) || code === 46 || code === 45;
