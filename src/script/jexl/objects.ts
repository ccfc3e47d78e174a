import {
  type DecimalFormat,
  decimalFormat,
  type JavaRandom,
  type SimpleDateFormat,
  simpleDateFormat,
} from '../../java/index.js';
import { Host, type HostClass, hostClass, method } from '../host/host.js';
import { Double, isNumber, toNumber } from '../value/number.js';
import { ScriptError, textOf } from '../value/value.js';

export const stringBuilder: HostClass<{ text: string }> = hostClass<{ text: string }>(
  'java.lang.StringBuilder',
  {
    append: method((self, a) => changed(self, self.text + textOf(a.any(0))), 1),
    reverse: method((self) => changed(self, [...self.text].reverse().join(''))),
    insert: method((self, a) => changed(self, spliced(self.text, a.int(0), 0, textOf(a.any(1)))), 2),
    deleteCharAt: method((self, a) => changed(self, spliced(self.text, a.int(0), 1, '')), 1),
    indexOf: method((self, a) => self.text.indexOf(a.text(0)), 1),
    length: method((self) => self.text.length),
    toString: method((self: { text: string }) => textIn(self)),
  },
  (self) => textIn(self),
);
const spliced = (text: string, at: number, drop: number, put: string): string =>
  text.slice(0, at) + put + text.slice(at + drop);
const textIn = (self: { text: string }): string => self.text;
function changed(self: { text: string }, text: string): Host<{ text: string }> {
  self.text = text;
  return new Host(stringBuilder, self);
}

export const date = hostClass<number>(
  'java.util.Date',
  {
    getTime: method((at) => BigInt(at)),
    getYear: method((at) => new Date(at).getFullYear() - 1900),
    getMonth: method((at) => new Date(at).getMonth()),
    getDate: method((at) => new Date(at).getDate()),
    getDay: method((at) => new Date(at).getDay()),
    getHours: method((at) => new Date(at).getHours()),
    getMinutes: method((at) => new Date(at).getMinutes()),
    getSeconds: method((at) => new Date(at).getSeconds()),
    after: method((at, a) => at > epochOf(a.any(0)), 1),
    before: method((at, a) => at < epochOf(a.any(0)), 1),
    toString: method((at: number) => dateText(at)),
  },
  dateText,
);
/** `Thu Jan 01 00:00:00 UTC 1970`. */
function dateText(at: number): string {
  const zone = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [day, month, number, year, time] = new Date(at).toString().split(' ');
  return `${day} ${month} ${number} ${time} ${zone} ${year}`;
}

export const random = hostClass<JavaRandom>('java.util.Random', {
  nextInt: method((self, a) => (a.count === 0 ? self.nextInt() : self.nextInt(a.int(0))), 0, 1),
  nextDouble: method((self) => new Double(self.nextDouble())),
  nextGaussian: method((self) => new Double(self.nextGaussian())),
  nextBoolean: method((self) => self.nextInt() < 0),
  nextLong: method((self) => BigInt.asIntN(64, (BigInt(self.nextInt()) << 32n) + BigInt(self.nextInt()))),
});

const simpleFormat = hostClass<SimpleDateFormat>('java.text.SimpleDateFormat', {
  format: method((self, a) => self.format(epochOf(a.any(0))), 1),
  parse: method((self, a) => new Host(date, self.parse(a.text(0)) ?? failed(a.text(0))), 1),
});

function failed(text: string): never {
  throw new ScriptError(`Unparseable date: "${text}"`);
}

/** The moment of a Date, or of a number of milliseconds. */
function epochOf(value: unknown): number {
  if (value instanceof Host && value.type === date) return Number(value.self);
  if (isNumber(value)) return toNumber(value);
  throw new ScriptError('no Date');
}

/** `new("java.text.SimpleDateFormat", pattern)`; a wrong pattern is an error of the engine. */
export function dateFormat(pattern: string): Host<SimpleDateFormat> {
  try {
    return new Host(simpleFormat, simpleDateFormat(pattern));
  } catch {
    throw new ScriptError(`Illegal pattern ${pattern}`);
  }
}

const decimals = hostClass<DecimalFormat>('java.text.DecimalFormat', {
  format: method((self, a) => {
    const value = a.any(0);
    if (!isNumber(value)) throw new ScriptError('Cannot format given Object as a Number');
    return self.format(toNumber(value));
  }, 1),
});

/** `new java.text.DecimalFormat(pattern)`; a wrong pattern is an error of the engine. */
export function numberPattern(pattern: string): Host<DecimalFormat> {
  try {
    return new Host(decimals, decimalFormat(pattern));
  } catch {
    throw new ScriptError(`Malformed pattern "${pattern}"`);
  }
}
