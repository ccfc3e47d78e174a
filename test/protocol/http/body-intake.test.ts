import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type BodyIntake, type IntakeTerms, intakeFor, parseHead } from '../../../src/protocol/index.js';

const text = Buffer.from(Array.from({ length: 8_000 }, (_, i) => `${i * 7919} and `).join(''));
const strict = { lenientGzip: false, lenientDeflate: false };
const terms: IntakeTerms = { decoding: strict, md5: false, most: 0 };

function intake(coding: string, over: Partial<IntakeTerms> = {}, keep = true): BodyIntake {
  const made = intakeFor(parseHead(`HTTP/1.1 200 OK\nContent-Encoding: ${coding}`), keep, { ...terms, ...over });
  if (made === undefined) throw new Error('nothing to take in');
  return made;
}

/** The same buffer comes again and again, as on a line. */
function feed(to: BodyIntake, bytes: Buffer, piece: number): BodyIntake {
  const shared = Buffer.alloc(piece);
  for (let at = 0; at < bytes.length; at += piece) {
    const n = bytes.copy(shared, 0, at, at + piece);
    to.add(shared.subarray(0, n));
  }
  to.end();
  return to;
}

describe.each([1, 7, 512, 100_000])('a body that comes in pieces of %i', (piece) => {
  it.each([
    ['gzip', gzipSync(text)],
    ['gzip', Buffer.concat([gzipSync(text.subarray(0, 5000)), gzipSync(text.subarray(5000))])],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['br, gzip', brotliCompressSync(gzipSync(text))],
  ])('is decoded: %s', (coding, bytes) => {
    const done = feed(intake(coding), bytes, piece);
    expect(done.failure).toBeUndefined();
    expect(done.size).toBe(text.length);
    expect(done.body.equals(text)).toBe(true);
  });

  it('tells where it breaks', () => {
    const broken = gzipSync(text);
    broken[broken.length - 7] = (broken[broken.length - 7] ?? 0) ^ 1;
    expect(String(feed(intake('gzip'), broken, piece).failure)).toMatch(/ZipException: Corrupt GZIP trailer$/);
    const cut = gzipSync(text).subarray(0, -12);
    expect(String(feed(intake('gzip'), cut, piece).failure)).toMatch(/EOFException: Unexpected end of ZLIB/);
    const lenient = feed(intake('gzip', { decoding: { ...strict, lenientGzip: true } }), cut, piece);
    expect(lenient.failure).toBeUndefined();
    expect(text.subarray(0, lenient.size).equals(lenient.body)).toBe(true);
  });
});

const zeros = Buffer.alloc(16 * 1024 * 1024);

it('is counted where nobody looks at it', () => {
  const done = feed(intake('gzip', {}, false), gzipSync(zeros, { level: 1 }), 65536);
  expect(done.size).toBe(zeros.length);
  expect(done.body.length).toBe(0);
});

it('is kept as its MD5, of what was encoded', () => {
  const done = feed(intake('deflate', { md5: true }), deflateSync(text), 1000);
  expect(done.body.toString()).toBe(createHash('md5').update(text).digest('hex'));
  expect(done.size).toBe(text.length);
  expect(feed(intake('gzip', { md5: true }), gzipSync(''), 1000).body.length).toBe(0);
});

it('is kept as far as it may be', () => {
  for (const most of [1, 4096, 4097, 999_999]) {
    const done = feed(intake('gzip', { most }), gzipSync(text), 300);
    expect(done.size).toBe(text.length);
    expect(done.body.equals(text.subarray(0, most))).toBe(true);
  }
});
