import { JavaError } from '../java/index.js';
import { type LoadShape, Variables } from '../model/index.js';
import { EngineUser } from './engine-user.js';
import type { Program } from './prepare.js';
import { placedOf } from './program.js';
import { flatten, type PlanNode } from './tree.js';

/** The load of one thread group over time, or why it cannot be told before the run. */
export interface GroupLoad {
  readonly name: string;
  readonly load: LoadShape | { readonly unknown: string };
}

/** The load that each thread group of the plan asks for, in tree order; functions in its fields are evaluated. */
export function groupLoads(program: Program): readonly GroupLoad[] {
  return flatten(program.nodes)
    .filter(({ element }) => element.group !== undefined)
    .map((node) => ({ name: node.plan.name, load: loadOf(node, program) }));
}

/** A field with a variable that nobody has set yet says nothing of the load. */
export function loadOf(node: PlanNode, { engineUser, texts }: Program): GroupLoad['load'] {
  const missing = new Set<string>();
  const user = new EngineUser(engineUser.known, new WatchedVariables(engineUser.known, missing));
  user.test = engineUser.test;
  try {
    const shape = node.element.group?.shape(placedOf(node, texts.compile).props(user), user);
    const [name] = missing;
    if (name !== undefined) return { unknown: `it depends on the variable ${name}, which only the run sets` };
    return shape ?? { unknown: 'it is no thread group' };
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return { unknown: error.message };
  }
}

/** Notes which variables were asked for and are not there. */
class WatchedVariables extends Variables {
  constructor(
    known: ReadonlyMap<string, unknown>,
    private readonly missing: Set<string>,
  ) {
    super(known);
  }
  override getObject(name: string): unknown {
    const value = super.getObject(name);
    if (value === undefined) this.missing.add(name);
    return value;
  }
}
