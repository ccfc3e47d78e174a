import { JavaError, javaTrim, parseLong } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { type FunctionArgument, fn } from '../function.js';
import { store } from '../store.js';

/** A whole number between two bounds, both included (64-bit). */
export const random = fn({
  name: '__Random',
  min: 2,
  max: 3,
  usage: 'min, max, [variable]',
  compile:
    ([min, max, variable]) =>
    (user) => {
      const value = between(bound(min, user), bound(max, user), user);
      store(user, variable, value);
      return value;
    },
});

const LARGEST = 2n ** 63n - 1n;

/** Throws NumberFormatException. */
function bound(arg: FunctionArgument | undefined, user: User): bigint | number {
  const text = javaTrim(arg?.evaluate(user) ?? '');
  const n = parseLong(text);
  return Number.isSafeInteger(n) ? n : BigInt(text);
}

function between(low: bigint | number, high: bigint | number, user: User): string {
  if (low > high || high === LARGEST)
    throw new JavaError('java.lang.IllegalArgumentException', 'bound must be greater than origin');
  if (typeof low === 'number' && typeof high === 'number' && Number.isSafeInteger(high - low))
    return String(low + Math.floor(user.random() * (high - low + 1)));
  const span = BigInt(high) - BigInt(low) + 1n;
  const bits = (BigInt(Math.floor(user.random() * 2 ** 40)) << 40n) | BigInt(Math.floor(user.random() * 2 ** 40));
  return String(BigInt(low) + ((span * bits) >> 80n));
}
