import { AssertionResult, type Bindings, Sample, type SampleEvent, type User } from '../model/index.js';
import { contextClass, eventClass, logClass, outClass, samplerOf } from './host/context.js';
import { Host } from './host/host.js';
import { assertionClass, sampleClass } from './host/result.js';
import { propertiesClass, variablesClass } from './host/variables.js';
import { JavaArray } from './value/collection.js';

/** The names that every script sees; the extra ones of its element come on top and win. */
export const STANDARD = ['vars', 'props', 'ctx', 'log', 'prev', 'sampler', 'threadName', 'OUT'] as const;
/** The names that elements add. */
export const EXTRA = [
  ...['Label', 'FileName', 'Parameters', 'args', 'SampleResult', 'AssertionResult', 'sampleEvent', 'sampleResult'],
] as const;

/**
 * What a script sees under a name, undefined when there is no such name. Samples, assertion results and sample events of
 * ours become objects with JMeter's methods. Made only when asked for: most scripts use one or two names.
 */
export function bound(user: User, extra: Bindings, name: string): unknown {
  // An extra name without a value hides the standard one.
  if (Object.hasOwn(extra, name)) return extra[name] === undefined ? undefined : hosted(extra[name]);
  switch (name) {
    case 'vars':
      return user.state(VARIABLES, () => new Host(variablesClass, user));
    case 'props':
      return new Host(propertiesClass, user.test.properties);
    case 'ctx':
      return new Host(contextClass, user);
    case 'log':
      return logger(user, 'o.a.j.u.JSR223TestElement');
    case 'prev':
      return user.previous === undefined ? null : new Host(sampleClass, user.previous);
    case 'sampler':
      return samplerOf(user);
    case 'threadName':
      return user.threadName;
    case 'OUT':
      return new Host(outClass, user);
    default:
      return undefined;
  }
}
const VARIABLES = {};

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
