import { createHash, createHmac, randomUUID } from 'node:crypto';

/** What the expressions of stand-ins get from their surroundings. */
export interface Surroundings {
  /** Uniform in [0, 1). */
  random(): number;
  property(name: string): string | undefined;
  env(name: string): string | undefined;
}

type Call = (...args: readonly unknown[]) => unknown;

const bytes = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.from(text(value)));
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (Buffer.isBuffer(value)) return value.toString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
const integer = (value: unknown): number => Math.trunc(Number(Buffer.isBuffer(value) ? text(value) : value));
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const hash =
  (algorithm: string): Call =>
  (value, output) =>
    written(createHash(algorithm).update(bytes(value)).digest(), output);

/** Digests are hexadecimal unless `raw` (for |base64) or `base64` is asked for. */
function written(digest: Buffer, output: unknown = 'hex'): string | Buffer {
  return output === 'raw' ? digest : digest.toString(output === 'base64' ? 'base64' : 'hex');
}

/** `value|name(argument)`. */
export const transforms = ({ random }: Pick<Surroundings, 'random'>): Readonly<Record<string, Call>> => ({
  randomChoice: (value) => list(value)[Math.floor(random() * list(value).length)],
  md5: hash('md5'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  hmac: (value, key, algorithm = 'sha256', output = 'hex') =>
    written(createHmac(text(algorithm), bytes(key)).update(bytes(value)).digest(), output),
  base64: (value) => bytes(value).toString('base64'),
  unbase64: (value) => Buffer.from(text(value), 'base64').toString(),
  hex: (value) => bytes(value).toString('hex'),
  int: integer,
  string: text,
  upper: (value) => text(value).toUpperCase(),
  lower: (value) => text(value).toLowerCase(),
  // As java.net.URLEncoder: a space is a plus, and *-._ stay.
  urlencode: (value) =>
    encodeURIComponent(text(value))
      .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  json: (value) => JSON.stringify(value ?? null),
  parseJson: (value) => JSON.parse(text(value)) as unknown,
  split: (value, separator = ',') => text(value).split(text(separator)),
  join: (value, separator = ',') => list(value).map(text).join(text(separator)),
  length: (value) => (Array.isArray(value) ? value.length : text(value).length),
  replace: (value, what, by = '') => text(value).replaceAll(text(what), () => text(by)),
  slice: (value, from = 0, to) => {
    const end = to === undefined ? undefined : integer(to);
    return Array.isArray(value) ? value.slice(integer(from), end) : text(value).slice(integer(from), end);
  },
  padStart: (value, width = 0, fill = ' ') => text(value).padStart(integer(width), text(fill)),
  keys: (value) => (typeof value === 'object' && value !== null ? Object.keys(value) : []),
});

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `name(argument)`. */
export const functions = (around: Surroundings): Readonly<Record<string, Call>> => ({
  now: () => Date.now(),
  uuid: () => randomUUID(),
  randomInt: (from = 0, to = 2147483647) =>
    integer(from) + Math.floor(around.random() * (integer(to) - integer(from) + 1)),
  randomString: (length = 8, letters = LETTERS) =>
    Array.from({ length: integer(length) }, () => text(letters).charAt(around.random() * text(letters).length)).join(
      '',
    ),
  env: (name, fallback = '') => around.env(text(name)) ?? fallback,
  property: (name, fallback = '') => around.property(text(name)) ?? fallback,
});
