import { JavaError } from '../../java/index.js';
import {
  ALONE,
  type Group,
  type GroupRole,
  isOurs,
  type Named,
  prop,
  type Shard,
  type StartOfUser,
  shareOf,
} from '../../model/index.js';
import { usersShape } from './load-shape.js';
import { MainLoop, mainController } from './main-loop.js';

/** What ThreadGroup, setUp and tearDown Thread Group have in common: everything but the phase. */
export const threadProps = {
  onError: prop.text('ThreadGroup.on_sample_error', 'continue'),
  mainController,
  threads: prop.int('ThreadGroup.num_threads'),
  /** Seconds. */
  rampUp: prop.int('ThreadGroup.ramp_time'),
  delayedStart: prop.flag('ThreadGroup.delayedStart'),
  scheduler: prop.flag('ThreadGroup.scheduler'),
  /** Seconds. */
  duration: prop.long('ThreadGroup.duration'),
  /** Seconds. */
  delay: prop.long('ThreadGroup.delay'),
  sameUser: prop.flag('ThreadGroup.same_user_on_next_iteration', true),
};
/** Written by very old versions and by the GUI of newer ones; they change nothing. */
export const ignoredKeys = ['ThreadGroup.start_time', 'ThreadGroup.end_time'];

type ThreadProps = Named<typeof threadProps>;

/** What scripts may ask of these groups. */
export const askedOfThreads: Readonly<Record<string, (props: ThreadProps) => number | bigint | boolean>> = {
  getRampUp: ({ rampUp }) => rampUp,
  getDuration: ({ duration }) => BigInt(duration),
  getDelay: ({ delay }) => BigInt(delay),
  getScheduler: ({ scheduler }) => scheduler,
  getDelayedStart: ({ delayedStart }) => delayedStart,
  isSameUserOnNextIteration: ({ sameUser }) => sameUser,
  getOnErrorStopThread: ({ onError }) => onError.toLowerCase() === 'stopthread',
  getOnErrorStopTest: ({ onError }) => onError.toLowerCase() === 'stoptest',
  getOnErrorStopTestNow: ({ onError }) => onError.toLowerCase() === 'stoptestnow',
  getOnErrorStartNextLoop: ({ onError }) => onError.toLowerCase() === 'startnextloop',
};

/**
 * The schedule of a ThreadGroup as a pure function of its settings (ThreadGroup.start 5.6.3): user k begins k steps of
 * ramp/threads after the group, the step rounded to whole milliseconds; duration counts from the group's start for all.
 * `startedAt` is epoch milliseconds; only the users of the shard are in it. Throws what JMeter reports for a scheduler that
 * cannot work.
 */
export function schedule(settings: ThreadProps, startedAt: number, shard: Shard = ALONE): readonly StartOfUser[] {
  const { threads, rampUp, delayedStart } = settings;
  if (delayedStart) {
    // JMeter names a thread after the group and asks for the rest in it.
    void settings.name;
    return delayedSchedule(settings, startedAt, shard);
  }
  const step = Math.round(Math.fround((rampUp * 1000) / threads));
  return Array.from({ length: shareOf(threads, shard) }, (_, nth) => {
    const k = shard.index + nth * shard.count;
    const { wait, duration } = scheduled(settings);
    return {
      number: k,
      after: wait + Math.max(0, k * step),
      ...(duration === undefined ? {} : { endTime: startedAt + wait + duration * 1000 }),
    };
  });
}

/** The scheduler's times for one thread, each looked at before it is used: two evaluations (ThreadGroup.scheduleThread). */
function scheduled(settings: ThreadProps): { readonly wait: number; readonly duration?: number } {
  if (!settings.scheduler) return { wait: 0 };
  if (settings.delay < 0) throw stopTest(`Invalid delay ${settings.delay} set in Thread Group:${settings.name}`);
  const wait = settings.delay * 1000;
  if (settings.duration <= 0)
    throw stopTest(`Invalid duration ${settings.duration} set in Thread Group:${settings.name}`);
  return { wait, duration: settings.duration };
}

/** "Delay thread creation": users whose turn comes after the end are never made; with no duration nobody starts. */
function delayedSchedule(settings: ThreadProps, startedAt: number, shard: Shard): readonly StartOfUser[] {
  const { scheduler } = settings;
  const wait = scheduler && settings.delay > 0 ? settings.delay * 1000 : 0;
  const duration = scheduler ? settings.duration : 0;
  const endTime = duration > 0 ? startedAt + wait + duration * 1000 : 0;
  const { threads, rampUp } = settings;
  const list: StartOfUser[] = [];
  for (let k = 0, elapsed = 0; k < threads; k++) {
    if (k > 0) elapsed += Math.max(0, Math.round((rampUp * 1000 - elapsed) / (threads - k)));
    if (scheduler && startedAt + wait + elapsed > endTime) break;
    if (isOurs(k, shard))
      list.push({ number: k, after: wait + elapsed, madeLate: true, ...(scheduler ? { endTime } : {}) });
  }
  return list;
}

/** The role of a group of threads in a phase. */
export const threadGroupRole = (phase: GroupRole<typeof threadProps>['phase']): GroupRole<typeof threadProps> => ({
  phase,
  controller: MainLoop,
  users: ({ threads }) => threads,
  onError: ({ onError }) => onError,
  sameUser: ({ sameUser }) => sameUser,
  shape: (settings) => usersShape(schedule(settings, 0), 0),
  start(settings, group: Group) {
    for (const user of schedule(settings, group.startedAt, group.engineUser.test.shard)) group.startUser(user);
  },
});

const stopTest = (message: string): JavaError =>
  new JavaError('org.apache.jorphan.util.JMeterStopTestException', message);
