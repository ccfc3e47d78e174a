import { ALONE, element, type Group, type Named, prop, type Shard, type StartOfUser } from '../../model/index.js';
import { usersShape } from './load-shape.js';
import { MainLoop, mainController } from './main-loop.js';

const props = {
  onError: prop.text('ThreadGroup.on_sample_error', 'continue'),
  mainController,
  threads: prop.int('ThreadGroup.num_threads'),
  /** Seconds, as all times here. */
  delay: prop.int('Threads initial delay'),
  /** How many begin at first; 0 = as many as in each later step. */
  burst: prop.int('Start users count burst'),
  /** How many each step adds; 0 = all. */
  adds: prop.int('Start users count'),
  addsEvery: prop.int('Start users period'),
  /** The time over which the users of one step begin. */
  rampUp: prop.int('rampUp'),
  hold: prop.int('flighttime'),
  /** How many end together; 0 = all. */
  ends: prop.int('Stop users count'),
  endsEvery: prop.int('Stop users period'),
};
type SteppingProps = Named<typeof props>;

/** jp@gc Stepping Thread Group: users in steps up, a hold, users in steps down. */
export const steppingThreadGroup = element({
  tag: 'kg.apc.jmeter.threads.SteppingThreadGroup',
  gui: 'kg.apc.jmeter.threads.SteppingThreadGroupGui',
  call: 'threads.stepping',
  props,
  shards: 'divides',
  group: {
    phase: 'main',
    controller: MainLoop,
    users: ({ threads }) => threads,
    onError: ({ onError }) => onError,
    sameUser: () => true,
    shape: (settings) => usersShape([...schedule(settings, 0)], 0),
    start(settings, group: Group) {
      for (const user of schedule(settings, group.startedAt, group.engineUser.test.shard)) group.startUser(user);
    },
  },
});

/** The shard's users in their order (SteppingThreadGroup.scheduleThread, casutg 2.10); each reads the settings for itself. */
export function* schedule(
  settings: SteppingProps,
  startedAt: number,
  { index, count }: Shard = ALONE,
): Generator<StartOfUser> {
  const { threads } = settings;
  for (let k = index; k < threads; k += count) yield scheduled(settings, k, startedAt);
}

/** In whole milliseconds and with Java's integer division, from which oddities follow when the counts do not divide. */
function scheduled(settings: SteppingProps, k: number, startedAt: number): StartOfUser {
  const adds = settings.adds || settings.threads;
  const ends = settings.ends || settings.threads;
  const asked = Math.min(settings.burst, settings.threads);
  const burst = asked <= 0 ? adds : asked;
  const delay = 1000 * settings.delay;
  const rampUp = 1000 * settings.rampUp;
  const step = 1000 * settings.addsEvery + rampUp;
  const { threads } = settings;

  const first = k < burst;
  const bucket = first ? 0 : 1 + Math.trunc((k - burst) / adds);
  const position = first ? k : (k - burst) % adds;
  const after = delay + bucket * step + position * Math.trunc(rampUp / (first ? burst : adds));

  const steps = threads < burst ? 1 : Math.ceil((threads - burst) / adds);
  const inLast = (threads - burst) % adds || adds;
  const descent = delay + steps * step + Math.trunc(rampUp / adds) * inLast + 1000 * settings.hold;
  return { number: k, after, endTime: startedAt + descent + 1000 * settings.endsEvery * Math.floor(k / ends) };
}
