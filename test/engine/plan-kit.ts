/** Builds small plans in code and runs them on a simulated clock: what an engine test needs and nothing of the file format. */

import { foreachController } from '../../src/element/controller/foreach-controller.js';
import { genericController } from '../../src/element/controller/generic-controller.js';
import { ifController } from '../../src/element/controller/if-controller.js';
import { loopController } from '../../src/element/controller/loop-controller.js';
import { moduleController } from '../../src/element/controller/module-controller.js';
import { onceOnlyController } from '../../src/element/controller/once-only-controller.js';
import { testFragmentController } from '../../src/element/controller/test-fragment-controller.js';
import { transactionController } from '../../src/element/controller/transaction-controller.js';
import { whileController } from '../../src/element/controller/while-controller.js';
import { arrivalsThreadGroup } from '../../src/element/group/arrivals-thread-group.js';
import { concurrencyThreadGroup } from '../../src/element/group/concurrency-thread-group.js';
import { freeFormArrivalsThreadGroup } from '../../src/element/group/free-form-arrivals-thread-group.js';
import { openModelThreadGroup } from '../../src/element/group/open-model-thread-group.js';
import { postThreadGroup } from '../../src/element/group/post-thread-group.js';
import { setupThreadGroup } from '../../src/element/group/setup-thread-group.js';
import { steppingThreadGroup } from '../../src/element/group/stepping-thread-group.js';
import { threadGroup } from '../../src/element/group/thread-group.js';
import { ultimateThreadGroup } from '../../src/element/group/ultimate-thread-group.js';
import { registry as jmeterElements } from '../../src/element/index.js';
import { testAction } from '../../src/element/sampler/test-action.js';
import { variableThroughputTimer } from '../../src/element/timer/variable-throughput-timer.js';
import { prepare, type Run, run, type Setup } from '../../src/engine/index.js';
import type { PlanElement, Property } from '../../src/jmx/index.js';
import {
  type Element,
  element,
  override,
  Properties,
  prop,
  type Registry,
  Sample,
  StopThread,
  type User,
} from '../../src/model/index.js';
import { KeptLog, SimulatedClock } from '../kit.js';

type Given = string | number | boolean | readonly Given[] | { readonly [key: string]: Given };

const isList = (value: Given): value is readonly Given[] => Array.isArray(value);

function property(name: string, value: Given): Property {
  const place = {};
  if (isList(value)) return { kind: 'collection', name, place, items: value.map((item) => property('', item)) };
  if (typeof value === 'object') {
    const properties = Object.entries(value).map(([key, v]) => property(key, v));
    return { kind: 'element', name, place, elementType: '', attributes: new Map(), properties };
  }
  return { kind: typeof value === 'boolean' ? 'bool' : 'string', name, place, text: String(value) };
}

export function el(
  tag: string,
  name: string,
  props: Record<string, Given> = {},
  ...children: PlanElement[]
): PlanElement {
  const properties = [
    property('TestElement.name', name),
    ...Object.entries(props).map(([key, value]) => property(key, value)),
  ];
  return { tag, name, enabled: true, guiClass: '', properties, children, place: {} };
}

export const plan = (...children: PlanElement[]): PlanElement => el('Plan', 'Test Plan', {}, ...children);

export interface GroupSettings {
  readonly tag?: string;
  readonly threads?: number;
  readonly loops?: number;
  readonly [key: string]: Given | undefined;
}
/** A thread group; settings beside tag, threads and loops are property keys without their `ThreadGroup.` prefix. */
export function group(
  name: string,
  { tag = 'ThreadGroup', threads = 1, loops = 1, ...more }: GroupSettings,
  ...children: PlanElement[]
): PlanElement {
  const rest = Object.fromEntries(Object.entries(more).map(([key, value]) => [`ThreadGroup.${key}`, value as Given]));
  const main = {
    'TestElement.name': 'Loop Controller',
    'LoopController.loops': loops,
    'LoopController.continue_forever': false,
  };
  return el(
    tag,
    name,
    { 'ThreadGroup.main_controller': main, 'ThreadGroup.num_threads': threads, ...rest },
    ...children,
  );
}

/** A sampler whose sample takes `takes` ms and succeeds unless `fails`. */
export const probe = (name: string, props: Record<string, Given> = {}, ...children: PlanElement[]): PlanElement =>
  el('Probe', name, props, ...children);

const testPlan = element({
  tag: 'Plan',
  gui: '',
  call: 'plan',
  props: { serial: prop.flag('serial'), tearDown: prop.flag('tearDown') },
  testPlan: ({ serial, tearDown }) => ({ functionalMode: false, serial, tearDownOnStop: tearDown }),
});

const probeElement = element({
  tag: 'Probe',
  gui: '',
  call: 'probe',
  props: {
    takes: prop.int('takes'),
    fails: prop.flag('fails'),
    code: prop.text('code', '200'),
    nothing: prop.flag('nothing'),
    throws: prop.text('throws'),
  },
  async sample({ name, takes, fails, code, nothing, throws }, user) {
    if (throws) throw new Error(throws);
    if (nothing) return undefined;
    const sample = new Sample();
    sample.label = name;
    sample.start(user.test.clock.now());
    if (takes > 0) await user.sleep(takes);
    sample.end(user.test.clock.now());
    sample.code = code;
    sample.success = !fails;
    return sample;
  },
});

/** Every role that runs in the scope of a sampler, writing what it did into the run's notes. */
export interface Notes {
  readonly lines: string[];
}
const notes: { current: string[] } = { current: [] };
const noting = (tag: string, role: Partial<Element>): Element =>
  ({ ...element({ tag, gui: '', call: tag, props: { ms: prop.int('ms') } }), ...role }) as Element;
const note = (what: string, name: string): void => void notes.current.push(`${what} ${name}`);

/** `key=value`: what the sampler's property is to be for this one sample. */
function change(text: string, user: User): void {
  const [key = '', value] = text.split('=');
  if (value && user.sampler) override(user, user.sampler, { [key]: value });
}

const elements: readonly Element[] = [
  testPlan,
  probeElement,
  threadGroup,
  setupThreadGroup,
  postThreadGroup,
  steppingThreadGroup,
  ultimateThreadGroup,
  concurrencyThreadGroup,
  arrivalsThreadGroup,
  freeFormArrivalsThreadGroup,
  openModelThreadGroup,
  variableThroughputTimer,
  testAction,
  genericController,
  loopController,
  ifController,
  whileController,
  foreachController,
  onceOnlyController,
  transactionController,
  moduleController,
  testFragmentController,
  noting('Pre', { before: ({ name }) => note('pre', name) }),
  noting('Change', { before: ({ name }, user) => change(name, user) }),
  noting('Post', { after: ({ name }) => note('post', name) }),
  noting('Assertion', { assert: ({ name }) => note('assert', name) }),
  noting('Failing', { assert: ({ name }, _u, _s, result) => void result.fail(name) }),
  noting('Timer', {
    delay: (props) => {
      note('timer', props.name);
      return (props as { readonly name: string; readonly ms?: unknown }).ms as number;
    },
  }),
  noting('Listener', { listen: ({ name }, { sample }) => note(`heard ${sample.label}`, name) }),
  noting('Iteration', { iterationStart: ({ name }, _user, { number }) => note(`iteration ${number}`, name) }),
  noting('Slow', {
    iterationStart: async ({ name }, user, { number }) => {
      await user.sleep(50);
      if (name === `ends ${number}`) throw new StopThread('no more');
      user.variables.put('slow', `${name} ${number}`);
    },
  }),
  noting('Hooks', {
    threadStarted: ({ name }, user) => note(`${user.threadName} started`, name),
    threadFinished: ({ name }, user) => note(`${user.threadName} finished`, name),
    testStarted: ({ name }) => note('test started', name),
    testEnded: ({ name }) => note('test ended', name),
  }),
];

const registry: Registry = {
  elements,
  find: (p) => elements.find(({ tags }) => tags.includes(p.tag)) ?? jmeterElements.find(p),
  renamed: (p) => p,
  guiName: (gui) => gui,
  known: () => false,
};

export interface Ran {
  readonly run: Run;
  readonly clock: SimulatedClock;
  readonly log: KeptLog;
  /** `label code threadName grp/all` of each sample, in the order they reached the sinks. */
  readonly rows: string[];
  readonly samples: Sample[];
  readonly notes: string[];
  /** Milliseconds since the start at which each sample began. */
  readonly startedAt: number[];
}

export function setup(over: Partial<Setup> = {}): Setup & { readonly clock: SimulatedClock; readonly log: KeptLog } {
  return {
    registry,
    properties: new Properties(),
    clock: new SimulatedClock(),
    log: new KeptLog(),
    workingDirectory: process.cwd(),
    hostName: 'here',
    hostAddress: '127.0.0.1',
    environment: {},
    compileScript: (language) => ({ code: 'E303', severity: 'error', text: `no ${language} here` }),
    standIns: { find: () => undefined },
    connectTo: (host, port) => ({ host, port }),
    readPlan: () => [],
    ...over,
  } as Setup & { readonly clock: SimulatedClock; readonly log: KeptLog };
}

/** Starts a plan; move `clock` on, then await `run.finished`. */
export function start(root: PlanElement, over: Partial<Setup> = {}): Ran {
  const given = setup(over);
  const { program, problems } = prepare({ file: 'plan.jmx', elements: [root] }, given);
  if (!program) throw new Error(problems.map(({ text }) => text).join('\n'));
  const begin = given.clock.now();
  const ran = { rows: [] as string[], samples: [] as Sample[], startedAt: [] as number[] };
  notes.current = [];
  const sink = {
    sample: ({ sample }: { readonly sample: Sample }) => {
      ran.samples.push(sample);
      ran.startedAt.push(sample.startTime - begin);
      ran.rows.push(`${sample.label} ${sample.code} ${sample.threadName} ${sample.groupThreads}/${sample.allThreads}`);
    },
  };
  return { ...ran, run: run(program, [sink]), clock: given.clock, log: given.log, notes: notes.current };
}

/** Runs a plan to its end (at most `ms` of simulated time). */
export async function play(root: PlanElement, ms = 60_000, over: Partial<Setup> = {}): Promise<Ran> {
  const ran = start(root, over);
  let ended = false;
  void ran.run.finished.then(() => {
    ended = true;
  });
  for (let moved = 0; !ended && moved <= ms; moved += 100) await ran.clock.advance(100);
  await ran.run.finished;
  return ran;
}

export const labels = ({ samples }: Ran): string[] => samples.map(({ label }) => label);
