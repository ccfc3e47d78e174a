import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader } from '../../src/fleet/frame.js';

describe('the stream of rows', () => {
  const whole = Buffer.concat([
    encodeFrame({ kind: 'open', file: 0, events: 0 }, '{"a":1}'),
    encodeFrame({ kind: 'rows', file: 3, events: 2 }, 'äb\nc\n'),
    encodeFrame({ kind: 'rows', file: 0, events: 1 }, Buffer.from([0xff, 10])),
    encodeFrame({ kind: 'log', file: 0, events: 0 }, ''),
  ]);
  const read = (pieces: readonly Buffer[]): string[] => {
    const heard: string[] = [];
    const reader = new FrameReader(({ kind, file, events, payload }) =>
      heard.push(`${kind} ${file} ${events} ${payload.toString('hex')}`),
    );
    for (const piece of pieces) reader.push(piece);
    return heard;
  };
  const frames = ['open 0 0 7b2261223a317d', 'rows 3 2 c3a4620a630a', 'rows 0 1 ff0a', 'log 0 0 '];

  it('is read however it is cut', () => {
    expect(read([whole])).toEqual(frames);
    expect(read([...whole].map((byte) => Buffer.from([byte])))).toEqual(frames);
    expect(read([whole.subarray(0, 15), whole.subarray(15, 40), whole.subarray(40)])).toEqual(frames);
  });
  it('ends before the frame that is not whole', () => {
    expect(read([whole.subarray(0, whole.length - 13)])).toEqual(frames.slice(0, 2));
  });
});
