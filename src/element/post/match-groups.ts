import { type Match, toInt } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { readCount } from './left-over.js';
import { namesBeside } from './variable-names.js';

/** Writes `<name>_g0`… and `<name>_g`, their number; groups of an earlier, larger match go. A group without part is undefined. */
export function saveGroups(user: User, name: string, { groups }: Match, category: string): void {
  const { variables } = user;
  const names = namesBeside(name);
  for (let i = 0; i < groups.length; i++) variables.putObject(names.group(i), groups[i]);
  const before = variables.get(names.groupCount);
  const count = String(groups.length - 1);
  if (before === count) return;
  variables.put(names.groupCount, count);
  const previous = before === undefined ? 0 : readCount(user, before, category);
  for (let i = groups.length; i <= previous; i++) variables.remove(names.group(i));
}

/** Removes `<name>_g` and all the groups it counts. */
export function removeGroups(user: User, name: string): void {
  const { variables } = user;
  const names = namesBeside(name);
  const count = toInt(variables.get(names.groupCount) ?? '') ?? 0;
  variables.remove(names.groupCount);
  for (let i = 0; i <= count; i++) variables.remove(names.group(i));
}
