import { randomBytes, randomInt } from 'node:crypto';
import {
  decodeCharset,
  JavaError,
  JavaRandom,
  parseDouble,
  parseInteger,
  parseLong,
  utf8Bytes,
} from '../../java/index.js';

export const KINDS = {
  text: 'mqtt_text_message',
  generated: 'mqtt_generated_value',
  fixed: 'mqtt_fixed_value',
  large: 'mqtt_big_volume',
} as const;

const TYPE = {
  int: 'mqtt_int_value',
  long: 'mqtt_long_value',
  float: 'mqtt_float_value',
  double: 'mqtt_double_value',
  string: 'mqtt_string_value',
} as const;

/** What the publisher is to send, as the plan says it. */
export interface PayloadSettings {
  readonly kind: string;
  readonly text: string;
  readonly fixed: string;
  readonly fixedType: string;
  readonly generatedType: string;
  readonly randomness: string;
  readonly min: string;
  readonly max: string;
  readonly seed: string;
  readonly size: string;
  readonly stamped: boolean;
  readonly numbered: boolean;
  readonly format: string;
  readonly charset: string;
}

/**
 * One payload of the plugin (MqttPublisher): a byte that says what follows, except before a text; a time stamp; a number; the
 * value. undefined = there is no such kind, and nothing is sent. Throws JavaError for values that are none.
 */
export function makePayload(settings: PayloadSettings, now: number, nextNumber: () => number): Buffer | undefined {
  const { kind, stamped, numbered } = settings;
  const type = kind === KINDS.fixed ? settings.fixedType : kind === KINDS.generated ? settings.generatedType : '';
  if (!ALL_KINDS.has(kind)) return undefined;
  const parts: Buffer[] = [];
  if (kind !== KINDS.text)
    parts.push(Buffer.of((stamped ? 0x80 : 0) | (numbered ? 0x40 : 0) | (TYPE_FLAGS[type] ?? 0)));
  if (stamped) parts.push(longBytes(BigInt(now)));
  if (numbered) parts.push(intBytes(nextNumber()));
  parts.push(theValue(settings));
  return formatted(Buffer.concat(parts), settings);
}

const ALL_KINDS: ReadonlySet<string> = new Set(Object.values(KINDS));
const TYPE_FLAGS: Readonly<Record<string, number>> = {
  [TYPE.int]: 0x20,
  [TYPE.long]: 0x10,
  [TYPE.float]: 0x08,
  [TYPE.double]: 0x04,
  [TYPE.string]: 0x02,
};

function theValue(settings: PayloadSettings): Buffer {
  switch (settings.kind) {
    case KINDS.text:
      return utf8Bytes(settings.text);
    case KINDS.fixed:
      return fixedValue(settings.fixed, settings.fixedType);
    case KINDS.generated:
      return generatedValue(settings);
    default:
      return manyBytes(parseInteger(settings.size));
  }
}

function fixedValue(text: string, type: string): Buffer {
  switch (type) {
    case TYPE.int:
      return intBytes(parseInteger(text));
    case TYPE.long:
      return longBytes(toBigInt(text));
    case TYPE.double:
      return doubleBytes(parseDouble(text));
    // A float is written as a double.
    case TYPE.float:
      return doubleBytes(Math.fround(parseDouble(text)));
    case TYPE.string:
      return utf8Bytes(text);
    default:
      return NOTHING;
  }
}

interface Source {
  nextInt(bound: number): number;
  nextLong(): bigint;
  nextFloat(): number;
  nextDouble(): number;
}

const secure: Source = {
  nextInt: (bound) => randomInt(bound),
  nextLong: () => randomBytes(8).readBigInt64BE(),
  nextFloat: () => randomInt(2 ** 24) / 2 ** 24,
  nextDouble: () => randomInt(2 ** 47) / 2 ** 47,
};

/** Seeded anew for each message, so that the pseudo-random values of a plan are all the same. */
function sourceOf({ randomness, seed }: PayloadSettings): Source | undefined {
  if (randomness !== 'mqtt_pseudo_random' && randomness !== 'mqtt_secure_random') return undefined;
  const number = toBigInt(seed);
  return randomness === 'mqtt_pseudo_random' ? new JavaRandom(number) : secure;
}

function generatedValue(settings: PayloadSettings): Buffer {
  const source = sourceOf(settings);
  const { min, max, generatedType } = settings;
  if (source === undefined) return NOTHING;
  switch (generatedType) {
    case TYPE.int:
      return intBytes(randomBetween(source, parseInteger(max), parseInteger(min)));
    case TYPE.long:
      return longBytes(longBetween(source, toBigInt(max), toBigInt(min)));
    case TYPE.double: {
      const [most, least] = [parseDouble(max), parseDouble(min)];
      return doubleBytes(least + (most - least) * source.nextDouble());
    }
    case TYPE.float: {
      const [most, least] = [Math.fround(parseDouble(max)), Math.fround(parseDouble(min))];
      const bytes = Buffer.alloc(4);
      bytes.writeFloatBE(least + Math.fround(Math.fround(most - least) * source.nextFloat()));
      return bytes;
    }
    default:
      return NOTHING;
  }
}

function randomBetween(source: Source, max: number, min: number): number {
  const bound = (max - min) | 0;
  if (bound <= 0) throw new JavaError('java.lang.IllegalArgumentException', 'bound must be positive');
  return source.nextInt(bound) + min;
}

function longBetween(source: Source, max: bigint, min: bigint): bigint {
  const range = BigInt.asIntN(64, max - min);
  if (range === 0n) throw new JavaError('java.lang.ArithmeticException', '/ by zero');
  const rest = source.nextLong() % range;
  return (rest < 0n ? -rest : rest) + min;
}

function manyBytes(size: number): Buffer {
  if (size < 0) throw new JavaError('java.lang.NegativeArraySizeException', `${size}`);
  return Buffer.alloc(size, Buffer.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
}

function formatted(bytes: Buffer, { format, charset }: PayloadSettings): Buffer {
  switch (format) {
    case 'mqtt_binary':
      return binary(bytes);
    case 'mqtt_base64':
      return Buffer.from(bytes.toString('base64'));
    case 'mqtt_binhex':
      return Buffer.from(bytes.toString('hex'));
    case 'mqtt_plain_text':
      return utf8Bytes(decodeCharset(bytes, charset));
    default:
      return bytes;
  }
}

/** Eight digits for each byte, the last byte first (BinaryCodec of commons-codec). */
function binary(bytes: Buffer): Buffer {
  let text = '';
  for (let i = bytes.length - 1; i >= 0; i--) text += (bytes[i] ?? 0).toString(2).padStart(8, '0');
  return Buffer.from(text);
}

const NOTHING = Buffer.alloc(0);

function toBigInt(text: string): bigint {
  const number = parseLong(text);
  return Number.isSafeInteger(number) ? BigInt(number) : BigInt(text.replace('+', ''));
}

function intBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
}

function longBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt.asIntN(64, value));
  return bytes;
}

function doubleBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}
