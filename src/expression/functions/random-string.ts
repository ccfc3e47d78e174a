import { JavaError, javaTrim, parseInteger } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/** Random characters out of a set (one that is listed twice comes twice as often), or any that Unicode defines. */
export const randomString = fn({
  name: '__RandomString',
  min: 1,
  max: 3,
  usage: 'length, [characters], [variable]',
  compile:
    ([length, characters, variable]) =>
    (user) => {
      const count = parseInteger(length?.evaluate(user) ?? '');
      const set = javaTrim(characters?.evaluate(user) ?? '');
      if (count < 0)
        throw new JavaError(
          'java.lang.IllegalArgumentException',
          `Requested random string length ${count} is less than 0.`,
        );
      const value = set === '' ? anything(count, user) : outOf(set, count, user);
      store(user, variable, value);
      return value;
    },
});

function outOf(set: string, count: number, user: User): string {
  let value = '';
  for (let i = 0; i < count; i++) value += set.charAt(Math.floor(user.random() * set.length));
  return value;
}

const UNUSABLE = /[\p{Cn}\p{Co}\p{Cs}]/u;

/** The length counts UTF-16 units. */
function anything(count: number, user: User): string {
  let value = '';
  while (value.length < count) {
    const char = String.fromCodePoint(Math.floor(user.random() * 0x110000));
    if (!UNUSABLE.test(char) && value.length + char.length <= count) value += char;
  }
  return value;
}
