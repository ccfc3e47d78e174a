import { javaTrim } from '../java/index.js';
import { ProblemError, problems } from '../problem.js';
import type { FunctionLookup, FunctionSpec } from './function.js';

/** A piece of a text: literal, a variable reference, or a call. */
export type Segment = string | Variable | Call;
export interface Variable {
  readonly variable: string;
}
export interface Call {
  readonly spec: FunctionSpec;
  readonly args: readonly (readonly Segment[])[];
}

export interface Grammar {
  readonly functions: FunctionLookup;
  /** Told the name of each reference that looks like a function (`__…`) and is none of `functions`. */
  readonly unknown?: ((name: string) => void) | undefined;
}

/**
 * Parses a text as JMeter 5.6.3 does (FunctionParser): backslashes before `$`, `,` and `\` are dropped, others stay.
 * Throws ProblemError for a wrong number of arguments and for text between `)` and `}`.
 */
export function parseText(text: string, grammar: Grammar): readonly Segment[] {
  return new Parser(text, grammar).segments();
}

class Parser {
  #at = 0;
  constructor(
    readonly text: string,
    readonly grammar: Grammar,
  ) {}

  segments(): readonly Segment[] {
    const found: Segment[] = [];
    const { text } = this;
    let literal = '';
    let previous = '';
    while (this.#at < text.length) {
      const char = text.charAt(this.#at++);
      if (char === '\\') {
        const next = this.#escaped();
        literal += next === '$' || next === ',' || next === '\\' ? next : `\\${next}`;
        previous = '';
      } else if (char === '{' && previous === '$') {
        if (literal.length > 1) found.push(literal.slice(0, -1));
        literal = '';
        found.push(this.#reference());
        previous = '';
      } else {
        literal += char;
        previous = char;
      }
    }
    if (literal !== '') found.push(literal);
    return found;
  }

  /** The character after a backslash; a backslash at the very end counts as its own. */
  #escaped(): string {
    return this.#at < this.text.length ? this.text.charAt(this.#at++) : '\\';
  }

  /** Behind `${`. Without a closing brace what was collected is literal text, as in JMeter. */
  #reference(): Segment {
    let name = '';
    let previous = ' ';
    let called: string | undefined;
    while (this.#at < this.text.length) {
      const char = this.text.charAt(this.#at++);
      if (char === '\\') {
        name += this.#escaped();
        previous = ' ';
      } else if (char === '(' && previous !== ' ') {
        const spec = this.grammar.functions(javaTrim(name));
        if (spec) return this.#call(spec, name);
        called ??= javaTrim(name);
        name += char;
      } else if (char === '}') {
        const spec = this.grammar.functions(name);
        if (spec) return checked(spec, []);
        const asked = called ?? name;
        if (asked.startsWith('__')) this.grammar.unknown?.(asked);
        return { variable: name };
      } else {
        name += char;
        previous = char;
      }
    }
    return name;
  }

  #call(spec: FunctionSpec, written: string): Call {
    const call = checked(spec, this.#arguments());
    while (this.#at < this.text.length && SPACE.test(this.text.charAt(this.#at))) this.#at++;
    if (this.text.charAt(this.#at++) === '}') return call;
    throw wrong(`Expected } after ${written} function call in ${this.text.slice(0, 100)}`);
  }

  /** Behind `(`. Commas split even inside parentheses, but not inside `${…}`. */
  #arguments(): (readonly Segment[])[] {
    const found: (readonly Segment[])[] = [];
    let raw = '';
    let previous = ' ';
    let references = 0;
    let parentheses = 0;
    while (this.#at < this.text.length) {
      const char = this.text.charAt(this.#at++);
      if (char === '\\') {
        raw += char + this.#escaped();
        previous = ' ';
        continue;
      }
      if (char === ',' && references === 0) {
        // `previous` stays: `$,{` opens a reference for the counting, as in JMeter.
        found.push(parseText(raw, this.grammar));
        raw = '';
        continue;
      }
      if (char === ')' && references === 0 && parentheses === 0) {
        if (raw !== '' || found.length > 0) found.push(parseText(raw, this.grammar));
        return found;
      }
      if (char === '{' && previous === '$') references++;
      else if (char === '}' && references > 0) references--;
      else if (char === ')' && references === 0) parentheses--;
      else if (char === '(' && references === 0) parentheses++;
      raw += char;
      previous = char;
    }
    found.push(parseText(raw, this.grammar));
    return found;
  }
}

// Character.isSpaceChar: no tabs, no line ends.
const SPACE = /[\p{Zs}\p{Zl}\p{Zp}]/u;

const wrong = (what: string): ProblemError => new ProblemError([problems.badFunctionCall(what)]);

function checked(spec: FunctionSpec, args: Call['args']): Call {
  const { name, min, max } = spec;
  if (args.length >= min && args.length <= max) return { spec, args };
  const expected =
    max === Number.POSITIVE_INFINITY
      ? `Expected at least: ${min}.`
      : min === max
        ? `Expected: ${min}.`
        : `Expected: >= ${min} and <= ${max}`;
  throw wrong(`${name} called with wrong number of parameters. Actual: ${args.length}. ${expected}`);
}
