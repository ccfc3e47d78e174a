import type { PlanElement } from '../jmx/index.js';
import { type CheckContext, COMMON_KEYS, type Element, type Props } from '../model/index.js';
import { at, type Problem, problems } from '../problem.js';
import type { PlanNode } from './tree.js';

/** What can be said of the plan without running it: what the elements themselves say, and keys that nobody uses. */
export function checkNodes(nodes: readonly PlanNode[], context: CheckContext): readonly Problem[] {
  const found: Problem[] = [];
  const visit = (node: PlanNode): void => {
    const place = { ...node.plan.place, path: node.path };
    for (const problem of node.element.check?.(node.plan, context) ?? []) found.push(at(problem, place));
    for (const name of unusedKeys(node.plan, node.element)) {
      found.push(at(problems.unknownProperty(name, node.plan.tag), place));
    }
    for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  return found;
}

function unusedKeys(plan: PlanElement, element: Element): readonly string[] {
  if (element.ignored.includes('*')) return [];
  const known = keysOf(element);
  return plan.properties.flatMap(({ name }) => (known.has(name) || COMMON_KEYS.has(name) ? [] : [name]));
}

const cache = new WeakMap<Element, ReadonlySet<string>>();
function keysOf(element: Element): ReadonlySet<string> {
  const known = cache.get(element);
  if (known) return known;
  const keys = new Set(element.ignored);
  const add = (props: Props): void => {
    for (const declared of Object.values(props)) for (const key of [declared.jmx, ...declared.older]) keys.add(key);
  };
  add(element.props);
  cache.set(element, keys);
  return keys;
}
