import os from 'node:os';
import { keptTogether, type Program, startsAnyNumber, usersOf } from '../engine/index.js';
import { shardsFor } from '../fleet/index.js';
import { ProblemError, problems } from '../problem.js';
import { type CommandLine, givenValue } from './parse-flags.js';
import { showProblems } from './show-problems.js';
import type { Terminal } from './terminal.js';

/** More would be a slip of the finger. */
const MOST = 1000;

/**
 * In how many processes the users of the plan run, said on the console when `--shards` is given. A plan that must stay in
 * one process stays there, with a warning. Throws ProblemError when the flag makes no sense.
 */
export function shardCount(
  line: CommandLine,
  program: Program,
  { err }: Pick<Terminal, 'err'>,
  print: (text: string) => void,
): number {
  const given = givenValue(line, 'shards');
  if (given === undefined) return 1;
  const users = usersOf(program);
  const asked = given === 'auto' ? shardsFor(users, os.availableParallelism()) : numberIn(given);
  // One without users would be of no use; some groups start as many as there is work for.
  const useful = startsAnyNumber(program) ? asked : Math.max(1, Math.min(asked, users));
  const kept = useful > 1 ? keptTogether(program) : [];
  if (kept.length > 0) {
    err(showProblems([problems.oneProcess(useful), ...kept]));
    return 1;
  }
  if (useful > 1 || given === 'auto')
    print(useful === 1 ? 'One process runs all users' : `${useful} processes run the users`);
  return useful;
}

function numberIn(text: string): number {
  const n = Number(text);
  if (/^\d+$/.test(text) && n >= 1 && n <= MOST) return n;
  throw new ProblemError([problems.usage(`--shards takes a number from 1 to ${MOST}, or auto, not ${text}`)]);
}
