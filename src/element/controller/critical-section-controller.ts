import { Controller, element, type Named, prop, type Step, type Test, type User, Wait } from '../../model/index.js';
import { Lock } from './lock.js';

const LOG = 'o.a.j.c.CriticalSectionController';
/** The locks of a run, by name: all thread groups share them. */
const LOCKS = {};

const props = { lockName: prop.text('CriticalSectionController.lockName') };

/** The lock that a controller of a user has; its end gives it back too. */
interface Held {
  lock: Lock | undefined;
}

/** Takes its lock before the first child of a pass and gives it back when it rewinds (CriticalSectionController 5.6.3). */
class CriticalSection extends Controller<Named<typeof props>> {
  readonly #held = heldBy(this.user, this.self);

  override next(): Step | undefined {
    if (this.props.lockName === '') {
      this.user.test.log.write('WARN', LOG, `Empty lock name in Critical Section Controller: ${this.name}`);
      return super.next();
    }
    if (this.first) {
      this.#held.lock ??= lockNamed(this.props.lockName, this.user.test);
      const wait = this.#held.lock.take(this.user);
      if (wait) throw new Wait(wait);
    }
    return super.next();
  }

  override reInitialize(): void {
    giveBack(this.#held, this.user);
    super.reInitialize();
  }
}

/** Lets one user at a time run its children, among all that ask for the lock of that name; without a name all pass. */
export const criticalSectionController = element({
  tag: 'CriticalSectionController',
  gui: 'CriticalSectionControllerGui',
  call: 'critical',
  props,
  shards: 'alone',
  controller: CriticalSection,
  threadFinished(settings, user, self) {
    const held = heldBy(user, self);
    if (held.lock?.isHeldBy(user)) {
      const text = `Lock '${settings.lockName}' not released in: ${settings.name}, releasing in threadFinished`;
      user.test.log.write('WARN', LOG, text);
    }
    giveBack(held, user);
  },
});

const heldBy = (user: User, self: object): Held => user.state(self, () => ({ lock: undefined }));

function giveBack(held: Held, user: User): void {
  if (held.lock?.isHeldBy(user)) held.lock.release();
  held.lock = undefined;
}

function lockNamed(name: string, test: Test): Lock {
  const locks = test.state(LOCKS, () => new Map<string, Lock>());
  const lock = locks.get(name) ?? new Lock();
  locks.set(name, lock);
  return lock;
}
