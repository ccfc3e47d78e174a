import { documentOfNode, numberNodes, type XmlNode } from '../xml/index.js';
import { AXES, inOrder, type Test } from './axes.js';
import { xpathError } from './error.js';
import { type Context, type Expression, isNodes, type Value } from './expression.js';
import { compareValues, toBoolean, toNumber } from './values.js';

/** One step of a path as it was written. */
export interface Step {
  readonly axis: string;
  readonly test: Test;
  /** The test lets every node pass. */
  readonly any?: boolean;
  /** It is `text()`. */
  readonly text?: boolean;
  /** It is `comment()`. */
  readonly comment?: boolean;
  readonly predicates: readonly Expression[];
}

export const literal = (value: string | number): Expression => ({
  type: typeof value === 'string' ? 'string' : 'number',
  positional: false,
  literal: true,
  run: () => value,
});

/** An operator on two expressions. */
export function operation(operator: string, a: Expression, b: Expression): Expression {
  const positional = a.positional || b.positional;
  const of = (type: Expression['type'], run: (context: Context) => Value): Expression => ({ type, positional, run });
  const numbers = (compute: (x: number, y: number) => number): Expression =>
    of('number', (c) => compute(toNumber(a.run(c)), toNumber(b.run(c))));
  switch (operator) {
    case 'or':
      return of('boolean', (c) => toBoolean(a.run(c)) || toBoolean(b.run(c)));
    case 'and':
      return of('boolean', (c) => toBoolean(a.run(c)) && toBoolean(b.run(c)));
    case '+':
      return numbers((x, y) => x + y);
    case '-':
      return numbers((x, y) => x - y);
    case '*':
      return numbers((x, y) => x * y);
    case 'div':
      return numbers((x, y) => x / y);
    case 'mod':
      return numbers((x, y) => x % y);
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return of('boolean', (c) => compareValues(operator, a.run(c), b.run(c)));
    default:
      return numbers(() => Number.NaN);
  }
}

export const union = (parts: readonly Expression[]): Expression => ({
  type: 'nodes',
  positional: parts.some((part) => part.positional),
  run: (context) => ordered(parts.flatMap((part) => nodesFrom(part.run(context)))),
});

/** A primary expression with predicates: they count in document order. */
export function filtered(primary: Expression, predicates: readonly Expression[]): Expression {
  return {
    type: 'nodes',
    positional: primary.positional,
    lazy: true,
    run(context) {
      let nodes: XmlNode[] = [...nodesFrom(primary.run(context))];
      for (const predicate of predicates) nodes = keep(nodes, predicate);
      return nodes;
    },
  };
}

/** A location path, from the root or from the context node. */
export function path(rooted: boolean, steps: readonly Step[]): Expression {
  const walk = walker(rooted ? fromRoot(steps) : steps);
  const blind = rooted && isBlind(steps);
  const looks = steps.some(({ axis }) => axis !== 'self');
  return {
    type: 'nodes',
    positional: false,
    lazy: inDocumentOrder(steps),
    run({ node }) {
      if (node.kind === 'document' && node.untyped && looks) throw xpathError(UNTYPED);
      if (!rooted) return walk([node]);
      const root = documentOfNode(node);
      return blind && root?.tidied ? [] : walk([root ?? node]);
    },
  };
}
/** What Java says of a node whose type Xalan does not know. */
export const UNTYPED = 'Index -1 out of bounds for length 128';

/** Whether Xalan needs not sort what the steps find, by what it does with paths. */
function inDocumentOrder(steps: readonly Step[]): boolean {
  const [last, ...before] = [...shortened(steps)].reverse();
  const [first] = before;
  if (last?.axis === 'attribute' && first?.axis === 'descendant-or-self' && first.any) before.shift();
  return before.every(({ axis }) => axis === 'child' || axis === 'self');
}

/** A path that goes on from what an expression gives. */
export function joined(start: Expression, steps: readonly Step[]): Expression {
  const walk = walker(steps);
  return {
    type: 'nodes',
    positional: start.positional,
    run: (context) => walk(nodesFrom(start.run(context))),
  };
}

function nodesFrom(value: Value): readonly XmlNode[] {
  if (isNodes(value)) return value;
  throw xpathError(`Can not convert #${(typeof value).toUpperCase()} to a NodeList!`);
}

/** Sorts nodes of a document whose order may not have been counted yet. */
function ordered(nodes: XmlNode[]): readonly XmlNode[] {
  const [first] = nodes;
  if (first === undefined || nodes.length === 1) return nodes;
  const document = documentOfNode(first);
  if (document !== undefined) numberNodes(document);
  return inOrder(nodes);
}

type Walk = (nodes: readonly XmlNode[]) => readonly XmlNode[];

function walker(steps: readonly Step[]): Walk {
  const walks = shortened(steps).map(stepWalk);
  return (nodes) => {
    let at = nodes;
    for (const walk of walks) at = walk(at);
    return at;
  };
}

/** `//x` is one walk through all that is below, unless a predicate counts among siblings. */
function shortened(steps: readonly Step[]): readonly Step[] {
  const result: Step[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    const counts = step.predicates.some((predicate) => predicate.positional || predicate.type === 'number');
    if (
      last?.axis === 'descendant-or-self' &&
      last.any &&
      last.predicates.length === 0 &&
      step.axis === 'child' &&
      !counts
    )
      result[result.length - 1] = { ...step, axis: 'descendant' };
    else result.push(step);
  }
  return result;
}

/** On its way down from the root Xalan passes over texts that begin with a CDATA section. */
function fromRoot(steps: readonly Step[]): readonly Step[] {
  const [first, ...rest] = shortened(steps);
  return first?.axis === 'descendant' && first.text
    ? [{ ...first, test: ({ kind }) => kind === 'text' }, ...rest]
    : steps;
}

/** `//text()` and `//comment()` alone: there Xalan looks for nodes without a name, and those of JTidy have one (`#text`). */
function isBlind(steps: readonly Step[]): boolean {
  const [only, ...rest] = shortened(steps);
  return rest.length === 0 && only?.axis === 'descendant' && (only.text === true || only.comment === true);
}

function stepWalk({ axis, test, predicates }: Step): Walk {
  const kind = AXES.get(axis);
  if (kind === undefined) throw new Error(`no axis ${axis}`);
  const { walk, reverse } = kind;
  return (nodes) => {
    const [only] = nodes;
    if (only !== undefined && nodes.length === 1) {
      let found: XmlNode[] = [];
      walk(only, test, found);
      for (const predicate of predicates) found = keep(found, predicate);
      return reverse ? found.reverse() : found;
    }
    const all: XmlNode[] = [];
    for (const node of nodes) {
      if (predicates.length === 0) {
        walk(node, test, all);
        continue;
      }
      let found: XmlNode[] = [];
      walk(node, test, found);
      for (const predicate of predicates) found = keep(found, predicate);
      for (const one of found) all.push(one);
    }
    return ordered(all);
  };
}

/** The nodes for which a predicate holds; a number is the position that is wanted. */
function keep(nodes: readonly XmlNode[], predicate: Expression): XmlNode[] {
  const kept: XmlNode[] = [];
  const size = nodes.length;
  for (let i = 0; i < size; i++) {
    const node = nodes[i];
    if (node === undefined) continue;
    const value = predicate.run({ node, position: i + 1, size });
    if (typeof value === 'number' ? Math.trunc(value) === i + 1 : toBoolean(value)) kept.push(node);
  }
  return kept;
}
