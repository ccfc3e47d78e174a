import type { Named, PlacedSampler } from './element.js';
import type { Props } from './prop.js';
import type { User } from './user.js';

/**
 * Changes properties of a sampler for this user, as a pre-processor of JMeter writes to the thread's own copy of it: every
 * read of `sampler.props(user)` from now on gives these values, `${…}` or not, until the sample is over. A sample that an
 * exception loses leaves them in place for the next one, since JMeter restores the sampler only when it is done with it.
 */
export function override<P extends Props>(user: User, sampler: PlacedSampler<P>, values: Partial<Named<P>>): void {
  user.overrides ??= new Map();
  user.overrides.set(sampler, { ...user.overrides.get(sampler), ...values });
}

/** The properties that were changed for this user; undefined when there are none. */
export function overridesOf(user: User, sampler: PlacedSampler): Readonly<Record<string, unknown>> | undefined {
  return user.overrides?.get(sampler);
}

/** Puts a sampler back as the plan has it (AbstractTestElement.recoverRunningVersion). */
export function restore(user: User, sampler: PlacedSampler): void {
  user.overrides?.delete(sampler);
}

/** The values with some of them replaced; the others are read, and evaluated, as before. */
export function overlaid<T extends object>(own: T, changed: Readonly<Partial<T>>): T {
  const values = Object.entries(changed).map(([key, value]) => [key, { value, enumerable: true }] as const);
  return Object.create(own, Object.fromEntries(values));
}
