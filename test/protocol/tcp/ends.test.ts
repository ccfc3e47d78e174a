import { describe, expect, it } from 'vitest';
import { Answer, TooLong } from '../../../src/protocol/tcp/answer.js';
import { type AnswerEnd, afterLength, behindBytes, readEndsWith, whereFound } from '../../../src/protocol/tcp/ends.js';

const room = (each = 1 << 20, left = each) => ({ each, left });

/** Gives an end the pieces one after the other; what the answer is then, and what is left over. */
function fed(end: AnswerEnd, pieces: readonly string[]): readonly [complete: boolean, answer: string, left: string] {
  const answer = new Answer(room(), () => {});
  const wire = { bytes: Buffer.alloc(0), start: 0, end: 0 };
  let complete = false;
  for (const piece of pieces) {
    wire.bytes = Buffer.concat([wire.bytes.subarray(wire.start, wire.end), Buffer.from(piece, 'latin1')]);
    wire.start = 0;
    wire.end = wire.bytes.length;
    complete = complete || end(answer, wire);
  }
  return [complete, answer.bytes.toString('latin1'), wire.bytes.toString('latin1', wire.start, wire.end)];
}
/** All ways to cut a text in two. */
const cuts = (text: string): readonly string[][] =>
  Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);

describe('the end of an answer, wherever it is cut', () => {
  it.each<readonly [string, AnswerEnd, text: string, answer: string, left: string]>([
    ['bytes', behindBytes(Buffer.from('\r\n')), 'a\rb\r\r\nnext\r\n', 'a\rb\r\r\n', 'next\r\n'],
    ['length', afterLength({ size: 2, littleEndian: false, includesItself: false }), '\0\x02abcd', '\0\x02ab', 'cd'],
    ['own length', afterLength({ size: 1, littleEndian: true, includesItself: true }), '\x03abcd', '\x03ab', 'cd'],
    ['length 0', afterLength({ size: 1, littleEndian: false, includesItself: false }), '\0rest', '\0', 'rest'],
    [
      'less than itself',
      afterLength({ size: 2, littleEndian: false, includesItself: true }),
      '\0\x01ab',
      '\0\x01',
      'ab',
    ],
  ])('%s', (_, end, text, answer, left) => {
    for (const cut of cuts(text)) expect(fed(end, cut), JSON.stringify(cut)).toEqual([true, answer, left]);
  });

  it('takes a pattern that ends before what came last for ending in it', () => {
    const end = whereFound((bytes) => (bytes.includes('!!') ? 1 : undefined));
    expect(fed(end, ['ab!', '!cd'])).toEqual([true, 'ab!', '!cd']);
  });

  it('counts an end byte where a read of 4096 ends, too', () => {
    const text = `${'x'.repeat(4095)}\nmore`;
    expect(fed(readEndsWith(10), [text])).toEqual([true, text.slice(0, 4096), 'more']);
    expect(fed(readEndsWith(10), ['a\nb', 'c\n'])).toEqual([true, 'a\nbc\n', '']);
    expect(fed(readEndsWith(undefined), ['a\n', 'b\n'])).toEqual([false, 'a\nb\n', '']);
  });
});

describe('room for answers', () => {
  const unread = (size: number) => ({ bytes: Buffer.alloc(size), start: 0, end: size });

  it('is given back', () => {
    const shared = room(100_000, 150_000);
    const [one, other] = [new Answer(shared, () => {}), new Answer(shared, () => {})];
    one.take(unread(100_000), 100_000);
    expect(() => other.take(unread(90_000), 90_000)).toThrow(TooLong);
    one.release();
    other.take(unread(90_000), 90_000);
    expect([other.size, shared.left]).toEqual([90_000, 60_000]);
  });

  it('is always there for a small answer', () => {
    const answer = new Answer(room(100_000, 0), () => {});
    for (let i = 0; i < 60; i++) answer.take(unread(1000), 1000);
    expect(answer.size).toBe(60_000);
    expect(() => answer.take(unread(10_000), 10_000)).toThrow(TooLong);
  });

  it('ends for one answer at its own limit', () => {
    expect(() => new Answer(room(1000, 10_000), () => {}).take(unread(1001), 2000)).toThrow(TooLong);
  });
});
