import { type Awaitable, type Log, Sample, type User } from '../../model/index.js';

/** What a Java Request hands to its class. */
export interface JavaArguments {
  readonly values: ReadonlyMap<string, string>;
  /** The element's. */
  readonly name: string;
  readonly log: Log;
}
/** One user's instance of a class. */
export type JavaClient = (given: JavaArguments, user: User) => Awaitable<Sample>;

/** The classes that JMeter itself brings for the Java Request. */
export const javaClients: ReadonlyMap<string, () => JavaClient> = new Map([
  ['org.apache.jmeter.protocol.java.test.JavaTest', () => javaTest],
  ['org.apache.jmeter.protocol.java.test.SleepTest', sleepTest],
]);

/** JavaTest reads its arguments at each sample. */
const javaTest: JavaClient = (given, user) => {
  const sleep = sleepTime(long(given, 'Sleep_Time', 100n), long(given, 'Sleep_Mask', 0xffn), user);
  const sample = new Sample();
  sample.message = text(given, 'ResponseMessage');
  sample.code = text(given, 'ResponseCode');
  const success = text(given, 'Status', 'OK').toLowerCase() === 'ok';
  sample.label = text(given, 'Label') || given.name;
  const samplerData = text(given, 'SamplerData');
  if (samplerData !== '') sample.samplerData = samplerData;
  sample.sentBytes = samplerData.length;
  const resultData = text(given, 'ResultData');
  if (resultData !== '') {
    sample.encoding = 'UTF-8';
    sample.setText(resultData);
  }
  sample.dataType = 'text';
  return slept(sample, sleep, user, (interrupted) => {
    sample.success = success && !interrupted;
  });
};

/** SleepTest reads its arguments once per user. */
function sleepTest(): JavaClient {
  let settings: { readonly time: bigint; readonly mask: bigint; readonly name: string } | undefined;
  return (given, user) => {
    settings ??= { time: long(given, 'SleepTime', 1000n), mask: long(given, 'SleepMask', 0x3ffn), name: given.name };
    const sleep = sleepTime(settings.time, settings.mask, user);
    const sample = new Sample();
    sample.label = settings.name;
    sample.samplerData = `Sleep Test: time = ${sleep}`;
    return slept(sample, sleep, user, (interrupted) => {
      if (interrupted) sample.message = 'java.lang.InterruptedException: sleep interrupted';
      sample.success = !interrupted;
    });
  };
}

/** Milliseconds: the time plus the clock modulo the mask (not masked, in spite of its name), when both are positive. */
function sleepTime(time: bigint, mask: bigint, user: User): number {
  return Number(time > 0n && mask > 0n ? time + (BigInt(user.test.clock.now()) % mask) : time);
}

function slept(sample: Sample, ms: number, user: User, finish: (interrupted: boolean) => void): Awaitable<Sample> {
  const { clock } = user.test;
  sample.start(clock.now());
  const done = (slept: boolean): Sample => {
    finish(!slept);
    // Both classes pass the interrupt on: no later sleep of this thread waits.
    if (!slept) user.interrupted = true;
    sample.end(clock.now());
    return sample;
  };
  return ms > 0 ? user.sleep(ms).then(done) : done(true);
}

const text = ({ values }: JavaArguments, name: string, fallback = ''): string => values.get(name) ?? fallback;

function long({ values, log }: JavaArguments, name: string, fallback: bigint): bigint {
  const given = values.get(name);
  if (given === undefined) return fallback;
  const decoded = decodeLong(given);
  if (decoded !== undefined) return decoded;
  log.write(
    'WARN',
    'o.a.j.p.j.s.JavaSamplerContext',
    `Value for parameter '${name}' not a long: '${given}'.  Using default: '${fallback}'.`,
  );
  return fallback;
}

/** Long.decode: decimal, 0x or # hexadecimal, leading 0 octal; undefined for what it refuses. */
export function decodeLong(given: string): bigint | undefined {
  const found = /^([+-]?)(?:(?:0[xX]|#)([0-9a-fA-F]+)|0([0-7]+)|(0|[1-9]\d*))$/.exec(given);
  if (!found) return undefined;
  const [, sign, hex, octal, decimal = ''] = found;
  const digits = hex !== undefined ? `0x${hex}` : octal !== undefined ? `0o${octal}` : decimal;
  const size = BigInt(digits);
  const value = sign === '-' ? -size : size;
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined;
}
