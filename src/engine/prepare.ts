import type { PlanTree } from '../jmx/index.js';
import { defaults, type PlanSettings } from '../model/index.js';
import { at, type Problem, problems } from '../problem.js';
import { checkNodes } from './check.js';
import { EngineUser } from './engine-user.js';
import type { Setup } from './index.js';
import { noteReaders } from './looks.js';
import { compileProblems, placedOf, planSettings, Texts } from './program.js';
import { TestRun } from './test-run.js';
import { buildNodes, type PlanNode } from './tree.js';

/** A compiled plan, ready for one run. */
export interface Program {
  readonly tree: PlanTree;
  readonly setup: Setup;
  readonly nodes: readonly PlanNode[];
  readonly texts: Texts;
  readonly settings: PlanSettings;
  readonly engineUser: EngineUser;
  readonly test: TestRun;
}

/**
 * Checks a plan and compiles it: targets of Module and Include Controllers, texts in tree order, and the variables of the
 * plan, each table evaluated as soon as it is met (JMeter's PreCompiler). With an error there is no program.
 */
export function prepare(
  tree: PlanTree,
  setup: Setup,
): { readonly problems: readonly Problem[]; readonly program?: Program } {
  const built = buildNodes(tree, setup);
  const engineUser = new EngineUser(new Map());
  const test = new TestRun(setup, tree.file, () => engineUser);
  engineUser.test = test;
  const texts = new Texts(engineUser, unknownFunction);
  // The TestPlan's flags are needed before anything of it is compiled, and cannot hold functions.
  const settings = planSettings(built.nodes, texts);
  test.functionalMode = settings.functionalMode;
  // Functional mode is process-wide in JMeter too, and keeps the names of sub-samples.
  if (settings.functionalMode) defaults.renameSubSamples = false;
  for (const node of built.nodes) compileTexts(node, texts, engineUser, () => addStartVariables(engineUser, setup));
  addStartVariables(engineUser, setup);
  noteReaders(built.nodes, engineUser);
  const { compileScript, standIns, properties } = setup;
  const property = (name: string): string | undefined => properties.get(name);
  const context = { planFile: tree.file, compileScript, standIns, property };
  const found = [...built.problems, ...texts.problems, ...checkNodes(built.nodes, context)];
  if (!built.nodes.some(holdsGroup)) found.push(at(problems.noThreadGroups(), { file: tree.file }));
  if (found.some(({ severity }) => severity === 'error')) return { problems: found };
  return { problems: found, program: { tree, setup, nodes: built.nodes, texts, settings, engineUser, test } };
}

/** `planDone` is called behind the test plan's own table: while that is evaluated there are no variables at all. */
function compileTexts(node: PlanNode, texts: Texts, engineUser: EngineUser, planDone: () => void): void {
  const before = texts.problems.length;
  texts.compileAll(node);
  // Evaluating a table whose text did not compile would only say the same again.
  if (node.element.variables && texts.problems.length === before) evaluateTable(node, texts, engineUser);
  if (node.element.testPlan) planDone();
  for (const child of node.children) compileTexts(child, texts, engineUser, planDone);
}

/** A function that throws here ends JMeter's run, as one that does not compile. */
function evaluateTable(node: PlanNode, texts: Texts, engineUser: EngineUser): void {
  const placed = placedOf(node, texts.compile);
  engineUser.beforeVariables = node.element.testPlan !== undefined;
  try {
    const rows = [...(node.element.variables?.(placed.props(engineUser), engineUser.test) ?? [])];
    for (const [name, value] of rows) engineUser.known.set(name, value);
  } catch (error) {
    const place = { ...node.plan.place, path: node.path };
    texts.problems.push(...compileProblems(error).map((problem) => at(problem, place)));
  } finally {
    engineUser.beforeVariables = false;
  }
}

const unknownFunction = (name: string): Problem | undefined =>
  name.startsWith('__') && !/^__jmv?_/.test(name) ? problems.unknownFunction(name) : undefined;

const holdsGroup = ({ element, children }: PlanNode): boolean => Boolean(element.group) || children.some(holdsGroup);

/** START.* as JMeter presets them in every set of variables, unless the plan has variables of those names. */
function addStartVariables({ known }: EngineUser, { properties }: Setup): void {
  for (const name of ['START.MS', 'START.YMD', 'START.HMS']) {
    const value = properties.get(name);
    if (value !== undefined && !known.has(name)) known.set(name, value);
  }
}
