import { javaTrim } from '../../java/index.js';
import type { HtmlElement } from './dom.js';
import { attributeTest } from './jsoup-attributes.js';
import { pseudoTest } from './jsoup-pseudo.js';
import { selectorError, TokenQueue } from './token-queue.js';

/** Whether an element is meant; `root` is where the search began. */
export type Test = (element: HtmlElement, root: HtmlElement) => boolean;

const COMBINATORS = ',>+~ ';

/** Reads a selector as jsoup 1.17.1's QueryParser does; throws SelectorParseException. */
export function parseSelector(query: string): Test {
  if (query === '') throw selectorError('String must not be empty');
  return new Parser(javaTrim(query)).parse();
}

/** The elements below a root, itself among them, that a selector means; at most `limit` of them. */
export function selectAll(root: HtmlElement, test: Test, limit: number): readonly HtmlElement[] {
  const found: HtmlElement[] = [];
  const visit = (element: HtmlElement): void => {
    if (test(element, root)) found.push(element);
    for (const child of element.children) {
      if (found.length >= limit) return;
      if (child.kind === 'element') visit(child);
    }
  };
  visit(root);
  return found;
}

/** What has been read so far: alternatives, each of which later combinators go on from. */
type Part =
  | { readonly kind: 'test'; readonly test: Test }
  | { readonly kind: 'run'; readonly tests: readonly Test[]; readonly test: Test }
  | { readonly kind: 'or'; readonly parts: readonly Part[]; readonly test: Test };

const plain = (test: Test): Part => ({ kind: 'test', test });
const anyOf = (parts: readonly Part[]): Part => ({
  kind: 'or',
  parts,
  test: (element, root) => parts.some((part) => part.test(element, root)),
});
/** The last one first: it is the cheapest, and says no most often. */
const allOf = (tests: readonly Test[]): Test => {
  const [only, second] = tests;
  if (only !== undefined && tests.length === 1) return only;
  if (only !== undefined && second !== undefined && tests.length === 2)
    return (element, root) => second(element, root) && only(element, root);
  return (element, root) => tests.every((test) => test(element, root));
};

class Parser {
  readonly #queue: TokenQueue;
  #parts: Part[] = [];

  constructor(private readonly query: string) {
    this.#queue = new TokenQueue(query);
  }

  parse(): Test {
    const queue = this.#queue;
    queue.skipBlanks();
    if (this.#isCombinator()) {
      this.#parts.push(plain((element, root) => element === root));
      this.#combine(queue.consume());
    } else this.#parts.push(plain(this.#simple()));
    while (!queue.isEmpty) {
      const blank = queue.skipBlanks();
      if (this.#isCombinator()) this.#combine(queue.consume());
      else if (blank) this.#combine(' ');
      else this.#parts.push(plain(this.#simple()));
    }
    return allOf(this.#parts.map(({ test }) => test));
  }

  #isCombinator(): boolean {
    return !this.#queue.isEmpty && COMBINATORS.includes(this.#queue.next);
  }

  #combine(combinator: string): void {
    this.#queue.skipBlanks();
    const right = parseSelector(this.#subQuery());
    const [only] = this.#parts;
    const left: Part =
      this.#parts.length === 1 && only !== undefined ? only : plain(allOf(this.#parts.map(({ test }) => test)));
    // A comma binds less than the others, which go on from the last alternative.
    if (left.kind === 'or' && combinator !== ',') {
      const last = left.parts.at(-1) ?? left;
      this.#parts = [anyOf([...left.parts.slice(0, -1), combined(combinator, last, right)])];
    } else this.#parts = [combined(combinator, left, right)];
  }

  /** Up to the next combinator behind something else. */
  #subQuery(): string {
    const queue = this.#queue;
    let text = '';
    let begun = false;
    while (!queue.isEmpty) {
      if (queue.matches('(')) text += `(${queue.balanced('(', ')')})`;
      else if (queue.matches('[')) text += `[${queue.balanced('[', ']')}]`;
      else if (this.#isCombinator()) {
        if (begun) break;
        text += queue.consume();
      } else {
        begun = true;
        text += queue.consume();
      }
    }
    return text;
  }

  #simple(): Test {
    const queue = this.#queue;
    if (queue.take('#')) return byId(notEmpty(queue.identifier(['-', '_'])));
    if (queue.take('.')) return byClass(javaTrim(notEmpty(queue.identifier(['-', '_']))));
    if (queue.isWord || queue.matches('*|')) return byTag(notEmpty(queue.identifier(['*|', '|', '_', '-'])));
    if (queue.matches('[')) return attributeTest(queue.balanced('[', ']'), this.query);
    if (queue.take('*')) return () => true;
    if (queue.take(':')) return pseudoTest(queue, this.query, parseSelector);
    throw selectorError(`Could not parse query '${this.query}': unexpected token at '${queue.rest()}'`);
  }
}

function notEmpty(text: string): string {
  if (text === '') throw selectorError('String must not be empty');
  return text;
}

function combined(combinator: string, left: Part, right: Test): Part {
  const { test } = left;
  switch (combinator) {
    case '>': {
      const tests = [...(left.kind === 'run' ? left.tests : [test]), right];
      return { kind: 'run', tests, test: runOf(tests) };
    }
    case '+':
      return plain((element, root) => {
        if (!right(element, root) || element === root) return false;
        const before = element.parent?.elements[element.index - 1];
        return before !== undefined && test(before, root);
      });
    case '~':
      return plain((element, root) => {
        if (!right(element, root) || element === root) return false;
        for (const sibling of element.parent?.elements ?? []) {
          if (sibling === element) return false;
          if (test(sibling, root)) return true;
        }
        return false;
      });
    case ',':
      return anyOf(left.kind === 'or' ? [...left.parts, plain(right)] : [left, plain(right)]);
    default:
      return plain((element, root) => right(element, root) && hasAncestor(element, root, test));
  }
}

/** Each parent in turn, from the element up; the root has none. */
function runOf(tests: readonly Test[]): Test {
  return (element, root) => {
    if (element === root) return false;
    let up: HtmlElement | undefined = element;
    for (let i = tests.length - 1; i >= 0; i--, up = up.parent)
      if (up === undefined || !tests[i]?.(up, root)) return false;
    return true;
  };
}

function hasAncestor(element: HtmlElement, root: HtmlElement, test: Test): boolean {
  if (element === root) return false;
  for (let up = element.parent; up !== undefined; up = up.parent) {
    if (test(up, root)) return true;
    if (up === root) return false;
  }
  return false;
}

const byId =
  (id: string): Test =>
  (element) =>
    element.attribute('id') === id;

const BLANKS = /\s+/;
function byClass(name: string): Test {
  const wanted = name.toLowerCase();
  return ({ attributes }) => {
    const given = attributes?.get('class');
    if (given === undefined || given.length < name.length) return false;
    if (given === name) return true;
    const names = given.toLowerCase();
    return names.includes(wanted) && (names === wanted || names.split(BLANKS).includes(wanted));
  };
}

/** `ns|tag` is the tag `ns:tag`; `*|tag` in any namespace. */
function byTag(written: string): Test {
  const name = javaTrim(written.toLowerCase());
  if (!name.startsWith('*|')) {
    const tag = name.replaceAll('|', ':');
    return (element) => element.name === tag;
  }
  const tag = name.slice(2);
  const end = name.replaceAll('*|', ':');
  return (element) => element.name === tag || element.name.endsWith(end);
}
