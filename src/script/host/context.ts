import { toDouble, toInt, toLong } from '../../java/index.js';
import type { Element, LogLevel, Placed, PlacedSampler, SampleEvent, User } from '../../model/index.js';
import { JavaMap } from '../value/collection.js';
import { Double } from '../value/number.js';
import { textOf } from '../value/value.js';
import { Args, Host, type HostClass, hostClass, type Method, method } from './host.js';
import { sampleClass } from './result.js';
import { propertiesClass, variablesClass } from './variables.js';

/** `log`: writes to the run log under the element's category. */
export interface Logger {
  readonly user: User;
  readonly category: string;
}
const logs = (level: LogLevel): Method<Logger> =>
  method((logger, a) => written(level, logger, a), 1, Number.POSITIVE_INFINITY);
const asks = (level: LogLevel): Method<Logger> => method(({ user }) => user.test.log.enabled(level));

export const logClass = hostClass<Logger>('org.apache.logging.slf4j.Log4jLogger', {
  trace: logs('DEBUG'),
  debug: logs('DEBUG'),
  info: logs('INFO'),
  warn: logs('WARN'),
  error: logs('ERROR'),
  isDebugEnabled: asks('DEBUG'),
  isInfoEnabled: asks('INFO'),
  isWarnEnabled: asks('WARN'),
  isErrorEnabled: asks('ERROR'),
});

/** slf4j's `{}` are filled from the other arguments. */
function written(level: LogLevel, { user, category }: Logger, a: Args): null {
  const { log } = user.test;
  if (!log.enabled(level)) return null;
  let next = 1;
  const text = a.text(0).replace(/\{\}/g, (all) => (next < a.count ? textOf(a.any(next++)) : all));
  log.write(level, category, text);
  return null;
}

/** `OUT`: what scripts print goes to the run log, as console output has no place in a run of many users. */
const prints: Method<User> = method(
  ({ test }, a) => {
    test.log.write('INFO', 'OUT', a.count === 0 ? '' : textOf(a.any(0)));
    return null;
  },
  0,
  1,
);
export const outClass = hostClass<User>('java.io.PrintStream', {
  println: prints,
  print: prints,
  flush: method(() => null),
});

/** `sampler`. */
export interface SamplerOf {
  readonly sampler: PlacedSampler;
  readonly user: User;
}
export const samplerClass = hostClass<SamplerOf>('org.apache.jmeter.samplers.Sampler', {
  getName: method(({ sampler, user }) => sampler.props(user).name),
  getThreadName: method(({ user }) => user.threadName),
  isEnabled: method(() => true),
  getThreadContext: method(({ user }) => new Host(contextClass, user)),
  getPropertyAsBoolean: method((self, a) => property(self, a.text(0))?.toLowerCase() === 'true', 1),
  getPropertyAsString: method((self, a) => property(self, a.text(0)) ?? (a.count > 1 ? a.text(1) : ''), 1, 2),
  getPropertyAsInt: method((self, a) => ofText(property(self, a.text(0)), toInt) ?? (a.count > 1 ? a.int(1) : 0), 1, 2),
  getPropertyAsLong: method(
    (self, a) => BigInt(ofText(property(self, a.text(0)), toLong) ?? (a.count > 1 ? a.int(1) : 0)),
    1,
    2,
  ),
  getPropertyAsDouble: method((self, a) => new Double(ofText(property(self, a.text(0)), toDouble) ?? 0), 1),
});

/** A property of the plan, its references resolved for the user. */
const property = ({ sampler, user }: SamplerOf, name: string): string | undefined => textIn(sampler, user, name);

function textIn({ plan }: Placed, user: User, name: string): string | undefined {
  const found = plan.properties.findLast((p) => p.name === name);
  const text = found && 'text' in found ? found.text : undefined;
  if (text === undefined || !text.includes('${')) return text;
  const compiled = user.test.compileText(text);
  return typeof compiled === 'string' ? compiled : compiled(user);
}

/** A text as a number; one that is none is 0, and only a missing one undefined. */
const ofText = (text: string | undefined, parse: (text: string) => number | undefined): number | undefined =>
  text === undefined ? undefined : (parse(text) ?? 0);

const samplerClasses = new Map<Element, Map<string, HostClass<SamplerOf>>>();
/** The class that getClass() tells: the plan's tag, which for JMeter's own elements is the name without its package. */
function classOfSampler({ element, plan: { tag } }: PlacedSampler): HostClass<SamplerOf> {
  const classes = kept(samplerClasses, element, () => new Map<string, HostClass<SamplerOf>>());
  return kept(classes, tag, () => {
    const name = tag.includes('.') ? tag : `org.apache.jmeter.samplers.${tag}`;
    const methods = new Map([
      ...samplerClass.methods,
      ...asked(element, ({ sampler, user }: SamplerOf) => ({ placed: sampler, user })),
    ]);
    const shown = methods.get('toString');
    const text = (self: SamplerOf): string => textOf(shown?.call(self, NOTHING) ?? `${name}@1b28cdfa`);
    return { name, methods, text };
  });
}
const NOTHING = new Args([], false);

function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}

/** What an element says that scripts may ask of it. */
function* asked<T>(
  element: Element,
  of: (self: T) => { readonly placed: Placed; readonly user: User },
): Iterable<readonly [string, Method<T>]> {
  for (const [name, answer] of Object.entries(element.asked ?? {}))
    yield [
      name,
      method((self: T) => {
        const { placed, user } = of(self);
        return answer(placed.props(user), user, placed);
      }),
    ];
}

const groupClasses = new Map<Element, HostClass<User>>();
function groupOf(user: User): Host<User> {
  const { placedGroup } = user;
  if (placedGroup === undefined) return new Host(groupClass, user);
  const { element } = placedGroup;
  const type = kept(groupClasses, element, () => ({
    ...groupClass,
    methods: new Map([...groupClass.methods, ...asked(element, (self: User) => ({ placed: placedGroup, user: self }))]),
  }));
  return new Host(type, user);
}

const groupClass = hostClass<User>('org.apache.jmeter.threads.ThreadGroup', {
  getName: method(({ groupName }) => groupName),
  getNumberOfThreads: method(({ groupThreads }) => groupThreads),
  getNumThreads: method(({ groupSize }) => groupSize),
  getPropertyAsString: method(
    (user, a) => (user.placedGroup && textIn(user.placedGroup, user, a.text(0))) ?? (a.count > 1 ? a.text(1) : ''),
    1,
    2,
  ),
  numberOfActiveThreads: method(({ groupThreads }) => groupThreads),
  isEnabled: method(() => true),
});

const threadClass = hostClass<User>('org.apache.jmeter.threads.JMeterThread', {
  getThreadName: method(({ threadName }) => threadName),
  getThreadNum: method(({ number }) => number),
  stop: method((user) => user.stop() ?? null),
});

const engineClass = hostClass<User>('org.apache.jmeter.engine.StandardJMeterEngine', {
  stopTest: method(({ test }, a) => (a.count > 0 && a.flag(0) ? test.stopNow() : test.stop()) ?? null, 0, 1),
  askThreadsToStop: method(({ test }) => test.stop() ?? null),
});

/** `ctx`: JMeterContext. */
export const contextClass = hostClass<User>('org.apache.jmeter.threads.JMeterContext', {
  getVariables: method((user) => new Host(variablesClass, user)),
  getProperties: method(({ test }) => new Host(propertiesClass, test.properties)),
  getPreviousResult: method(({ previous }) => (previous ? new Host(sampleClass, previous) : null)),
  getCurrentSampler: method((user) => samplerOf(user)),
  getPreviousSampler: method((user) => (user.previousSampler ? samplerOf(user, user.previousSampler) : null)),
  getSamplerContext: method((user) => user.state(SAMPLER_CONTEXT, () => new JavaMap())),
  getThread: method((user) => new Host(threadClass, user)),
  getThreadGroup: method(groupOf),
  getThreadNum: method(({ number }) => number),
  getEngine: method((user) => new Host(engineClass, user)),
  isRecording: method(() => false),
  isSamplingStarted: method(() => true),
  isStartNextThreadLoop: method(({ action }) => action === 'nextThreadLoop'),
  isRestartNextLoop: method(({ action }) => action === 'nextThreadLoop'),
  getTestLogicalAction: method(({ action }) => ACTIONS[action]),
  setStartNextThreadLoop: method((user, a) => restarted(user, a), 1),
  setRestartNextLoop: method((user, a) => restarted(user, a), 1),
});

const SAMPLER_CONTEXT = {};
const ACTIONS: Readonly<Record<User['action'], string>> = {
  continue: 'CONTINUE',
  nextThreadLoop: 'START_NEXT_ITERATION_OF_THREAD',
  nextIteration: 'START_NEXT_ITERATION_OF_CURRENT_LOOP',
  breakLoop: 'BREAK_CURRENT_LOOP',
};

function restarted(user: User, a: Args): null {
  user.action = a.flag(0) ? 'nextThreadLoop' : 'continue';
  return null;
}

export const samplerOf = (user: User, sampler = user.sampler): Host<SamplerOf> | null =>
  sampler ? new Host(classOfSampler(sampler), { sampler, user }) : null;

/** `sampleEvent` of listeners. */
export const eventClass = hostClass<SampleEvent>('org.apache.jmeter.samplers.SampleEvent', {
  getResult: method(({ sample }) => new Host(sampleClass, sample)),
  getThreadGroup: method(({ user }) => user.groupName),
  getHostname: method(({ user }) => user.test.hostName),
  getVarCount: method(({ variables }) => variables.length),
  getVarValue: method(({ variables }, a) => variables[a.int(0)] ?? null, 1),
});
