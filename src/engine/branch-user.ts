import { JavaError } from '../java/index.js';
import type { BranchRun, Sample } from '../model/index.js';
import type { CompiledSampler, GroupProgram, Listener, Package } from './group-program.js';
import type { Heard } from './notify.js';
import { VirtualUser } from './user.js';

const NOT_RUNNING: BranchRun = { threadName: '', fullName: '', heard() {}, reports: false };

/**
 * A user inside the sample of another one (JMeterThreadParallel 0.12): it has the variables and the elements' state of its
 * parent, but connections, previous sample and end of its own. It begins again with each sample of the parent.
 */
export class BranchUser extends VirtualUser {
  #run = NOT_RUNNING;
  #ended = (): void => {};
  #stopsParent = false;
  /** JMeter's samplers remember the name of the thread that ran them first. */
  readonly #names = new Map<CompiledSampler, string>();

  declare readonly parent: VirtualUser;

  constructor(parent: VirtualUser, program: GroupProgram, group: object) {
    const { test, variables } = parent;
    super(
      {
        test,
        program,
        activeInGroup: parent.state(group, () => ({ count: 0 })),
        ended: () => this.#end(),
        stopGroup: (now) => parent.stopGroup(now),
      },
      { variables, threadName: '', number: 0, sameUser: false, onError: [], endTime: undefined },
      parent,
    );
  }

  /** Resolves at the end. */
  runOnce(run: BranchRun): Promise<void> {
    this.#run = run;
    this.#stopsParent = false;
    this.previous = undefined;
    this.interrupted = false;
    this.action = 'continue';
    this.parent.inner ??= new Set();
    this.parent.inner.add(this);
    return new Promise((resolve) => {
      this.#ended = resolve;
      this.start();
    });
  }

  #end(): void {
    this.parent.inner?.delete(this);
    // Only this one's: the other branches run to their ends.
    if (this.#stopsParent) this.parent.running = false;
    this.#ended();
  }

  override get threadName(): string {
    return this.#run.threadName;
  }
  /** JMeter's group of such threads has no name. */
  override get groupName(): string {
    return '';
  }

  /** What belongs to an element is the parent's; what belongs to a thread, such as a connection, is this one's own. */
  override state<T>(key: object, create: () => T): T {
    return 'element' in key ? this.parent.state(key, create) : super.state(key, create);
  }
  override peek<T>(key: object): T | undefined {
    return 'element' in key ? this.parent.peek(key) : super.peek(key);
  }

  /** Asked by an element, or by the run; a failed sample that stops the thread leaves the parent alone. */
  override stop(): void {
    this.#stopsParent = true;
    super.stop();
  }

  override remember(pack: Package): void {
    if (this.#run.reports) super.remember(pack);
    else this.kept.heardBy = 'nobody';
  }

  override claim(sampler: CompiledSampler): void {
    const first = this.#names.get(sampler);
    if (first === undefined) this.#names.set(sampler, this.#run.fullName);
    else if (first !== this.#run.fullName)
      throw new JavaError('java.lang.RuntimeException', 'Attempting to reset the thread name');
  }

  override notify(sample: Sample, listeners: readonly Listener[], how: Heard = {}): void {
    if (!how.besides) this.#run.heard(sample);
    if (this.#run.reports) super.notify(sample, listeners, how);
  }

  /** The parent counts for both. */
  protected override enter(): void {
    this.common.activeInGroup.count++;
  }
  protected override leave(): void {
    this.common.activeInGroup.count--;
  }
}
