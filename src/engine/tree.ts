import type { PlanElement, PlanTree, Property } from '../jmx/index.js';
import type { Element, Placed, Registry } from '../model/index.js';
import { at, type Problem, problems } from '../problem.js';
import type { Setup } from './index.js';

/** An enabled element of the plan at its place, after Module and Include Controllers took in their targets. */
export interface PlanNode {
  readonly plan: PlanElement;
  readonly element: Element;
  readonly path: string;
  readonly children: readonly PlanNode[];
  /** Set when the plan is compiled. */
  placed: Placed | undefined;
}

/** Disabled elements are dropped with all below them, replaceable controllers get their targets (JMeter.convertSubTree). */
export function buildNodes(tree: PlanTree, setup: Setup): { nodes: readonly PlanNode[]; problems: readonly Problem[] } {
  const found: Problem[] = [];
  const { registry } = setup;
  const roots = tree.elements.map((element) => rename(element, registry));
  const targets = resolveTargets(roots, tree, setup, found);

  const convert = (
    plan: PlanElement,
    parents: string,
    inside: readonly PlanElement[],
    copied: boolean,
  ): PlanNode | undefined => {
    const path = parents === '' ? plan.name : `${parents}/${plan.name}`;
    const element = registry.find(plan) ?? UNKNOWN;
    if (element === UNKNOWN) found.push(at(problems.unknownElement(plan.tag), { ...plan.place, path }));
    if (inside.includes(plan)) {
      found.push(
        at(problems.badStructure(`${plan.name || plan.tag} contains itself by way of a Module Controller`), {
          ...plan.place,
          path,
        }),
      );
      return undefined;
    }
    const target = targets.get(plan);
    const children = target ?? plan.children.filter((child) => child.enabled);
    const deeper = [...inside, plan];
    const nodes = children.flatMap((child) => convert(child, path, deeper, copied || target !== undefined) ?? []);
    return { plan: copied ? copyOf(plan) : plan, element, path, children: nodes, placed: undefined };
  };
  const nodes = roots.flatMap((root) => (root.enabled ? (convert(root, '', [], false) ?? []) : []));
  return { nodes, problems: found };
}

/** Each use of a target has functions of its own, which count for themselves. */
const copyOf = (plan: PlanElement): PlanElement => ({ ...plan, properties: plan.properties.map(copyOfProperty) });

function copyOfProperty(property: Property): Property {
  if ('items' in property) return { ...property, items: property.items.map(copyOfProperty) };
  if ('properties' in property) return { ...property, properties: property.properties.map(copyOfProperty) };
  return { ...property };
}

/** Replaceable controllers resolve their targets whether enabled or not: a broken Module Controller ends the run in JMeter too. */
function resolveTargets(
  roots: readonly PlanElement[],
  tree: PlanTree,
  setup: Setup,
  found: Problem[],
): ReadonlyMap<PlanElement, readonly PlanElement[]> {
  const targets = new Map<PlanElement, readonly PlanElement[]>();
  const context = {
    roots,
    planFile: tree.file,
    workingDirectory: setup.workingDirectory,
    property: (name: string) => setup.properties.get(name),
    readPlan: setup.readPlan,
    elementOf: (plan: PlanElement) => setup.registry.find(plan),
  };
  const visit = (plan: PlanElement, path: string, enabledAbove: boolean): void => {
    const enabled = enabledAbove && plan.enabled;
    const replaced = setup.registry.find(plan)?.replaces?.(plan, context);
    if (replaced) {
      if (enabled || replaced.evenDisabled) {
        for (const problem of replaced.problems) found.push(at(problem, { ...plan.place, path }));
      }
      targets.set(
        plan,
        replaced.children.map((child) => rename(child, setup.registry)),
      );
      // A fragment from another file may hold Module and Include Controllers of its own.
      for (const child of replaced.children)
        if (!roots.includes(child) && child.place.file !== plan.place.file) visit(child, path, enabled);
    }
    for (const child of plan.children) visit(child, `${path}/${child.name}`, enabled);
  };
  for (const root of roots) visit(root, root.name, true);
  return targets;
}

/** Stands where an element is not known, so that what is below it is looked at in the same go; such a plan never runs. */
const UNKNOWN: Element = { tags: [], gui: [], call: '', props: {}, ignored: ['*'] };

const renamed = new WeakMap<PlanElement, PlanElement>();

/** Old property names are replaced all the way down; one plan element always gives the same renamed one. */
function rename(plan: PlanElement, registry: Registry): PlanElement {
  const known = renamed.get(plan);
  if (known) return known;
  const own = registry.renamed(plan);
  const children = plan.children.map((child) => rename(child, registry));
  const same = own === plan && children.every((child, i) => child === plan.children[i]);
  const result = same ? plan : { ...own, children };
  renamed.set(plan, result);
  renamed.set(result, result);
  return result;
}

/** All nodes in tree order. */
export function flatten(nodes: readonly PlanNode[]): readonly PlanNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.children)]);
}
