import { JavaError, parseInteger } from '../../java/index.js';
import { readJackson } from '../jackson/read.js';
import { isArray, isNumber, isObject, type Json, member, valuesOf } from '../jackson/value.js';
import { arityFault, callFunction, functionNamed, type Reference } from './functions.js';
import { compare, isTruthy, type Search } from './search.js';
import { type Slice, sliceOf } from './slice.js';
import type { SyntaxFault } from './tokens.js';
import type { Bracket, Tree } from './tree.js';

type Call = Extract<Tree, { kind: 'call' }>;

/** Compiles a tree; unknown functions, wrong counts of arguments and the like go to `faults`. */
export const compileTree = (tree: Tree, faults: SyntaxFault[]): Search => new Compiler(faults).whole(tree);

/**
 * What stands behind a projection belongs to it: a tree is compiled from right to left, and what is compiled waits as the
 * "chained" part until a part to its left takes it (ExpressionParser of jmespath-java 0.6.0, whose quirks follow from that).
 */
class Compiler {
  #chained: Search | undefined;

  constructor(private readonly faults: SyntaxFault[]) {}

  /** With all that waits put behind it. */
  whole(tree: Tree): Search {
    return this.#inSequence(this.#visit(tree));
  }

  /** On its own: what waits goes on waiting. */
  #apart(tree: Tree): Search {
    const waiting = this.#chained;
    this.#chained = undefined;
    const search = this.whole(tree);
    this.#chained = waiting;
    return search;
  }

  #take(): Search | undefined {
    const chained = this.#chained;
    this.#chained = undefined;
    return chained;
  }
  #inSequence(first: Search): Search {
    const then = this.#take();
    return then === undefined ? first : (value, document) => then(first(value, document), document);
  }
  #projected(first: Search): Search {
    const then = this.#take();
    if (then === undefined) return first;
    const each = projection(then);
    return (value, document) => each(first(value, document), document);
  }

  #visit(tree: Tree): Search {
    switch (tree.kind) {
      case 'pipe': {
        const right = this.whole(tree.right);
        const left = this.whole(tree.left);
        return (value, document) => right(left(value, document), document);
      }
      case 'compare': {
        const right = this.#apart(tree.right);
        return this.#inSequence(comparison(tree.operator, this.#apart(tree.left), right));
      }
      case 'and':
      case 'or': {
        const [left, right] = [this.#apart(tree.left), this.#apart(tree.right)];
        const goesOn = tree.kind === 'and';
        return this.#inSequence((value, document) => {
          const found = left(value, document);
          return isTruthy(found) === goesOn ? right(value, document) : found;
        });
      }
      case 'not': {
        const of = this.whole(tree.of);
        return (value, document) => !isTruthy(of(value, document));
      }
      case 'parens':
        return this.#inSequence(this.#apart(tree.of));
      case 'chain':
        this.#chained = this.#visit(tree.right);
        return this.whole(tree.left);
      case 'bracket':
        return this.#bracketed(tree.left, tree.bracket);
      case 'call':
        return this.#inSequence(this.#call(tree));
      default:
        return this.#plain(tree);
    }
  }

  #plain(tree: Exclude<Tree, Call>): Search {
    switch (tree.kind) {
      case 'property': {
        const { name } = tree;
        return this.#inSequence((value) => member(value, name) ?? null);
      }
      case 'string': {
        const { name } = tree;
        return () => name;
      }
      case 'current':
        return this.#take() ?? ((value) => value);
      case 'wildcard':
        return this.#projected(membersOf);
      case 'list': {
        const items = tree.items.map((item) => this.#apart(item));
        return this.#inSequence((value, document) =>
          value === null ? null : items.map((item) => item(value, document)),
        );
      }
      case 'hash': {
        const entries = tree.entries.map(([key, item]) => [key, this.#apart(item)] as const);
        return this.#inSequence((value, document) =>
          value === null ? null : new Map(entries.map(([key, item]) => [key, item(value, document)])),
        );
      }
      case 'literal':
        return this.#literal(tree.json, tree.strayBackticks);
      case 'reference':
        return this.whole(tree.of);
      default:
        throw new Error(`${tree.kind} is compiled elsewhere`);
    }
  }

  /** A literal does not take what waits: it waits on for the whole. */
  #literal(json: string, strayBackticks: readonly number[]): Search {
    for (const position of strayBackticks) this.faults.push({ message: 'syntax error unexpected `', position });
    let value: Json;
    try {
      value = readJackson(json, { source: false });
    } catch (error) {
      if (error instanceof JavaError) throw new JavaError('java.lang.IllegalStateException', String(error));
      throw error;
    }
    return () => value;
  }

  #bracketed(left: Tree | undefined, bracket: Bracket): Search {
    const flattened = this.#bracket(bracket);
    if (left === undefined) return flattened ?? this.#take() ?? ((value) => value);
    // What an index, a slice and the like left waiting goes to the part in front.
    const before = this.whole(left);
    if (flattened === undefined) return before;
    return (value, document) => flattened(before(value, document), document);
  }

  /** Leaves the bracket waiting; only `[]` is given back. */
  #bracket(bracket: Bracket): Search | undefined {
    switch (bracket.kind) {
      case 'index': {
        const index = parseInteger(bracket.text);
        this.#chained = this.#inSequence((value) => (isArray(value) ? (value.at(index) ?? null) : null));
        return undefined;
      }
      case 'star':
        this.#chained = projection(this.#chained ?? ((value) => value));
        return undefined;
      case 'slice': {
        const slice: Slice = { start: bracket.start, stop: bracket.stop, step: bracket.step };
        const search = sliceOf(slice, () =>
          this.faults.push({ message: 'invalid value 0 for step size', position: bracket.stepPosition }),
        );
        this.#chained = this.#projected(search);
        return undefined;
      }
      case 'flatten':
        return this.#projected(flatten);
      case 'select':
        this.#chained = this.#projected(selection(this.#apart(bracket.test)));
        return undefined;
    }
  }

  #call({ name, position, args }: Call): Search {
    const given = args.map((arg): Search | Reference =>
      arg.kind === 'reference' ? { expression: this.#apart(arg) } : this.#apart(arg),
    );
    const called = functionNamed(name);
    if (called === undefined) {
      this.faults.push({ message: `unknown function "${name}"`, position });
      return () => null;
    }
    const fault = arityFault(called, args.length);
    if (fault !== undefined) this.faults.push({ message: fault, position });
    return (value, document) =>
      callFunction(
        called,
        given.map((arg) => (typeof arg === 'function' ? arg(value, document) : arg)),
        document,
      );
  }
}

function comparison(operator: string, left: Search, right: Search): Search {
  const holds = COMPARISONS[operator] ?? (() => false);
  const ofAll = operator === '==' || operator === '!=';
  return (value, document) => {
    const [a, b] = [left(value, document), right(value, document)];
    return ofAll || (isNumber(a) && isNumber(b)) ? holds(compare(a, b)) : null;
  };
}
const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Each item of a list, those without result left out. */
const projection =
  (each: Search): Search =>
  (value, document) => {
    if (!isArray(value)) return null;
    const found: Json[] = [];
    for (const item of value) {
      const result = each(item, document);
      if (result !== null) found.push(result);
    }
    return found;
  };

const selection =
  (test: Search): Search =>
  (value, document) =>
    isArray(value) ? value.filter((item) => isTruthy(test(item, document))) : null;

const flatten: Search = (value) => (isArray(value) ? value.flat() : null);

const membersOf: Search = (value, document) => {
  if (!isObject(value)) return null;
  document.enumerate(value);
  return valuesOf(value);
};
