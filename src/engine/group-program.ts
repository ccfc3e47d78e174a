import {
  type Branch,
  type ControllerClass,
  lastSampleIsRead,
  type Placed,
  type PlacedSampler,
  type Registry,
} from '../model/index.js';
import { CompiledBranch } from './branch.js';
import { hearsSamples, looksAtData } from './looks.js';
import { placedOf, placeSampler, type Texts } from './program.js';
import type { PlanNode } from './tree.js';

/** What reaches one sampler, in the order in which it is used (TestCompiler.saveSamplerConfigs). */
export interface Package {
  readonly before: readonly Placed[];
  readonly timers: readonly Placed[];
  readonly after: readonly Placed[];
  readonly assertions: readonly Placed[];
  readonly listeners: readonly Listener[];
  /** Enclosing controllers from the nearest to the thread group. */
  readonly parents: readonly ControllerNode[];
  /** Listeners inside a parent-mode transaction: those that do not hear the transaction itself. */
  readonly listenersInside: Map<ControllerNode, readonly Listener[]>;
}
/** A sampler of a compiled group; its package is one step away on the hot path. */
export interface CompiledSampler extends PlacedSampler {
  readonly pack: Package;
  readonly branches: Branch[];
}
/** A listener element, or a transaction that counts the samples in its scope. */
export type Listener = Placed | ControllerNode;

/** A controller of the group; its instance of a user stands at `index` in the list of that user and its branches. */
export interface ControllerNode {
  readonly controller: true;
  readonly index: number;
  readonly placed: Placed;
  readonly children: readonly (ControllerNode | PlacedSampler)[];
  /** For transactions: who hears of it, and its assertions (nearest first, both). */
  transaction: { readonly listeners: readonly Listener[]; readonly assertions: readonly Placed[] } | undefined;
  /** Elements and controllers that hear the start of each of its passes, in the order they are called. */
  readonly hearers: (Placed | ControllerNode)[];
}

/** A thread group, or a branch of a sampler that holds steps, compiled: shared by its users. */
export interface GroupProgram {
  readonly root: ControllerNode;
  /** Without those of branches, which have programs of their own. */
  readonly controllers: readonly ControllerNode[];
  /** In the order in which JMeter compiles them, the inner before the outer. */
  readonly transactions: readonly ControllerNode[];
  readonly threadIterationStart: readonly Placed[];
  readonly threadMade: readonly Placed[];
  /** Whether it can be told when a thread is made: something that is evaluated then is no constant. */
  readonly madeVisibly: boolean;
  readonly threadStarted: readonly Placed[];
  readonly threadFinished: readonly Placed[];
  /** They watch every sample of the thread, whatever their scope. */
  readonly timeouts: readonly Placed[];
}

/** Compiles a group with the test-plan-level elements appended behind its own children, bare, as JMeter does. */
export function compileGroup(
  group: PlanNode,
  planLevel: readonly PlanNode[],
  texts: Texts,
  registry: Registry,
): GroupProgram {
  const bare = planLevel.map((node) =>
    isStep(node)
      ? { ...node, children: [], placed: undefined }
      : { ...node, children: [], placed: placedOf(node, texts.compile) },
  );
  return new Compiler(texts, registry).compile({ ...group, children: [...group.children, ...bare] });
}

/** What becomes one program: the group, or a branch in it. */
interface Part {
  readonly controllers: ControllerNode[];
  readonly all: Placed[];
  /** The step of a branch, and the loop around it. */
  readonly top: { readonly node: PlanNode; readonly loop: ControllerNode } | undefined;
}

class Compiler {
  #count = 0;
  readonly #transactions: ControllerNode[] = [];
  /** The group and the branches around what is being compiled. */
  readonly #parts: Part[] = [];
  /** The nodes from the group down to the one being compiled. */
  readonly #stack: PlanNode[] = [];
  readonly #nodes = new Map<PlanNode, ControllerNode>();
  readonly #inScope = new Map<PlanNode, readonly PlanNode[]>();
  readonly #packagesToFill: (() => void)[] = [];

  constructor(
    private readonly texts: Texts,
    private readonly registry: Registry,
  ) {}

  compile(group: PlanNode): GroupProgram {
    const part: Part = { controllers: [], all: [], top: undefined };
    this.#parts.push(part);
    const root = this.#controller(group);
    // Listeners may be transactions that stand later in the tree, so the lists are made once all have their nodes.
    for (const fill of this.#packagesToFill) fill();
    return program(root, part, this.#transactions);
  }

  #controller(node: PlanNode): ControllerNode {
    const children: (ControllerNode | PlacedSampler)[] = [];
    const placed = placedOf(node, this.texts.compile);
    this.#note(placed);
    const made = this.#node(placed, children);
    this.#parts.at(-1)?.controllers.push(made);
    this.#nodes.set(node, made);
    this.#stack.push(node);
    for (const child of node.children) this.#visit(child, children);
    if (node.element.transaction) {
      this.#transactions.push(made);
      this.#packagesToFill.push(this.#transactionFiller(made));
    }
    this.#stack.pop();
    this.#hear(made);
    return made;
  }

  #node(placed: Placed, children: ControllerNode['children']): ControllerNode {
    return { controller: true, index: this.#count++, placed, children, transaction: undefined, hearers: [] };
  }

  /** The thread of the group counts what stands in branches too. */
  #note(placed: Placed): void {
    for (const { all } of this.#parts) all.push(placed);
  }

  #visit(node: PlanNode, into: (ControllerNode | PlacedSampler)[]): void {
    if (isController(node)) {
      into.push(this.#controller(node));
      return;
    }
    this.#stack.push(node);
    const sampler = node.element.sample ? this.#sampler(node) : undefined;
    const placed = sampler ?? placedOf(node, this.texts.compile);
    this.#note(placed);
    if (sampler && node.element.branches) this.#holdSteps(node, sampler, node.element.branches);
    // Elements below a sampler (or below any other element) may hear iterations; samplers and controllers there do not run.
    else for (const child of node.children) this.#visit(child, []);
    this.#stack.pop();
    if (node.element.iterationStart) this.#hear(placed);
    if (sampler) into.push(sampler);
  }

  /** To the elements inside, the sampler is the nearest controller; it tells them of no iteration. */
  #holdSteps(node: PlanNode, sampler: CompiledSampler, controller: ControllerClass): void {
    this.#nodes.set(node, this.#node(sampler, []));
    const loop: Placed = { ...sampler, element: { ...node.element, controller } };
    const group = {};
    for (const child of node.children) {
      if (isStep(child)) sampler.branches.push(this.#branch(child, loop, group));
      else this.#visit(child, []);
    }
  }

  #branch(node: PlanNode, around: Placed, group: object): Branch {
    const steps: (ControllerNode | PlacedSampler)[] = [];
    const step = placedOf(node, this.texts.compile);
    const loop = this.#node({ ...around, props: step.props }, steps);
    const part: Part = { controllers: [loop], all: [], top: { node, loop } };
    this.#parts.push(part);
    this.#visit(node, steps);
    this.#parts.pop();
    return new CompiledBranch(step, program(loop, part, []), group);
  }

  /** Registered with the nearest controller around it, in front of those registered before. */
  #hear(hearer: Placed | ControllerNode): void {
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const above = this.#stack[i] && this.#nodes.get(this.#stack[i] as PlanNode);
      if (!above) continue;
      above.hearers.unshift(hearer);
      return;
    }
  }

  #sampler(node: PlanNode): CompiledSampler {
    const levels = this.#levels();
    const nearestFirst = levels.flat();
    const outermostFirst = [...levels].reverse().flat();
    const placed = (nodes: readonly PlanNode[]) => nodes.map((n) => placedOf(n, this.texts.compile));
    const configs = nearestFirst.filter(({ element }) => element.config);
    const listeners: Listener[] = [];
    const pack: Package = {
      before: placed(outermostFirst.filter(({ element }) => element.before)),
      timers: placed(nearestFirst.filter(({ element }) => element.delay)),
      after: placed(outermostFirst.filter(({ element }) => element.after)),
      assertions: placed(outermostFirst.filter(({ element }) => element.assert)),
      listeners,
      parents: this.#parents(),
      listenersInside: new Map(),
    };
    this.#packagesToFill.push(() => listeners.push(...this.#listeners(nearestFirst)));
    const { test } = this.texts.engineUser;
    const dataIsRead =
      lastSampleIsRead(test).is ||
      nearestFirst.some((near) => hearsSamples(near.element) && looksAtData(near, test.properties));
    const placedHere = placeSampler(node, configs, this.texts, (gui) => this.registry.guiName(gui), dataIsRead);
    return { ...placedHere, pack, branches: [] };
  }

  #transactionFiller(made: ControllerNode): () => void {
    const nearestFirst = this.#levels().flat();
    return () => {
      made.transaction = {
        listeners: this.#listeners(nearestFirst),
        assertions: nearestFirst.filter(({ element }) => element.assert).map((n) => placedOf(n, this.texts.compile)),
      };
    };
  }

  #listeners(nodes: readonly PlanNode[]): Listener[] {
    return nodes.flatMap((node): Listener[] => {
      const controller = this.#nodes.get(node);
      if (controller) return node.element.transaction ? [controller] : [];
      return node.element.listen ? [placedOf(node, this.texts.compile)] : [];
    });
  }

  /** The direct children of each node of the path that samplers may need, from the deepest up. */
  #levels(): readonly (readonly PlanNode[])[] {
    return [...this.#stack].reverse().map((node) => this.#neededOf(node));
  }

  /** Sorted out once per node: thousands of samplers side by side are no scope of each other. */
  #neededOf(node: PlanNode): readonly PlanNode[] {
    let needed = this.#inScope.get(node);
    if (needed === undefined) {
      needed = node.children.filter(reachesSamplers);
      this.#inScope.set(node, needed);
    }
    return needed;
  }

  /** From the nearest up to the group, or to the loop of the branch. */
  #parents(): readonly ControllerNode[] {
    const top = this.#parts.at(-1)?.top;
    const parents: ControllerNode[] = [];
    for (const node of [...this.#stack].reverse()) {
      const controller = this.#nodes.get(node);
      if (controller) parents.push(controller);
      if (node === top?.node) return [...parents, top.loop];
    }
    return parents;
  }
}

function program(
  root: ControllerNode,
  { controllers, all }: Part,
  transactions: GroupProgram['transactions'],
): GroupProgram {
  const threadMade = all.filter(({ element }) => element.threadMade);
  return {
    root,
    controllers,
    transactions,
    threadIterationStart: all.filter(({ element }) => element.threadIterationStart),
    threadMade,
    madeVisibly: transactions.some(({ placed }) => placed.plan.name.includes('${')) || threadMade.some(isDynamic),
    threadStarted: all.filter(({ element }) => element.threadStarted),
    threadFinished: all.filter(({ element }) => element.threadFinished),
    timeouts: all.filter(({ element }) => element.timeout),
  };
}

const isDynamic = ({ plan }: Placed): boolean =>
  plan.properties.some((property) => 'text' in property && property.text.includes('${'));

const reachesSamplers = ({ element }: PlanNode): boolean =>
  Boolean(
    element.config ||
      element.before ||
      element.delay ||
      element.after ||
      element.assert ||
      element.listen ||
      element.transaction,
  );
const isController = ({ element }: PlanNode): boolean =>
  Boolean(element.controller || element.transaction || element.group);
const isStep = (node: PlanNode): boolean => Boolean(node.element.sample) || isController(node);
