import { type Test, textsMayWait, type User, Wait } from '../model/index.js';

/** Lets one call of a function wait: what came is kept for the user until the call is evaluated again. */
export class Waiting {
  readonly #key = {};

  /** `test`: functions of its plan may wait from now on. */
  constructor(test: Test) {
    textsMayWait(test).may = true;
  }

  /** What `begin` gives; throws Wait when it has to be waited for. */
  value(user: User, begin: () => string | undefined | Promise<string | undefined>): string | undefined {
    const arrived = user.state(this.#key, (): { value?: string | undefined; there: boolean } => ({ there: false }));
    if (arrived.there) {
      arrived.there = false;
      return arrived.value;
    }
    const given = begin();
    if (!(given instanceof Promise)) return given;
    throw new Wait(
      given.then((value) => {
        arrived.value = value;
        arrived.there = true;
      }),
    );
  }
}
