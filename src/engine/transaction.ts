import { Controller, Sample, type SampleEvent, type Step, type TransactionStep } from '../model/index.js';
import type { CompiledSampler, ControllerNode, Listener } from './group-program.js';
import type { VirtualUser } from './user.js';

const PREFIX = 'Number of samples in transaction : ';
const summary = (calls: number, failing: number): string => `${PREFIX}${calls}, number of failing samples : ${failing}`;

/** A pass of a parent-mode transaction (TransactionSampler 5.6.3): its result, and the step that runs inside it now. */
export class OpenTransaction implements TransactionStep {
  readonly transaction = true;
  readonly sample = new Sample();
  inside: Step | undefined;
  done = false;
  #calls = 0;
  #failing = 0;
  #elapsed = 0;
  #connect = 0;

  constructor(
    readonly node: ControllerNode,
    private readonly controller: TransactionController,
    name: string,
  ) {
    this.sample.label = name;
    this.sample.success = true;
    this.sample.start(controller.now());
  }

  add(sample: Sample): void {
    this.#calls++;
    // After the first failure the failing child's code stays.
    if (this.#failing === 0) this.sample.code = sample.code;
    if (!sample.success) {
      this.sample.success = false;
      this.#failing++;
    }
    // SampleResult.addSubResult names both after the thread, also a transaction that a loop action cut off.
    this.sample.threadName = this.controller.user.threadName;
    this.sample.addSubSample(sample, false);
    this.#elapsed += sample.elapsed;
    this.#connect += sample.connectTime;
  }

  finish(): void {
    this.done = true;
    const { sample } = this;
    sample.message = summary(this.#calls, this.#failing);
    if (sample.success) sample.code = '200';
    if (!this.controller.includesTimers) {
      const end = this.controller.now();
      sample.idleTime = end - sample.startTime - this.#elapsed;
      sample.end(end);
    }
    sample.connectTime = this.#connect;
  }
}

/** Transaction Controller of one user, both modes (TransactionController 5.6.3). */
export class TransactionController extends Controller {
  /** The engine sets it right after construction. */
  node: ControllerNode | undefined;
  #open: OpenTransaction | undefined;
  #sample: Sample | undefined;
  #calls = 0;
  #failing = 0;
  #pause = 0;
  #previousEnd = 0;

  get isParent(): boolean {
    return this.self.element.transaction?.parent(this.props) ?? false;
  }
  get includesTimers(): boolean {
    return this.self.element.transaction?.includeTimers(this.props) ?? true;
  }
  now(): number {
    return this.user.test.clock.now();
  }

  override next(): Step | undefined {
    return this.isParent ? this.#nextInParent() : this.#nextBesides();
  }

  #nextInParent(): Step | undefined {
    if (this.#open?.done) {
      this.#open = undefined;
      return undefined;
    }
    if (this.first && this.node) this.#open = new OpenTransaction(this.node, this, this.props.name);
    const open = this.#open;
    const step = super.next();
    if (open === undefined) return undefined;
    open.inside = step;
    if (step === undefined) open.finish();
    return open;
  }

  protected override nextIsController(controller: Controller): Step | undefined {
    if (!this.isParent) return super.nextIsController(controller);
    const step = controller.next();
    if (step !== undefined) return step;
    this.currentReturnedNull(controller);
    // Not this.next(): that would give the transaction itself instead of what runs in it.
    return super.next();
  }

  #nextBesides(): Step | undefined {
    if (this.first) {
      this.#calls = 0;
      this.#failing = 0;
      this.#pause = 0;
      const sample = new Sample();
      sample.label = this.props.name;
      sample.success = true;
      sample.start(this.now());
      this.#previousEnd = sample.startTime;
      this.#sample = sample;
    }
    const isLast = this.current === this.children.length;
    const step = super.next();
    if (step === undefined && isLast) {
      if (this.#sample) this.#end(this.#sample);
    } else {
      // Also the calls that only found a child controller at its end: JMeter counts those too.
      this.#calls++;
    }
    return step;
  }

  #end(sample: Sample): void {
    if (!this.includesTimers) this.#pause += this.now() - this.#previousEnd;
    this.#close(sample);
    if (sample.success) sample.code = '200';
    this.#report(sample);
  }

  #close(sample: Sample): void {
    sample.idleTime += this.#pause;
    sample.end(this.now());
    sample.message = summary(this.#calls, this.#failing);
  }

  /** Goes to the listeners of the sampler that ran last, whichever that was. */
  #report(sample: Sample): void {
    const user = this.user as VirtualUser;
    this.needContext();
    const { heardBy } = user.kept;
    if (heardBy === undefined) {
      user.test.log.write('WARN', 'o.a.j.c.TransactionController', 'Could not fetch SamplePackage');
      return;
    }
    this.#sample = undefined;
    if (heardBy !== 'nobody') user.notify(sample, heardBy, { besides: true });
  }

  override triggerEndOfLoop(): void {
    if (!this.isParent) {
      const sample = this.#sample;
      if (sample) {
        this.#close(sample);
        sample.success = this.user.variables.get('JMeterThread.last_sample_ok') === 'true';
        this.#report(sample);
      }
    } else if (this.#open) {
      const { inside } = this.#open;
      if (inside instanceof OpenTransaction) this.#open.add(inside.sample);
      this.#open.finish();
      this.#open = undefined;
    } else throw new TypeError('the transaction is not open');
    super.triggerEndOfLoop();
  }

  /** Nothing is reported, and the children stay where they are. */
  override abandon(): void {
    this.#sample = undefined;
    this.reInitialize();
  }

  /** Hears the samples in its scope while a pass is open (additional-sample mode). */
  sampleOccurred({ sample }: SampleEvent): void {
    if (this.isParent) return;
    const own = this.#sample;
    if (own === undefined) return;
    own.threadName = sample.threadName;
    own.explicitBytes = own.bytes + sample.bytes;
    own.sentBytes += sample.sentBytes;
    if (!this.includesTimers) {
      this.#pause += sample.endTime - sample.elapsed - this.#previousEnd;
      this.#previousEnd = sample.endTime;
    }
    if (!sample.success) {
      own.success = false;
      this.#failing++;
    }
    own.allThreads = sample.allThreads;
    own.groupThreads = sample.groupThreads;
    own.latency += sample.latency;
    own.connectTime += sample.connectTime;
  }
}

/** The real sampler inside (possibly nested) transactions. */
export function realSampler(step: Step): CompiledSampler | undefined {
  let inner: Step | undefined = step;
  while (inner instanceof OpenTransaction) inner = inner.inside;
  return inner as CompiledSampler | undefined;
}

/** The listeners of a sampler that do not hear the transaction around it. */
export function listenersInside(listeners: readonly Listener[], transaction: ControllerNode): readonly Listener[] {
  const outer = new Set(transaction.transaction?.listeners);
  return listeners.filter((listener) => !outer.has(listener));
}
