import { JavaError, toInt } from '../../java/index.js';
import { Cursor, invalidPath, unescaped } from './cursor.js';
import { parseFilter } from './filter.js';
import { parseParameters } from './parameters.js';
import { makePath, type Parameter, type Path, type Token } from './path.js';

/**
 * Compiles a path as json-path 2.8 does; `$.` may be left out. Throws JavaError: InvalidPathException with the library's
 * message for what it cannot read.
 */
export function parsePath(text: string): Path {
  try {
    let cursor = new Cursor(text).trim();
    const first = cursor.at(0);
    if (first !== '$' && first !== '@') cursor = new Cursor(`$.${text}`).trim();
    if (cursor.endsWith('.')) throw invalidPath("Path must not end with a '.' or '..'");
    return new PathReader(cursor).path();
  } catch (error) {
    if (error instanceof JavaError && error.javaClass !== 'com.jayway.jsonpath.InvalidPathException')
      throw invalidPath(error.toString());
    throw error;
  }
}

/** A path inside a function's arguments: without the completions of {@link parsePath}. */
export const parseInnerPath = (text: string): Path => new PathReader(new Cursor(text)).path();

class PathReader {
  readonly #tokens: Token[] = [];

  constructor(readonly at: Cursor) {}

  path(): Path {
    const { at } = this;
    while (at.inBounds() && /[ \t\r\n]/.test(at.current)) at.position++;
    const root = at.current;
    if (root !== '$' && root !== '@') throw invalidPath("Path must start with '$' or '@'");
    if (!at.isTail) {
      at.position++;
      if (at.current !== '.' && at.current !== '[')
        throw invalidPath(`Illegal character at position ${at.position} expected '.' or '['`);
      this.token();
    }
    return makePath(root, this.#tokens);
  }

  private add(token: Token): void {
    this.#tokens.push(token);
  }

  private token(): void {
    const { at } = this;
    const c = at.current;
    const where = at.position;
    if (c === '[') {
      if (!(this.names() || this.indexes() || this.wildcard() || this.filter() || this.placeholder()))
        throw invalidPath(`Could not parse token starting at position ${where}. Expected ?, ', 0-9, * `);
    } else if (c === '.') this.dot();
    else if (!(c === '*' ? this.wildcard() : this.nameOrFunction()))
      throw invalidPath(`Could not parse token starting at position ${where}`);
  }

  /** The rest of the path; the last character is never looked at by itself, so `$.a[` reads as `$.a`. */
  private rest(): true {
    if (!this.at.isTail) this.token();
    return true;
  }

  private dot(): void {
    const { at } = this;
    if (at.inBounds(at.position + 1) && at.at(at.position + 1) === '.') {
      this.add({ kind: 'scan', ...UNLINKED });
      at.position += 2;
    } else if (!at.inBounds(at.position + 1)) throw invalidPath("Path must not end with a '.");
    else at.position++;
    if (at.current === '.') throw invalidPath(`Character '.' on position ${at.position} is not valid.`);
    this.token();
  }

  private nameOrFunction(): boolean {
    const { at } = this;
    if ('[*. '.includes(at.current)) return false;
    const start = at.position;
    let end = start;
    while (at.inBounds(end) && !'.[('.includes(at.at(end))) {
      if (at.at(end) === ' ')
        throw invalidPath(
          `Use bracket notion ['my prop'] if your property contains blank characters. position: ${start}`,
        );
      end++;
    }
    const called = at.inBounds(end) && at.at(end) === '(';
    const name = at.slice(start, end);
    if (called) this.add({ kind: 'function', name, parameters: this.parameters(name, end), ...UNLINKED });
    else {
      at.position = end;
      this.add({ kind: 'properties', names: [name], quote: "'", ...UNLINKED });
    }
    return this.rest();
  }

  private parameters(name: string, open: number): readonly Parameter[] {
    const { at } = this;
    let depth = 1;
    for (let i = open + 1; i < at.length && depth > 0; i++) {
      if (at.at(i) === ')') depth--;
      else if (at.at(i) === '(') depth++;
    }
    if (depth !== 0) throw invalidPath(`Arguments to function: '${name}' are not closed properly.`);
    at.position = open + 1;
    return at.current === ')' ? [] : parseParameters(at, name, parseInnerPath);
  }

  private wildcard(): boolean {
    const { at } = this;
    if (at.current === '[') {
      if (!at.nextIs('*')) return false;
      const star = at.nextSignificant('*');
      if (!at.nextIs(']', star)) throw invalidPath(`Expected wildcard token to end with ']' on position ${star + 1}`);
      at.position = at.nextSignificant(']', star) + 1;
    } else at.position++;
    this.add({ kind: 'wildcard', ...UNLINKED });
    return this.rest();
  }

  private indexes(): boolean {
    const { at } = this;
    if (!/[0-9\-:]/.test(at.nextChar())) return false;
    const close = at.find(']', at.position + 1);
    if (close === -1) return false;
    const text = at.slice(at.position + 1, close).trim();
    if (!/^[0-9,\-: ]*$/.test(text)) return false;
    this.add(text.includes(':') ? slice(text) : indexes(text));
    at.position = close + 1;
    return this.rest();
  }

  private filter(): boolean {
    const { at } = this;
    const mark = at.nextSignificant('?');
    if (mark === -1) return false;
    const open = at.nextSignificant('(', mark);
    if (open === -1) return false;
    const close = at.closing(open, '(', ')', true);
    if (close === -1 || !at.nextIs(']', close)) return false;
    const end = at.nextSignificant(']', close);
    this.add({ kind: 'filter', filter: parseFilter(at.slice(at.position, end + 1)), ...UNLINKED });
    at.position = end + 1;
    return this.rest();
  }

  /** `[?]` stands for a filter given by a program; there is none here. */
  private placeholder(): boolean {
    const { at } = this;
    const mark = at.nextSignificant('?');
    if (mark === -1 || !(at.nextIs(']', mark) || at.nextIs(',', mark))) return false;
    const close = at.find(']', at.position + 1);
    if (close === -1) return false;
    const text = at.slice(at.position + 1, close);
    throw invalidPath(`Not enough predicates supplied for filter [${text}] at position ${at.position}`);
  }

  private names(): boolean {
    const { at } = this;
    const quote = at.nextChar();
    if (quote !== "'" && quote !== '"') return false;
    const { names, end } = readNames(at, quote);
    const close = at.nextSignificant(']', end);
    if (close === -1) throw invalidPath('Property has not been closed - missing closing ]');
    at.position = close + 1;
    if (names.length === 0) throw invalidPath('Empty properties');
    this.add({ kind: 'properties', names, quote, ...UNLINKED });
    return this.rest();
  }
}

/** `'a','b'` up to the closing bracket: the names and where the last one ends. */
function readNames(at: Cursor, quote: string): { names: string[]; end: number } {
  const names: string[] = [];
  let start = at.position + 1;
  let end = 0;
  let inside = false;
  let comma = false;
  for (let i = start; at.inBounds(i); i++) {
    const c = at.at(i);
    if (c === '\\') i++;
    else if (c === quote) {
      if (inside) {
        if (!at.nextIs(']', i) && !at.nextIs(',', i))
          throw invalidPath(
            `Property must be separated by comma or Property must be terminated close square bracket at index ${i}`,
          );
        end = i;
        names.push(unescaped(at.slice(start, end)));
      } else {
        start = i + 1;
        comma = false;
      }
      inside = !inside;
    } else if (!inside && (c === ']' || c === ',')) {
      if (comma) throw invalidPath(`Found empty property at index ${i}`);
      if (c === ']') break;
      comma = true;
    }
  }
  if (inside) throw invalidPath(`Property has not been closed - missing closing ${quote}`);
  return { names, end };
}

const UNLINKED = { next: undefined, upstreamDefinite: true };

function indexes(text: string): Token {
  const list = text.split(/\s*,\s*/).map((part) => {
    const n = toInt(part);
    if (n === undefined) throw invalidPath(`Failed to parse token in ArrayIndexOperation: ${part}`);
    return n;
  });
  return { kind: 'indexes', indexes: list, ...UNLINKED };
}

function slice(text: string): Token {
  if (!/^[0-9\-:]*$/.test(text)) throw invalidPath(`Failed to parse SliceOperation: ${text}`);
  const [from, to] = text.split(':').map((part) => (part === '' ? undefined : bound(part)));
  if (from === undefined && to === undefined) throw invalidPath(`Failed to parse SliceOperation: ${text}`);
  return { kind: 'slice', from, to, ...UNLINKED };
}

function bound(text: string): number {
  const n = toInt(text);
  if (n === undefined) throw new JavaError('java.lang.NumberFormatException', `For input string: "${text}"`);
  return n;
}
