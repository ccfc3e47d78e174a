import { JavaError, toInt } from '../../java/index.js';
import {
  ALONE,
  element,
  type Group,
  isOurs,
  type Named,
  prop,
  type Shard,
  type StartOfUser,
  type Text,
  type User,
} from '../../model/index.js';
import { usersShape } from './load-shape.js';
import { MainLoop, mainController } from './main-loop.js';
import { readSchedule, type ScheduleCall, unknownCall } from './short-schedule.js';

const SCHEDULE = 'threads_schedule';

const props = {
  onError: prop.text('ThreadGroup.on_sample_error', 'continue'),
  mainController,
  /** Threads, initial delay, startup time, hold, shutdown time. Some version saved them under the property's name. */
  rows: prop.table('ultimatethreadgroupdata', { older: [SCHEDULE] }),
};
type UltimateProps = Named<typeof props>;

/** The cells of a row, evaluated each time they are read. Throws IndexOutOfBoundsException, with which the engine ends. */
type Row = (cell: number) => number;
const [THREADS, DELAY, STARTUP, HOLD, SHUTDOWN] = [0, 1, 2, 3, 4] as const;

/** jp@gc Ultimate Thread Group: rows of users, each row with its own ramps and hold. */
export const ultimateThreadGroup = element({
  tag: 'kg.apc.jmeter.threads.UltimateThreadGroup',
  gui: 'kg.apc.jmeter.threads.UltimateThreadGroupGui',
  call: 'threads.ultimate',
  props,
  shards: 'divides',
  group: {
    phase: 'main',
    controller: MainLoop,
    users: (settings, user) => sum(rowsOf(settings, user)),
    onError: ({ onError }) => onError,
    sameUser: () => true,
    shape: (settings, user) => usersShape([...schedule(rowsOf(settings, user), 0)], 0),
    start(settings, group: Group) {
      const rows = rowsOf(settings, group.engineUser);
      for (const user of schedule(rows, group.startedAt, group.engineUser.test.shard)) group.startUser(user);
    },
  },
});

/**
 * Row by row; in a row the first user is the last to begin, and none begins before a part of the startup time is over
 * (UltimateThreadGroup.scheduleThread, casutg 2.10). A row of no users takes one from the rows behind it.
 */
function* schedule(rows: readonly Row[], startedAt: number, shard: Shard = ALONE): Generator<StartOfUser> {
  const threads = sum(rows);
  let at = -1;
  let left = 0;
  for (let k = 0; k < threads; k++) {
    if (left < 1) left = rows[++at]?.(THREADS) ?? 0;
    const row = rows[at];
    if (row === undefined) return;
    if (isOurs(k, shard)) yield { number: k, ...scheduled(row, left, startedAt) };
    left--;
  }
}

function scheduled(row: Row, left: number, startedAt: number): StartOfUser {
  const [threads, delay, startup, hold, shutdown] = [row(THREADS), row(DELAY), row(STARTUP), row(HOLD), row(SHUTDOWN)];
  // Java's cast of what is no number gives 0.
  const share = (seconds: number): number => Math.floor((1000 * seconds * left) / threads) || 0;
  const wait = share(startup);
  const after = 1000 * delay + wait;
  return { after, endTime: startedAt + after + 1000 * hold + 1000 * startup - wait + share(shutdown) };
}

const sum = (rows: readonly Row[]): number => rows.reduce((n, row) => n + row(THREADS), 0);

/** The property counts for every Ultimate Thread Group of the plan: `spawn(threads, delay, startup, hold, shutdown) …`. */
function rowsOf({ rows }: UltimateProps, user: User): readonly Row[] {
  const given = user.test.properties.get(SCHEDULE, '');
  if (given !== '') return readSchedule(given, (call) => [rowOf(spawn(call))], user.test.log);
  return rows.map((cells) => rowOf(cells.map((cell) => () => intIn(cell, user))));
}

function rowOf(cells: readonly (number | (() => number))[]): Row {
  return (index) => {
    const cell = cells[index];
    if (cell === undefined) {
      const what = `Index ${index} out of bounds for length ${cells.length}`;
      throw new JavaError('java.lang.IndexOutOfBoundsException', what);
    }
    return typeof cell === 'number' ? cell : cell();
  };
}

function spawn(call: ScheduleCall): readonly number[] {
  if (call.name !== 'spawn') throw unknownCall(call.name);
  return [call.integer(0), call.duration(1), call.duration(2), call.duration(3), call.duration(4)];
}

const intIn = (text: Text, user: User): number => toInt(typeof text === 'string' ? text : text(user)) ?? 0;
