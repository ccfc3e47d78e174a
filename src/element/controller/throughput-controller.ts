import { toDouble, toInt } from '../../java/index.js';
import { Controller, element, isOurs, type Named, prop, type Step, shareOf } from '../../model/index.js';

const props = {
  /** 0 a number of executions, 1 a percentage. */
  style: prop.int('ThroughputController.style'),
  /** Counts for each user, or for all users of the group together. */
  perThread: prop.flag('ThroughputController.perThread', true),
  /** Executions; what is no number is 1. */
  executions: prop.text('ThroughputController.maxThroughput', '1'),
  /** Percent; what is no number is 100. */
  percent: prop.text('ThroughputController.percentThroughput', '100'),
};

/** Passes of what encloses the controller, and those in which it ran. */
interface Counts {
  passes: number;
  runs: number;
}

/** Decides whenever the controller around it begins a pass (ThroughputController 5.6.3). */
class Throughput extends Controller<Named<typeof props>> {
  readonly #own: Counts = { passes: 0, runs: 0 };
  #runs = false;

  /** Also when it has run for the last time and its children are at their end: then it leaves its parent. */
  override get isDone(): boolean {
    if (this.children.length === 0) return true;
    if (this.props.style === 0 && ((this.#counts.runs >= this.#executions && this.#atEnd) || this.#executions === 0))
      return true;
    return this.props.style === 1 && Object.is(this.#percent, 0);
  }

  override next(): Step | undefined {
    return this.#runs ? super.next() : undefined;
  }

  override onParentIteration(): void {
    const counts = this.#counts;
    if (this.props.style === 0) this.#runs = this.#pass(counts, counts.runs < this.#executions);
    else {
      this.#passElsewhere(counts);
      this.#runs = this.#passAtRate(counts);
    }
  }

  #passAtRate(counts: Counts): boolean {
    return this.#pass(counts, (100 * counts.runs + 50) / (counts.passes + 1) < this.#percent);
  }
  #pass(counts: Counts, runs: boolean): boolean {
    counts.passes++;
    if (runs) counts.runs++;
    return runs;
  }

  /** Of passes that all users count, those count too that users of other shards make before this one. */
  #passElsewhere(counts: Counts): void {
    const { shard } = this.user.test;
    if (shard.count === 1 || this.props.perThread) return;
    const users = this.user.groupSize || undefined;
    while (!isOurs(counts.passes, shard, users)) this.#passAtRate(counts);
  }

  get #counts(): Counts {
    return this.props.perThread ? this.#own : this.user.test.state(this.self, () => ({ passes: 0, runs: 0 }));
  }
  get #atEnd(): boolean {
    return this.current >= this.children.length;
  }
  get #executions(): number {
    const executions = toInt(this.props.executions) ?? 1;
    const { shard } = this.user.test;
    return shard.count === 1 || this.props.perThread
      ? executions
      : shareOf(executions, shard, this.user.groupSize || undefined);
  }
  get #percent(): number {
    return Math.fround(toDouble(this.props.percent) ?? 100);
  }
}

/** Runs its children in the first passes, up to a number, or in a percentage of the passes. */
export const throughputController = element({
  tag: 'ThroughputController',
  gui: 'ThroughputControllerGui',
  call: 'throughput',
  props,
  shards: 'divides',
  controller: Throughput,
});
