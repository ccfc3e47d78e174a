import { describe, expect, it } from 'vitest';
import { counterConfig } from '../../../src/element/config/counter-config.js';
import { randomVariableConfig } from '../../../src/element/config/random-variable-config.js';
import type { Element, Props, User } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

/** A function that makes a pass for a user and gives the variable `v`. */
function passing<P extends Props>(element: Element<P>, props: Record<string, Given>) {
  const self = place(element, { props });
  return (user: User): string | undefined => {
    element.iterationStart?.(self.props(user), user, { loop: true, number: 1 }, self);
    return user.variables.get('v');
  };
}
const several = (n: number, next: () => string | undefined): string =>
  Array.from({ length: n }, () => next() ?? '-').join(' ');

const MAX = 2n ** 63n - 1n;

describe('Counter', () => {
  const counter = (props: Record<string, Given>) =>
    passing(
      counterConfig,
      Object.fromEntries(
        Object.entries({ name: 'v', ...props }).map(([key, value]) => [`CounterConfig.${key}`, value]),
      ),
    );
  const counts = (props: Record<string, Given>, n = 4): string => {
    const user = fakeUser();
    const next = counter(props);
    return several(n, () => next(user));
  };
  it.each([
    [{ start: '1', end: '3', incr: '1' }, '1 2 3 1'],
    [{ start: '1', end: '3', incr: '1', per_user: true }, '1 2 3 1'],
    [{ start: '5' }, '5 5 5 5'],
    [{ start: '1', incr: '1', end: '' }, '1 2 3 4'],
    [{ start: '1', incr: '1', end: 'x' }, '1 1 1 1'],
    [{ start: '5', incr: '-2', end: '9' }, '5 3 1 -1'],
    [{ start: 1, incr: 1, end: 2 }, '1 2 1 2'],
    [{ start: '1', incr: '1', format: 'USER_000' }, 'USER_001 USER_002 USER_003 USER_004'],
    [{ start: '1', incr: '1', format: '0.0.0' }, '1 2 3 4'],
    // The number after the largest is the one that means "never used".
    [{ start: '9223372036854775806', incr: '1' }, `${MAX - 1n} ${MAX} ${MAX - 1n} ${MAX}`],
  ])('%j', (props, expected) => {
    expect(counts(props)).toBe(expected);
  });
  it('is one for all users, or one for each', () => {
    const test = fakeTest();
    const users = [fakeUser({ test }), fakeUser({ test })];
    const both = (next: (user: User) => string | undefined): string => users.map(next).join(' ');
    expect(both(counter({ start: '1', incr: '1' }))).toBe('1 2');
    expect(both(counter({ start: '1', incr: '1', per_user: true }))).toBe('1 1');
  });
  it('starts over at each pass of the thread when asked', () => {
    const next = counter({ start: '1', incr: '1', per_user: true, reset_on_tg_iteration: true });
    const user = { ...fakeUser(), iteration: 1 };
    const states = [next(user), next(user)];
    user.iteration = 2;
    states.push(next(user), next(user));
    expect(states).toEqual(['1', '2', '1', '2']);
  });
});

describe('Random Variable', () => {
  const given = { variableName: 'v', minimumValue: '0', maximumValue: '99', randomSeed: '42' };
  it('gives the sequence of java.util.Random for a seed', () => {
    const next = passing(randomVariableConfig, given);
    const user = fakeUser();
    expect(several(5, () => next(user))).toBe('30 63 48 84 70');
  });
  it('goes on for the next user, or begins again for each', () => {
    const test = fakeTest();
    const users = [fakeUser({ test }), fakeUser({ test })];
    expect(users.map(passing(randomVariableConfig, given))).toEqual(['30', '63']);
    expect(users.map(passing(randomVariableConfig, { ...given, perThread: true }))).toEqual(['30', '30']);
  });
  it('formats', () => {
    expect(passing(randomVariableConfig, { ...given, outputFormat: 'U_000' })(fakeUser())).toBe('U_030');
  });
  it('is never set when a blank maximum, which is 0, is below the minimum', () => {
    const test = fakeTest();
    const next = passing(randomVariableConfig, { ...given, minimumValue: '1', maximumValue: '' });
    expect(next(fakeUser({ test }))).toBeUndefined();
    expect(test.log.lines).toEqual(['ERROR o.a.j.c.RandomVariableConfig: maximum() must be >= minimum(1)']);
  });
  it('without a seed comes from the user', () => {
    const next = passing(randomVariableConfig, { ...given, randomSeed: '', minimumValue: '10', maximumValue: '19' });
    expect(next(fakeUser({ random: () => 0.55 }))).toBe('15');
  });
  it('cuts a range that is too large and says so', () => {
    const test = fakeTest();
    const next = passing(randomVariableConfig, { ...given, randomSeed: 'x', maximumValue: '9999999999' });
    expect(Number(next(fakeUser({ test, random: () => 0.999999999 })))).toBeLessThan(2147483647);
    expect(test.log.lines.map((line) => line.slice(0, 4))).toEqual(['WARN', 'WARN']);
  });
});
