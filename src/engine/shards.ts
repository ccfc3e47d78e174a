import { functionsKept, type Shard, type Siblings, type Split } from '../model/index.js';
import { at, type Problem, problems } from '../problem.js';
import { loadOf } from './load-shapes.js';
import type { Program } from './prepare.js';
import { placedOf } from './program.js';
import { flatten, type PlanNode } from './tree.js';

/** Which share of the users a process runs, and what it has to do with the others. */
export interface Membership {
  readonly shard: Shard;
  readonly siblings: Siblings;
}

/** What keeps all users of a plan in one process; empty when they can be split over shards. */
export function keptTogether(program: Program): readonly Problem[] {
  const { engineUser, tree } = program;
  const elements = flatten(program.nodes).flatMap((node) => {
    const what = `${node.plan.tag} "${node.plan.name}"`;
    const place = { ...node.plan.place, path: node.path };
    return splitOf(node, program) === 'alone' ? [at(problems.keptInOneProcess(what), place)] : [];
  });
  const functions = [...functionsKept(engineUser.test)].map((name) =>
    at(problems.keptInOneProcess(`what \${${name}} keeps`), { file: tree.file }),
  );
  return [...elements, ...functions];
}

function splitOf(node: PlanNode, { texts, engineUser }: Program): Split | undefined {
  const { shards, group } = node.element;
  const split =
    typeof shards === 'function' ? shards(placedOf(node, texts.compile).props(engineUser), engineUser) : shards;
  return group !== undefined && split === undefined ? 'alone' : split;
}

/** The users that run at the same time in the main part of the test; those of groups without a number are not in it. */
export function usersOf(program: Program): number {
  const { nodes, texts, engineUser, settings } = program;
  const groups = flatten(nodes).filter(({ element }) => element.group?.phase === 'main');
  const users = groups.map(
    (node) => node.element.group?.users(placedOf(node, texts.compile).props(engineUser), engineUser) ?? 0,
  );
  return settings.serial ? Math.max(0, ...users) : users.reduce((sum, n) => sum + n, 0);
}

/** Whether there are groups that start as many users as there is work for. */
export const startsAnyNumber = ({ nodes, texts, engineUser }: Program): boolean =>
  flatten(nodes).some(
    (node) => node.element.group?.users(placedOf(node, texts.compile).props(engineUser), engineUser) === 0,
  );

/** Seconds that the main part of the test takes, when all its groups have a schedule. */
export function plannedSeconds(program: Program): number | undefined {
  const ends = flatten(program.nodes)
    .filter(({ element }) => element.group?.phase === 'main')
    .map((node) => {
      const load = loadOf(node, program);
      return 'at' in load ? load.end : undefined;
    });
  return ends.length > 0 && ends.every((end) => end !== undefined) ? Math.max(...ends) : undefined;
}
