import { parseInteger, toDouble, toInt } from '../../java/index.js';
import type { Properties } from '../../model/index.js';
import { fn } from '../function.js';

/**
 * Users that a Throughput Shaping Timer needs to keep its rate, from what it noted of the second before: for the target
 * of a Concurrency Thread Group (TSTFeedback, tst 2.5). Throws NumberFormatException when the start is no integer.
 */
export const tstFeedback = fn({
  name: '__tstFeedback',
  min: 2,
  max: 4,
  usage: 'timer, start, [max], [spare: ratio, or count from 1]',
  alone: true,
  compile([timer, start, max, spare]) {
    const self = {};
    return (user) => {
      const name = timer?.evaluate(user) ?? '';
      const { properties } = user.test;
      const begun = user.test.state(self, () => ({ yes: false }));
      if (!begun.yes) properties.set(`${name}_concurrency`, start?.evaluate(user) ?? '');
      begun.yes = true;
      const limit = (max && toInt(max.evaluate(user))) ?? 2147483647;
      const kept = spare ? (toDouble(spare.evaluate(user)) ?? 1) : 0.1;
      const users = Math.min(Math.max(1, needed(name, kept, properties)), limit);
      properties.set(`${name}_concurrency`, String(users));
      // So that one second of the timer changes the number once.
      properties.set(`${name}_rps`, '0');
      return String(users);
    };
  },
});

function needed(name: string, spare: number, properties: Properties): number {
  const users = parseInteger(properties.get(`${name}_concurrency`, '1'));
  const waiting = parseInteger(properties.get(`${name}_cntDelayed`, '0'));
  const sent = parseInteger(properties.get(`${name}_cntSent`, '0'));
  const rate = Math.fround(toDouble(properties.get(`${name}_rps`, '0')) ?? 0);
  if (rate <= 0) return users;
  if (waiting > 0) return fewer(users, waiting, spare);
  if (sent >= rate) return users;
  return Math.ceil(Math.fround(users * Math.fround(2 - Math.fround(sent / rate))));
}

function fewer(users: number, waiting: number, spare: number): number {
  if (spare < 1) return waiting > Math.ceil(users * spare) ? Math.trunc(users * (1 - spare)) : users;
  const left = Math.trunc(users - (waiting - spare));
  return users > spare ? Math.trunc(Math.max(spare, left)) : left;
}
