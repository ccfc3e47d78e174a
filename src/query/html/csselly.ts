import { JavaError, javaTrim } from '../../java/index.js';
import { joddClass, joddFunction } from './csselly-pseudo.js';
import type { HtmlElement } from './dom.js';

/** Whether an element is meant by itself. */
export type Accept = (element: HtmlElement) => boolean;
/** Whether it stays among all that were found, by its place there. */
export type Filter = (element: HtmlElement, index: number, found: readonly HtmlElement[]) => boolean;
export type Combinator = ' ' | '>' | '+' | '~';

/** One part of a selector, and how it hangs on the part before it. */
export interface Step {
  combinator: Combinator;
  readonly accepts: Accept[];
  readonly filters: Filter[];
}

const ESCAPE = String.raw`\\[0-9a-fA-F]{1,6}(?:\r\n|[ \n\r\t\f])?|\\[^\n\r\f0-9a-fA-F]`;
const START = String.raw`(?:[_a-zA-Z]|[^\0-\x7f]|${ESCAPE})`;
const CHARACTER = String.raw`(?:[_a-zA-Z0-9-]|[^\0-\x7f]|${ESCAPE})`;
const IDENT = `-?${START}${CHARACTER}*`;
const W = String.raw`[ \t\r\n\f]*`;
const STRING = String.raw`"(?:${ESCAPE}|[^\n\r\f"]|\\(?:\r\n|[\n\r\f]))*"|'(?:${ESCAPE}|[^\n\r\f']|\\(?:\r\n|[\n\r\f]))*'`;
const sticky = (source: string): RegExp => new RegExp(source, 'y');
const ELEMENT = sticky(`${IDENT}`);
const BLANKS = /[ \t\r\n\f]+/y;
const ID = sticky(`#(${CHARACTER}+)`);
const CLASS = sticky(`\\.(${IDENT})`);
const PSEUDO = sticky(`::?(${IDENT})(\\()?`);
const ATTRIBUTE = sticky(`${W}${IDENT}${W}(?:[~|^$*]?=${W}(?:${IDENT}|${STRING})${W})?`);
const COMBINATOR = sticky(`${W}([>+~])${W}|[ \\t\\r\\n\\f]+`);
const QUOTED = sticky(STRING);
const ESCAPED = sticky(ESCAPE);

/** Reads the alternatives of a selector as Jodd's CSSelly does; throws CSSellyException. */
export const parseCsselly = (query: string): readonly (readonly Step[])[] =>
  query.split(/,+/).map((alternative) => new Lexer(alternative).steps());

export const cssellyError = (message: string): JavaError => new JavaError('jodd.csselly.CSSellyException', message);

/** The states of CSSelly's lexer; what the input ends in is taken as complete. */
class Lexer {
  #at = 0;
  readonly #steps: Step[] = [];
  #combinator: Combinator = ' ';

  constructor(private readonly text: string) {}

  steps(): readonly Step[] {
    for (;;) {
      this.#match(BLANKS);
      if (this.#at >= this.text.length) break;
      this.#element();
      this.#selectors();
    }
    // Jodd has a list that is null here, and fails on it.
    if (this.#steps.length === 0) throw new JavaError('java.lang.NullPointerException');
    return this.#steps;
  }

  #element(): void {
    const name = unescaped(this.#match(ELEMENT)?.[0] ?? (this.#take('*') ? '*' : ''));
    const accepts = name === '' || name === '*' ? [] : [(element: HtmlElement) => element.name === name];
    if (name === '' && /[\n\r]/.test(this.text.charAt(this.#at))) throw this.#illegal();
    this.#steps.push({ combinator: this.#combinator, accepts, filters: [] });
    this.#combinator = ' ';
  }

  #selectors(): void {
    for (;;) {
      if (this.#at >= this.text.length) return;
      if (this.#take('[')) {
        this.#attributes();
        continue;
      }
      const id = this.#match(ID)?.[1];
      if (id !== undefined) {
        this.#accept(attributeTest(`id=${quote(unescaped(id))}`));
        continue;
      }
      const name = this.#match(CLASS)?.[1];
      if (name !== undefined) {
        this.#accept(attributeTest(`class~=${quote(unescaped(name))}`));
        continue;
      }
      const pseudo = this.#match(PSEUDO);
      if (pseudo !== null) this.#pseudo(pseudo[1] ?? '', pseudo[2] !== undefined);
      else {
        this.#nextCombinator();
        return;
      }
    }
  }

  #attributes(): void {
    for (;;) {
      if (this.#at >= this.text.length || this.#take(']')) return;
      const text = this.#match(ATTRIBUTE)?.[0];
      if (text === undefined) throw this.#illegal();
      this.#accept(attributeTest(unescaped(text)));
    }
  }

  #pseudo(name: string, isFunction: boolean): void {
    const step = this.#steps.at(-1);
    if (step === undefined) return;
    if (!isFunction) joddClass(name, step);
    else if (this.#at < this.text.length) joddFunction(name, this.#argument(), step);
  }

  /** The longest text that a `)` ends: strings, and what a backslash precedes, may hold others. */
  #argument(): string {
    const { text } = this;
    const start = this.#at;
    let reached = new Set([start]);
    let end = -1;
    while (reached.size > 0) {
      const next = new Set<number>();
      for (const at of reached) {
        const c = text.charAt(at);
        if (c === ')') end = Math.max(end, at);
        else if (c !== '') next.add(at + 1);
        for (const pattern of [QUOTED, ESCAPED]) {
          pattern.lastIndex = at;
          const found = pattern.exec(text);
          if (found !== null) next.add(at + found[0].length);
        }
      }
      reached = next;
    }
    if (end === -1) throw this.#illegal();
    this.#at = end + 1;
    return text.slice(start, end);
  }

  #nextCombinator(): void {
    const found = this.#match(COMBINATOR);
    if (found === null) throw cssellyError(`Invalid combinator <${this.text.charAt(this.#at)}>.`);
    const sign = found[1];
    this.#combinator = sign === '>' || sign === '+' || sign === '~' ? sign : ' ';
  }

  #accept(test: Accept): void {
    this.#steps.at(-1)?.accepts.push(test);
  }
  #illegal(): JavaError {
    return cssellyError(`Illegal character <${this.text.charAt(this.#at)}>.`);
  }
  #take(c: string): boolean {
    if (this.text.charAt(this.#at) !== c) return false;
    this.#at++;
    return true;
  }
  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }
}

const unescaped = (text: string): string => text.replaceAll('\\', '');
const quote = (text: string): string => `"${text}"`;

/** `name`, or `name=value` with one of CSS's signs. A value is unquoted only when the quote comes first. */
function attributeTest(text: string): Accept {
  const equals = text.indexOf('=');
  if (equals === -1) {
    const key = javaTrim(text).toLowerCase();
    return ({ attributes }) => attributes?.has(key) ?? false;
  }
  const compare = COMPARISONS[text.charAt(equals - 1)];
  const name = javaTrim(text.slice(0, compare === undefined ? equals : equals - 1)).toLowerCase();
  const given = text.slice(equals + 1);
  if (given.length === 1 && /["']/.test(given))
    throw new JavaError('java.lang.StringIndexOutOfBoundsException', 'begin 1, end 0, length 1');
  const value = javaTrim(/^["']/.test(given) ? given.slice(1, -1) : given);
  const holds = compare ?? ((actual: string) => actual === value);
  return ({ attributes }) => {
    const actual = attributes?.get(name);
    return actual !== undefined && holds(actual, value);
  };
}

const COMPARISONS: Readonly<Record<string, (actual: string, value: string) => boolean>> = {
  '~': (actual, value) => value !== '' && (actual === value || actual.split(/[ \t]/).includes(value)),
  '|': (actual, value) => actual === value || actual.startsWith(`${value}-`),
  '^': (actual, value) => value !== '' && actual.startsWith(value),
  $: (actual, value) => value !== '' && actual.endsWith(value),
  '*': (actual, value) => value !== '' && actual.includes(value),
};
