import { toInt } from '../../java/index.js';
import { element, type Group, type Named, prop, type StartOfUser, type Text, type User } from '../../model/index.js';
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

/** Times are seconds. */
interface Row {
  readonly threads: number;
  readonly delay: number;
  readonly startup: number;
  readonly hold: number;
  readonly shutdown: number;
}

/** jp@gc Ultimate Thread Group: rows of users, each row with its own ramps and hold. */
export const ultimateThreadGroup = element({
  tag: 'kg.apc.jmeter.threads.UltimateThreadGroup',
  gui: 'kg.apc.jmeter.threads.UltimateThreadGroupGui',
  call: 'threads.ultimate',
  props,
  group: {
    phase: 'main',
    controller: MainLoop,
    users: (settings, user) => sum(rowsOf(settings, user)),
    onError: ({ onError }) => onError,
    sameUser: () => true,
    shape: (settings, user) => usersShape([...schedule(rowsOf(settings, user), 0)], 0),
    start(settings, group: Group) {
      for (const user of schedule(rowsOf(settings, group.engineUser), group.startedAt)) group.startUser(user);
    },
  },
});

/**
 * Row by row; in a row the first user is the last to begin, and none begins before a part of the startup time is over
 * (UltimateThreadGroup.scheduleThread, casutg 2.10). A row of no users takes one from the rows behind it.
 */
function* schedule(rows: readonly Row[], startedAt: number): Generator<StartOfUser> {
  const threads = sum(rows);
  let at = -1;
  let left = 0;
  for (let k = 0; k < threads; k++) {
    if (left < 1) left = rows[++at]?.threads ?? 0;
    const row = rows[at];
    if (row === undefined) return;
    yield scheduled(row, left--, startedAt);
  }
}

function scheduled({ threads, delay, startup, hold, shutdown }: Row, left: number, startedAt: number): StartOfUser {
  // Java's cast of what is no number gives 0.
  const share = (seconds: number): number => Math.floor((1000 * seconds * left) / threads) || 0;
  const wait = share(startup);
  const after = 1000 * delay + wait;
  return { after, endTime: startedAt + after + 1000 * hold + 1000 * startup - wait + share(shutdown) };
}

const sum = (rows: readonly Row[]): number => rows.reduce((n, { threads }) => n + threads, 0);

/** The property counts for every Ultimate Thread Group of the plan: `spawn(threads, delay, startup, hold, shutdown) …`. */
function rowsOf({ rows }: UltimateProps, user: User): readonly Row[] {
  const given = user.test.properties.get(SCHEDULE, '');
  if (given !== '') return readSchedule(given, (call) => [spawn(call)], user.test.log);
  return rows.map((cells) => {
    const cell = (i: number): number => intIn(cells[i], user);
    return { threads: cell(0), delay: cell(1), startup: cell(2), hold: cell(3), shutdown: cell(4) };
  });
}

function spawn(call: ScheduleCall): Row {
  if (call.name !== 'spawn') throw unknownCall(call.name);
  return {
    threads: call.integer(0),
    delay: call.duration(1),
    startup: call.duration(2),
    hold: call.duration(3),
    shutdown: call.duration(4),
  };
}

const intIn = (text: Text = '', user: User): number => toInt(typeof text === 'string' ? text : text(user)) ?? 0;
