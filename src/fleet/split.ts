/** Sockets of one process: most systems let it open 20,000 files. */
const SOCKETS = 18_000;
/** Users from which on a second processor is worth a second process. */
const MANY_USERS = 2000;

/**
 * How many shards `auto` means: one, unless the users need more sockets than a process may open, or are so many that all
 * processors are of use.
 */
export function shardsFor(users: number, cores: number): number {
  const needed = Math.ceil(users / SOCKETS);
  return Math.max(1, needed, users >= MANY_USERS ? cores : 1);
}
