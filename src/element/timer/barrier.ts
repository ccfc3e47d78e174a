import type { User } from '../../model/index.js';

/** Lets users through when as many as its size are here; one that gives up lets all through that wait. */
export class Barrier {
  /** 0 = not known yet. */
  size = 0;
  #waiting: (() => void)[] = [];

  /** Undefined when the user need not wait; else whether it was this user whose time was over. `ms` may be endless. */
  await(user: User, ms: number): Promise<boolean> | undefined {
    if (user.interrupted || this.#waiting.length + 1 >= this.size) {
      this.#open();
      return undefined;
    }
    if (!(ms > 0)) {
      this.#open();
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      let timedOut = false;
      const alarm = user.test.clock.after(ms, () => {
        timedOut = true;
        this.#open();
      });
      user.onInterrupt = () => this.#open();
      this.#waiting.push(() => {
        alarm.cancel();
        user.onInterrupt = undefined;
        resolve(timedOut);
      });
    });
  }

  #open(): void {
    const all = this.#waiting;
    this.#waiting = [];
    for (const leave of all) leave();
  }
}
