import { toInt } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { namesBeside } from './variable-names.js';

/**
 * Takes `<name>_matchNr` of an earlier run away and gives its number: how many `<name>_1`… there may be. 0 without one;
 * a text that is no number is logged and counts as 0.
 */
export function takeMatchCount(user: User, name: string, category: string): number {
  const key = namesBeside(name).matchNr;
  const text = user.variables.get(key);
  if (text === undefined) return 0;
  user.variables.remove(key);
  return readCount(user, text, category);
}

/** The number in a text that an element wrote itself, which a plan may have changed. */
export function readCount(user: User, text: string, category: string): number {
  const count = toInt(text);
  if (count === undefined) user.test.log.write('WARN', category, `Could not parse number: '${text}'`);
  return count ?? 0;
}

/** Removes `<name>_matchNr` and `<name>_1`… up to the first gap. */
export function removeNumbered({ variables }: User, name: string): void {
  const names = namesBeside(name);
  variables.remove(names.matchNr);
  for (let i = 1; variables.get(names.numbered(i)) !== undefined; i++) variables.remove(names.numbered(i));
}
