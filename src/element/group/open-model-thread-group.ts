import { JavaError, JavaRandom, toLong } from '../../java/index.js';
import type { PlanElement } from '../../jmx/index.js';
import { Controller, element, type Group, isOurs, prop, type Step, type Test } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { arrivalTimes, openModelShape, scheduleSeconds } from './open-model-arrivals.js';
import { type ArrivalsStep, parseSchedule } from './open-model-schedule.js';

const SCHEDULE = 'OpenModelThreadGroup.schedule';

/** Each user makes one pass and is done; "next loop" and "break" mean nothing here. */
class OnePass extends Controller {
  /** JMeter gives the loop the group's name for each user, though nothing shows it here: an evaluation. */
  override initialize(): void {
    void this.props.name;
    super.initialize();
  }
  override next(): Step | undefined {
    const step = super.next();
    if (this.passes >= 1) this.done = true;
    return step;
  }
  override startNextLoop(): void {}
  override breakLoop(): void {}
}

/** JMeter's Open Model Thread Group: a new user for each arrival of a schedule, for one pass. */
export const openModelThreadGroup = element({
  tag: 'OpenModelThreadGroup',
  gui: 'OpenModelThreadGroupGui',
  call: 'threads.openModel',
  props: {
    onError: prop.text('ThreadGroup.on_sample_error', 'continue'),
    sameUser: prop.flag('ThreadGroup.same_user_on_next_iteration', true),
    schedule: prop.text(SCHEDULE),
    /** 64-bit; 0 or no number = another sequence each time. */
    seed: prop.text('OpenModelThreadGroup.random_seed'),
  },
  ignored: ['ThreadGroup.main_controller', 'ThreadGroup.num_threads'],
  check: (plan) => checkSchedule(plan),
  shards: 'divides',
  group: {
    phase: 'main',
    controller: OnePass,
    users: () => 0,
    onError: ({ onError }) => onError,
    sameUser: ({ sameUser }) => sameUser,
    shape: ({ schedule }) => openModelShape(parseSchedule(schedule)),
    start(settings, group) {
      const arrivals = new Arrivals(
        parseSchedule(settings.schedule),
        seedOf(settings.seed, group.engineUser.test),
        group,
      );
      // JMeter names the thread that starts the others after the group.
      void settings.name;
      arrivals.next();
    },
  },
});

/** The users of a group as its schedule brings them (OpenModelThreadGroup.kt 5.6.3). */
class Arrivals {
  readonly #times: Iterator<number, undefined>;
  /** Counted from the start of the test, not of the group: after long setUp groups the first arrivals come all at once. */
  readonly #begin: number;
  readonly #end: number;
  #arrivals = 0;

  constructor(
    steps: readonly ArrivalsStep[],
    seed: bigint,
    private readonly group: Group,
  ) {
    this.#begin = group.engineUser.test.startedAt;
    this.#times = arrivalTimes(steps, new JavaRandom(seed));
    this.#end = Math.round(this.#begin + scheduleSeconds(steps) * 1000);
  }

  readonly next = (): void => {
    const { group } = this;
    const now = group.engineUser.test.clock.now();
    for (;;) {
      const { value: second } = this.#times.next();
      if (second === undefined) break;
      const wait = this.#begin + Math.round(second * 1000) - now;
      if (wait > 0) {
        group.after(wait, () => {
          this.#start();
          this.next();
        });
        return;
      }
      this.#start();
    }
    // A pause that was cut for the end is over by now, and the sampler behind it begins.
    group.after(Math.max(0, this.#end - now) + 1, () => this.#over());
  };

  #start(): void {
    const number = this.#arrivals++;
    if (!isOurs(number, this.group.engineUser.test.shard)) return;
    this.group.startUser({ number, after: 0, madeLate: true, endTime: this.#end, unscheduled: true });
  }

  /** Whoever is still at work is stopped at once: a pause at the end of the schedule gives them time. */
  #over(): void {
    for (const user of [...this.group.users]) this.group.stopUser(user, true);
  }
}

/** Without a seed in the plan the sequence is another one in each run, and the same in all shards of a run. */
const seedOf = (text: string, { shard }: Test): bigint => {
  const seed = toLong(text) === undefined ? 0n : BigInt(text);
  return seed === 0n ? BigInt(shard.seed ?? Math.floor(Math.random() * 2 ** 48)) : seed;
};

/** JMeter's engine ends without a word when it comes to a group whose schedule it cannot read. */
function checkSchedule(plan: PlanElement): readonly Problem[] {
  const property = plan.properties.find(({ name }) => name === SCHEDULE);
  if (property === undefined || !('text' in property) || property.text.includes('${')) return [];
  try {
    parseSchedule(property.text);
    return [];
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return [problems.elementWarns(`the run ends when it comes to this group: ${error.message}`)];
  }
}
