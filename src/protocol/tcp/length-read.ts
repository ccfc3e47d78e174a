import { JavaError } from '../../java/index.js';
import type { AnswerEnd } from './ends.js';

/**
 * Reads a length (signed, big-endian) and as many bytes behind it, as a Java client does that asks for the length with
 * one read: a length that comes in pieces, or not at all, gives an empty answer. Throws NegativeArraySizeException.
 */
export class LengthRead {
  /** As told by the other side; undefined before. */
  length: number | undefined;

  constructor(
    private readonly prefix: number,
    private readonly begun: () => void,
  ) {}

  readonly end: AnswerEnd = Object.assign(
    (...[answer, wire]: Parameters<AnswerEnd>): boolean => {
      if (this.length === undefined) {
        const came = Math.min(this.prefix, wire.end - wire.start);
        if (came === 0) return false;
        const at = wire.start;
        wire.start += came;
        if (came < this.prefix) return true;
        this.begun();
        const length = wire.bytes.readIntBE(at, this.prefix);
        if (length < 0) throw new JavaError('java.lang.NegativeArraySizeException', String(length));
        this.length = length;
      }
      answer.take(wire, this.length - answer.size);
      return answer.size === this.length;
    },
    { orClosed: true },
  );
}
