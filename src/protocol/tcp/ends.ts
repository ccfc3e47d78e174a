import type { Answer, Unread } from './answer.js';

/** Where an answer ends: takes what of the bytes that came belongs to it, and says whether it is complete. */
export interface AnswerEnd {
  (answer: Answer, wire: Unread): boolean;
  /** Milliseconds of silence behind the first bytes that end it. */
  readonly idle?: number;
  /** Whether the end of the stream ends it too; otherwise it is cut off there. */
  readonly orClosed?: boolean;
}

/** What one read of a Java client takes at most. */
const READ = 4096;

/**
 * Ends where one read ends with that byte; a byte in the middle of what came together ends nothing. Without one it ends
 * where the stream does.
 */
export function readEndsWith(byte: number | undefined): AnswerEnd {
  const end = (answer: Answer, wire: Unread): boolean => {
    while (wire.end > wire.start) {
      answer.take(wire, READ);
      if (byte !== undefined && wire.bytes[wire.start - 1] === byte) return true;
    }
    return false;
  };
  return Object.assign(end, { orClosed: true });
}

/** Ends behind these bytes, wherever they come; what follows them is left for the next answer. */
export function behindBytes(bytes: Buffer): AnswerEnd {
  return (answer, wire) => {
    const from = Math.max(0, answer.size - bytes.length + 1);
    answer.take(wire, Number.POSITIVE_INFINITY);
    const at = answer.bytes.indexOf(bytes, from);
    if (at < 0) return false;
    answer.giveBack(wire, answer.size - at - bytes.length);
    return true;
  };
}

/** How an answer tells its length in front of it. */
export interface LengthPrefix {
  /** Bytes of the number, 1 to 6. */
  readonly size: number;
  readonly littleEndian: boolean;
  /** Whether the number counts its own bytes. */
  readonly includesItself: boolean;
}

/** Ends where the number in front of it says; the number is a part of the answer. */
export function afterLength({ size, littleEndian, includesItself }: LengthPrefix): AnswerEnd {
  return (answer, wire) => {
    if (answer.size < size) answer.take(wire, size - answer.size);
    if (answer.size < size) return false;
    const { bytes } = answer;
    const length = littleEndian ? bytes.readUIntLE(0, size) : bytes.readUIntBE(0, size);
    const total = includesItself ? Math.max(size, length) : size + length;
    answer.take(wire, total - answer.size);
    return answer.size >= total;
  };
}

/** Ends where `find` finds its end in the bytes (their number up to there); what follows is left for the next answer. */
export function whereFound(find: (bytes: Buffer) => number | undefined): AnswerEnd {
  return (answer, wire) => {
    const taken = wire.end - wire.start;
    answer.take(wire, Number.POSITIVE_INFINITY);
    const size = taken === 0 ? undefined : find(answer.bytes);
    if (size === undefined) return false;
    answer.giveBack(wire, Math.min(taken, Math.max(0, answer.size - size)));
    return true;
  };
}

/** Ends when nothing came for that long (milliseconds), or with the stream. */
export function afterSilence(idle: number): AnswerEnd {
  const end = (answer: Answer, wire: Unread): boolean => {
    answer.take(wire, Number.POSITIVE_INFINITY);
    return false;
  };
  return Object.assign(end, { idle, orClosed: true });
}
