import { documentOfNode, type XmlNode } from '../xml/index.js';
import { AXES, inOrder, type Test } from '../xpath/axes.js';
import { toNumber, truth } from './cast.js';
import { saxonError } from './error.js';
import type { Context, Expression } from './expression.js';
import { type Item, isAtomic, isNode, isNumeric, type Sequence } from './item.js';

/** An axis step as it was written. */
export interface AxisStep {
  readonly axis: string;
  readonly test: Test;
  readonly any?: boolean;
  readonly predicates: readonly Expression[];
}
/** A step is an axis step, or any expression that is evaluated for each item. */
export type Step = AxisStep | Expression;

const isAxis = (step: Step): step is AxisStep => 'axis' in step;

export const ANY: AxisStep = { axis: 'descendant-or-self', test: () => true, any: true, predicates: [] };

/** Steps, one after the other; the first starts at the context item, or at the root. */
export function path(rooted: boolean, steps: readonly Step[]): Expression {
  const walks = shortened(steps).map((step) => (isAxis(step) ? axisWalk(step) : expressionWalk(step)));
  return {
    type: steps.every(isAxis) ? 'node' : undefined,
    run(context) {
      let at: Sequence = rooted ? [rootOf(context)] : start(context, steps[0]);
      for (const walk of walks) at = walk(at, context);
      return at;
    },
  };
}

function start(context: Context, first: Step | undefined): Sequence {
  if (context.item !== undefined) return [context.item];
  if (first !== undefined && !isAxis(first)) return [context.document];
  throw saxonError('The context item is absent');
}
function rootOf({ item }: Context): XmlNode {
  if (item === undefined || !isNode(item)) throw saxonError('The context item for axis step is not a node');
  return documentOfNode(item) ?? item;
}

type Walk = (items: Sequence, context: Context) => Sequence;

/** `//x` is one walk through all that is below, unless a predicate counts among siblings. */
function shortened(steps: readonly Step[]): readonly Step[] {
  const result: Step[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    if (last === ANY && isAxis(step) && step.axis === 'child' && !step.predicates.some(counts))
      result[result.length - 1] = { ...step, axis: 'descendant' };
    else result.push(step);
  }
  return result;
}
const TRUTHS = new Set(['node', 'boolean', 'string', 'untypedAtomic', 'anyURI']);
const counts = (predicate: Expression): boolean => predicate.positional === true || !TRUTHS.has(predicate.type ?? '');

function axisWalk({ axis, test, predicates }: AxisStep): Walk {
  const kind = AXES.get(axis);
  if (kind === undefined) throw new Error(`no axis ${axis}`);
  const { walk, reverse } = kind;
  return (items, context) => {
    const all: XmlNode[] = [];
    for (const item of items) {
      if (!isNode(item)) throw saxonError('The context item for axis step is not a node');
      if (predicates.length === 0 && items.length > 1) {
        walk(item, test, all);
        continue;
      }
      let found: XmlNode[] = [];
      walk(item, test, found);
      for (const predicate of predicates) found = keepNodes(found, predicate, context);
      if (items.length === 1) return reverse ? found.reverse() : found;
      for (const one of found) all.push(one);
    }
    return inOrder(all);
  };
}

function keepNodes(nodes: readonly XmlNode[], predicate: Expression, context: Context): XmlNode[] {
  return filterItems(nodes, predicate, context).filter(isNode);
}

/** The items for which a predicate holds; a number is the position that is wanted. */
export function filterItems(items: Sequence, predicate: Expression, context: Context): Sequence {
  const { constant } = predicate;
  const only = constant?.[0];
  if (constant?.length === 1 && only !== undefined && isAtomic(only) && isNumeric(only.type)) {
    const found = items[toNumber(only.value) - 1];
    return found === undefined ? [] : [found];
  }
  const { variables, document, now } = context;
  const size = items.length;
  return items.filter((item, i) =>
    holds(predicate.run({ item, position: i + 1, size, variables, document, now }), i + 1),
  );
}
function holds(value: Sequence, position: number): boolean {
  const [first] = value;
  if (value.length === 1 && first !== undefined && isAtomic(first) && isNumeric(first.type))
    return toNumber(first.value) === position;
  return truth(value);
}

function expressionWalk(step: Expression): Walk {
  return (items, context) => {
    const { variables, document, now } = context;
    const size = items.length;
    const results: Item[] = [];
    for (let i = 0; i < size; i++) {
      const item = items[i];
      if (item !== undefined && !isNode(item))
        throw saxonError("The required item type of the first operand of '/' is node()");
      for (const one of step.run({ item, position: i + 1, size, variables, document, now })) results.push(one);
    }
    return sorted(results);
  };
}

/** Nodes in document order, values as they came; not both. */
export function sorted(items: readonly Item[]): Sequence {
  const nodes = items.filter(isNode);
  if (nodes.length === 0) return items;
  if (nodes.length < items.length)
    throw saxonError('Cannot mix nodes and atomic values in the result of a path expression');
  return inOrder(nodes);
}

/** `a ! b`: for each item, without sorting. */
export const mapped = (left: Expression, right: Expression): Expression => ({
  run(context) {
    const items = left.run(context);
    const { variables, document, now } = context;
    return items.flatMap((item, i) =>
      right.run({ item, position: i + 1, size: items.length, variables, document, now }),
    );
  },
});
