import { type Match, toInt } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { readCount } from './left-over.js';

/** Writes `<name>_g0`… and `<name>_g`, their number; groups of an earlier, larger match go. A group without part is undefined. */
export function saveGroups(user: User, name: string, { groups }: Match, category: string): void {
  const { variables } = user;
  const before = variables.get(`${name}_g`);
  const previous = before === undefined ? 0 : readCount(user, before, category);
  groups.forEach((text, i) => {
    variables.putObject(`${name}_g${i}`, text);
  });
  variables.put(`${name}_g`, String(groups.length - 1));
  for (let i = groups.length; i <= previous; i++) variables.remove(`${name}_g${i}`);
}

/** Removes `<name>_g` and all the groups it counts. */
export function removeGroups(user: User, name: string): void {
  const { variables } = user;
  const count = toInt(variables.get(`${name}_g`) ?? '') ?? 0;
  variables.remove(`${name}_g`);
  for (let i = 0; i <= count; i++) variables.remove(`${name}_g${i}`);
}
