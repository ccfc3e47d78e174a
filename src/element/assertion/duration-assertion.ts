import { element, prop } from '../../model/index.js';
import { grouped, scopeProps } from './assertion-scope.js';

/** Fails a sample that took longer than a limit; 0, less, or what is no number is no limit. */
export const durationAssertion = element({
  tag: 'DurationAssertion',
  gui: 'DurationAssertionGui',
  call: 'expect.duration',
  props: {
    /** Milliseconds. */
    limit: prop.long('DurationAssertion.duration'),
    ...scopeProps,
  },

  assertionScope: ({ scope }) => scope,
  assert({ limit }, _user, { elapsed }, result) {
    if (limit > 0 && elapsed > limit)
      result.fail(
        `The operation lasted too long: It took ${grouped(elapsed)} milliseconds, but should not have lasted longer than ${grouped(limit)} milliseconds.`,
      );
  },
});
