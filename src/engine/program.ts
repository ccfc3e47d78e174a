import { compileExpression } from '../expression/index.js';
import { JavaError } from '../java/index.js';
import { NAME_KEY, type Property, type ScalarProperty } from '../jmx/index.js';
import {
  bindProps,
  type CompileText,
  interned,
  type Named,
  overlaid,
  overridesOf,
  type Placed,
  type PlacedSampler,
  type PlanSettings,
  type Props,
  prop,
  type Text,
  type User,
} from '../model/index.js';
import { at, type Problem, ProblemError, problems } from '../problem.js';
import type { PlanNode } from './tree.js';

/** Every text of the enabled plan, compiled once in tree order; the same property always gives the same compiled text. */
export class Texts {
  readonly #texts = new Map<ScalarProperty, Text>();
  readonly problems: Problem[] = [];

  constructor(
    readonly engineUser: User,
    private readonly unknown: (name: string) => Problem | undefined,
  ) {}

  /** Compiles all texts of an element, nested ones too, as JMeter's PreCompiler does: also those nobody reads. */
  compileAll(node: PlanNode): void {
    const visit = (property: Property): void => {
      if ('text' in property) this.#compile(property, node);
      else if ('items' in property) property.items.forEach(visit);
      else if ('properties' in property) property.properties.forEach(visit);
    };
    node.plan.properties.forEach(visit);
  }

  readonly compile: CompileText = (property) => this.#texts.get(property) ?? interned(property.text);

  #compile(property: ScalarProperty, node: PlanNode): void {
    if (property.kind === 'bool' || this.#texts.has(property) || !property.text.includes('${')) return;
    const place = { ...property.place, path: node.path };
    const unknown = (name: string): void => {
      const problem = this.unknown(name);
      if (problem) this.problems.push(at(problem, place));
    };
    try {
      this.#texts.set(property, compileExpression(property.text, { engineUser: this.engineUser, unknown }));
    } catch (error) {
      this.problems.push(...compileProblems(error).map((problem) => at(problem, place)));
    }
  }
}

/** What ends a run before it begins: JMeter says `Error occurred compiling the tree` to all of it. Our own bugs pass. */
export function compileProblems(error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  if (error instanceof JavaError) return [problems.badFunctionCall(String(error))];
  throw error;
}

/** Binds an element's properties at its place; `properties` may hold what config elements in scope filled in. */
export function place(
  node: PlanNode,
  compile: CompileText,
  properties: readonly Property[] = node.plan.properties,
): Placed {
  const declared: Props = { ...node.element.props, name: NAME };
  const bound = bindProps(declared, properties, compile);
  return {
    element: node.element,
    plan: node.plan,
    path: node.path,
    props: bound as unknown as (user: User) => Named<Props>,
  };
}

/** A sampler at its place: its empty properties filled from the config elements in scope, nearest first. */
export function placeSampler(
  node: PlanNode,
  configs: readonly PlanNode[],
  texts: Texts,
  guiName: (gui: string) => string,
  dataIsRead: boolean,
): PlacedSampler {
  const { accepts } = node.element;
  const merging = configs.filter(
    (config) =>
      config.element.config?.merges && (accepts === undefined || accepts.includes(guiName(config.plan.guiClass))),
  );
  const properties = merging.reduce((own, config) => merge(own, config.plan.properties), node.plan.properties);
  const inScope = configs.map((config) => placedOf(config, texts.compile));
  // A few kinds at most: looking through them is faster than a map.
  const known: { readonly kind: unknown; readonly list: readonly Placed[] }[] = [];
  const find = (kind: unknown): readonly Placed[] => {
    for (const one of known) if (one.kind === kind) return one.list;
    const list = ofKind(inScope, kind);
    known.push({ kind, list });
    return list;
  };
  const placed = place(node, texts.compile, properties);
  return {
    ...placed,
    props(user) {
      const own = placed.props(user);
      const changed = overridesOf(user, this);
      return changed === undefined ? own : overlaid(own, changed);
    },
    inScope,
    branches: [],
    dataIsRead,
    merged: properties,
    compile: texts.compile,
    configs<C extends Props>(of: { readonly props: C }) {
      return find(of) as unknown as readonly Placed<C>[];
    },
  };
}

const ofKind = (all: readonly Placed[], kind: unknown): readonly Placed[] =>
  all.filter(({ element }) => element === kind);

/** The one Placed of a node, made when first needed. */
export function placedOf(node: PlanNode, compile: CompileText): Placed {
  node.placed ??= place(node, compile);
  return node.placed;
}

/**
 * AbstractTestElement.mergeIn: a missing property, or a plain empty string, is taken from the config; collections and
 * nested elements grow. A text with `${…}` counts as set even when it evaluates to nothing.
 */
function merge(own: readonly Property[], config: readonly Property[]): readonly Property[] {
  let result: Property[] | undefined;
  for (const given of config) {
    const list: readonly Property[] = result ?? own;
    const i = list.findIndex((property) => property.name === given.name);
    const mine = i < 0 ? undefined : list[i];
    const merged = mine === undefined ? given : mergeOne(mine, given);
    if (merged === mine) continue;
    result ??= [...own];
    if (i < 0) result.push(merged);
    else result[i] = merged;
  }
  return result ?? own;
}

function mergeOne(mine: Property, given: Property): Property {
  if ('text' in mine) return mine.text === '' && mine.kind === 'string' ? given : mine;
  if (mine.kind === 'collection' && given.kind === 'collection')
    return { ...mine, items: [...mine.items, ...given.items] };
  if (mine.kind === 'map' && given.kind === 'map') {
    const names = new Set(mine.items.map(({ name }) => name));
    return { ...mine, items: [...mine.items, ...given.items.filter(({ name }) => !names.has(name))] };
  }
  if (mine.kind === 'element' && given.kind === 'element')
    return { ...mine, properties: merge(mine.properties, given.properties) };
  return mine;
}

const NAME = prop.text(NAME_KEY);

/** What the test plan element says of the whole run; its flags are read raw (they cannot hold functions). */
export function planSettings(roots: readonly PlanNode[], texts: Texts): PlanSettings {
  for (const root of roots) {
    // A binding of its own: the element's texts are compiled only later, and its flags cannot hold any.
    const settings = root.element.testPlan?.(place(root, texts.compile).props(texts.engineUser));
    if (settings) return settings;
  }
  return { functionalMode: false, serial: false, tearDownOnStop: false };
}
