import { AssertionResult, type Bindings, Sample, type SampleEvent, type User } from '../model/index.js';
import { contextClass, eventClass, logClass, outClass, samplerOf } from './host/context.js';
import { Host } from './host/host.js';
import { assertionClass, sampleClass } from './host/result.js';
import { propertiesClass, variablesClass } from './host/variables.js';
import { JavaArray } from './value/collection.js';

const KEY = {};

/**
 * What every script sees by name, and what its element adds. Samples, assertion results and sample events of ours become
 * objects with JMeter's methods; the extra names win.
 */
export function standardBindings(user: User, extra: Bindings): Bindings {
  const names: Record<string, unknown> = { ...user.state(KEY, () => fixedBindings(user)) };
  names.prev = user.previous === undefined ? null : new Host(sampleClass, user.previous);
  names.sampler = samplerOf(user);
  for (const [name, value] of Object.entries(extra)) names[name] = hosted(value);
  return names;
}

/** The same for all scripts of a user. */
const fixedBindings = (user: User): Bindings => ({
  vars: new Host(variablesClass, user),
  props: new Host(propertiesClass, user.test.properties),
  ctx: new Host(contextClass, user),
  log: logger(user, 'o.a.j.u.JSR223TestElement'),
  threadName: user.threadName,
  OUT: new Host(outClass, user),
});

/** The `log` of one element. */
export const logger = (user: User, category: string): unknown => new Host(logClass, { user, category });

function hosted(value: unknown): unknown {
  if (value instanceof Sample) return new Host(sampleClass, value);
  if (value instanceof AssertionResult) return new Host(assertionClass, value);
  if (Array.isArray(value)) return new JavaArray('Ljava.lang.String;', value);
  return isEvent(value) ? new Host(eventClass, value) : (value ?? null);
}

const isEvent = (value: unknown): value is SampleEvent =>
  typeof value === 'object' && value !== null && 'sample' in value && value.sample instanceof Sample;
