import { LineError, TimeoutError, type Wire } from '../line/index.js';
import type { Answer } from './answer.js';
import type { AnswerEnd } from './ends.js';

/** The other side closed the connection in the middle of an answer. */
export class CutOff extends LineError {
  constructor(size: number) {
    super(`the connection was closed before the answer was complete, bytes read: ${size}`);
  }
}

/**
 * Receives into the answer until it is complete; each wait for more lasts at most `timeout` ms (0 = for ever). Throws
 * LineError, TimeoutError, TooLong and CutOff; what came until then is in the answer.
 */
export function receive(wire: Wire, answer: Answer, end: AnswerEnd, timeout: number): Promise<void> | true {
  const step = (): true | undefined => {
    if (end(answer, wire)) return true;
    if (!wire.ended) return undefined;
    wire.throwIfReset();
    if (end.orClosed) return true;
    throw new CutOff(answer.size);
  };
  if (end.idle !== undefined) return receiveUntilSilence(wire, answer, step, timeout, end.idle);
  const done = wire.until(step, timeout);
  return done === true ? true : done.then(() => undefined);
}

async function receiveUntilSilence(
  wire: Wire,
  answer: Answer,
  step: () => true | undefined,
  timeout: number,
  idle: number,
): Promise<void> {
  const begun = (): boolean | undefined => step() ?? (answer.size > 0 ? false : undefined);
  if (await wire.until(begun, timeout)) return;
  try {
    await wire.until(step, idle);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
  }
}
