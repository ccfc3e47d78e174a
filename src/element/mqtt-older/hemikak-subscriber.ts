import { JavaError } from '../../java/index.js';
import { element, Sample, type User } from '../../model/index.js';
import type { MqttQos } from '../../protocol/index.js';
import { unlessInterrupted } from './broker.js';
import {
  ASYNC,
  BLOCKING,
  PAHO_KEYS,
  PahoClient,
  PahoError,
  type PahoProps,
  pahoProps,
  pahoQos,
} from './paho-client.js';
import { poolOf } from './paho-pool.js';

/** MQTT Subscriber of hemikak's plugin: subscribes when its thread starts; each sample is one message, waited for without end. */
export const hemikakSubscriber = element({
  tag: 'org.apache.jmeter.protocol.mqtt.sampler.SubscriberSampler',
  gui: 'org.apache.jmeter.protocol.mqtt.control.gui.MQTTSubscriberGui',
  toldBy: PAHO_KEYS,
  call: 'mqtt.hemikak.subscriber',
  props: pahoProps,
  interruptible: true,
  threadStarted: (given, user, self) => void subscriberOf(given, user, self),
  sample: (given, user, self) => sampleOf(subscriberOf(given, user, self), user),
  threadFinished: (_, { test }) => poolOf(test).clear(),
});

interface Arrived {
  readonly payload: Buffer;
  readonly qos: MqttQos;
  readonly dup: boolean;
  readonly retain: boolean;
  readonly at: number;
}

/** What one thread listens with. */
interface Subscriber {
  readonly messages: Arrived[];
  counted: number;
  /** The plugin lets no thread go on before it has subscribed, or failed. */
  readonly ready: Promise<void>;
  failure: PahoError | undefined;
  /** There is no client: the plugin stumbles, and the sample is lost. */
  lost: boolean;
  interrupted: boolean;
  wake: (() => void) | undefined;
}

const LOG = 'o.a.j.p.m.s.SubscriberSampler';

const subscriberOf = (given: PahoProps, user: User, self: object): Subscriber =>
  user.state(self, () => {
    const subscriber: Subscriber = {
      messages: [],
      counted: 0,
      ready: Promise.resolve().then(() => subscribe(subscriber, given, user)),
      failure: undefined,
      lost: true,
      interrupted: false,
      wake: undefined,
    };
    return subscriber;
  });

async function subscribe(subscriber: Subscriber, given: PahoProps, { test }: User): Promise<void> {
  const wrong = problemOf(given);
  if (wrong !== undefined) {
    test.log.write('ERROR', LOG, wrong);
    poolOf(test).clear();
    subscriber.interrupted = true;
    return;
  }
  try {
    if (given.client !== BLOCKING && given.client !== ASYNC) return;
    const client = new PahoClient(given, test, ({ payload, qos, dup, retain }) => {
      subscriber.messages.push({ payload: Buffer.from(payload), qos, dup, retain, at: test.clock.now() });
      subscriber.wake?.();
    });
    await client.connect();
    subscriber.lost = false;
    await client.subscribe(given.topic, pahoQos(given.qos) ?? 0);
    poolOf(test).add(client);
  } catch (error) {
    if (error instanceof PahoError) subscriber.failure = error;
    else if (!(error instanceof JavaError)) throw error;
    test.log.write('ERROR', LOG, `${error}`);
  }
}

function problemOf({ url, topic }: PahoProps): string | undefined {
  if (url.trim() === '') return 'The broker url cannot be empty';
  return topic.trim() === '' ? 'The topic name(destination) cannot be empty' : undefined;
}

async function sampleOf(subscriber: Subscriber, user: User): Promise<Sample | undefined> {
  const { clock } = user.test;
  const ready = subscriber.ready.then(() => true);
  if (!(await unlessInterrupted(user, ready))) return undefined;
  const sample = new Sample();
  // The plugin takes no notice of the element's name.
  sample.label = 'MQTT Subscriber';
  sample.start(clock.now());
  const { failure } = subscriber;
  if (failure !== undefined) return failed(sample, user, `Client is not connected.\n${failure}`, `${failure}`);
  if (subscriber.lost && !subscriber.interrupted) throw new JavaError('java.lang.NullPointerException');
  const message = subscriber.interrupted ? undefined : await nextMessage(subscriber, user);
  if (message === undefined) return failed(sample, user, STOPPED, '');
  sample.end(clock.now());
  sample.success = true;
  sample.message = told(message, ++subscriber.counted);
  sample.explicitBytes = message.payload.length;
  sample.setData(message.payload);
  sample.code = '200';
  return sample;
}

const STOPPED = 'Client has been stopped or an error occurred while receiving messages. Received  valid messages.';

/** The next one that came; undefined once the sampler was interrupted, now and for ever. */
function nextMessage(subscriber: Subscriber, user: User): Promise<Arrived | undefined> {
  return new Promise((resolve) => {
    subscriber.wake = () => {
      const message = subscriber.messages.shift();
      if (message === undefined) return;
      subscriber.wake = undefined;
      resolve(message);
    };
    user.onInterrupt = () => {
      subscriber.interrupted = true;
      poolOf(user.test).clear();
      resolve(undefined);
    };
    subscriber.wake();
  });
}

const told = ({ qos, dup, at, retain }: Arrived, count: number): string => `
Received ${count} messages.
Current message QOS : ${qos}
Is current message a duplicate : ${dup}
Received timestamp of current message : ${at}
Is current message a retained message : ${retain}`;

function failed(sample: Sample, user: User, message: string, data: string): Sample {
  sample.message = message;
  sample.setText(data);
  sample.end(user.test.clock.now());
  sample.code = 'FAILED';
  return sample;
}
