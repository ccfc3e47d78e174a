import { JavaError } from '../../java/index.js';
import { prop, Sample, type User } from '../../model/index.js';
import { type MqttAck, MqttError, type MqttQos, type MqttWaiter } from '../../protocol/index.js';
import { type Connection, connectionOf } from '../mqtt/connection.js';
import { fill } from '../mqtt/fill.js';

/** Milliseconds to wait for what is awaited, 0 = for ever. */
export const timeoutProp = prop.int('mqtt.timeout', 10_000);

/** Why a sample fails, as its row tells it. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const late = (what: string, timeout: number): Failure => new Failure('504', `No ${what} within ${timeout} ms.`);

/** A sample that begins at once and ends when `take` is through with it; what `take` gives is its message. */
export async function sampleOver(
  name: string,
  user: User,
  take: (connection: Connection, sample: Sample) => Promise<string>,
): Promise<Sample> {
  const { clock } = user.test;
  const sample = new Sample();
  sample.label = name;
  sample.dataType = 'text';
  sample.start(clock.now());
  try {
    const connection = connectionOf(user);
    if (connection === undefined) throw new Failure('500', 'There is no MQTT connection.');
    sample.message = await take(connection, sample);
    sample.end(clock.now());
    sample.code = '200';
    sample.success = true;
  } catch (error) {
    const failure = failureOf(error);
    sample.end(clock.now());
    fill(sample, failure.code, failure.message, failure.message);
  }
  return sample;
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof MqttError) return new Failure('501', error.message);
  if (error instanceof JavaError) return new Failure('502', `${error}`);
  throw error;
}

/** Waits until `begin` has called one of its two; rejects with Failure when the time is over or the sampler is interrupted. */
export function waitFor<T>(
  user: User,
  timeout: number,
  what: string,
  begin: (done: (value: T) => void, failed: (error: Error) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const alarm = timeout > 0 ? user.test.after(timeout, () => reject(late(what, timeout))) : undefined;
    const done = (value: T): void => {
      alarm?.cancel();
      resolve(value);
    };
    const failed = (error: Error): void => {
      alarm?.cancel();
      reject(error);
    };
    user.onInterrupt = () => failed(new Failure('503', 'Interrupted.'));
    begin(done, failed);
  });
}

/** Sends a packet and waits for its answer. Rejects with MqttError, or with Failure; a refused one is a failure too. */
export async function answerTo(
  user: User,
  connection: Connection,
  timeout: number,
  what: string,
  send: (waiter: MqttWaiter) => void,
): Promise<MqttAck> {
  const ack = await waitFor<MqttAck>(user, timeout, what, (done, failed) => {
    const waiter = { done, failed };
    if (connection.session === undefined) failed(new MqttError('not-connected', 'The session is over.'));
    else send(waiter);
  });
  const refused = [ack.code, ...ack.codes].find((code) => code >= 128);
  if (refused !== undefined) throw new Failure('502', `The broker refused with code ${refused}${reason(ack)}.`);
  return ack;
}

const reason = ({ properties }: MqttAck): string => (properties.reason === undefined ? '' : ` (${properties.reason})`);

/** Topics between commas, as the plugin's Sub sampler has them. */
export const filtersOf = (topics: string): readonly string[] => topics.split(',').filter((topic) => topic !== '');

/** A QoS that is none is 0, as in the plugin's Sub sampler. */
export const qosOf = (number: number): MqttQos => (number === 1 || number === 2 ? number : 0);
