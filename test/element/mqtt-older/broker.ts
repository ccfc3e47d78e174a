import type { Placed, PlacedSampler, Props, Sample, User } from '../../../src/model/index.js';
import { takeSample } from '../../kit-element.js';
import { aedesBroker } from '../../protocol/mqtt/mqtt-kit.js';

/** A broker that tells what it hears; user `denied` is refused, topic `forbidden` cannot be subscribed to. */
export async function hearingBroker() {
  const broker = await aedesBroker();
  const heard: string[] = [];
  let wake: (() => void) | undefined;
  const hear = (line: string): void => {
    heard.push(line);
    wake?.();
  };
  const { aedes } = broker;
  aedes.authenticate = (client, user, _password, done) => {
    hear(`connect ${client.id} clean=${client.clean} user=${user}`);
    if (user === 'denied') done(Object.assign(new Error('denied'), { returnCode: 4 }), false);
    else done(null, true);
  };
  aedes.authorizeSubscribe = (_client, subscription, done) =>
    done(null, subscription.topic === 'forbidden' ? null : subscription);
  aedes.on('subscribe', (subscriptions, client) => {
    for (const { topic, qos } of subscriptions) hear(`subscribe ${client.id} ${topic} ${qos}`);
  });
  aedes.on('publish', ({ topic, payload, qos, retain }, client) => {
    if (client !== null) hear(`publish ${client.id} ${topic} ${payload} ${qos}${retain ? ' retain' : ''}`);
  });
  const connections = new Map<string, { destroy(): void }>();
  aedes.on('client', ({ id, conn }) => void connections.set(id, conn));
  aedes.on('clientDisconnect', ({ id }) => hear(`gone ${id}`));
  return {
    ...broker,
    heard,
    /** Waits until it has heard that. */
    async hears(line: string): Promise<void> {
      while (!heard.includes(line))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
    /** Cuts a client off, and gives it time to notice. */
    async cut(id: string): Promise<void> {
      connections.get(id)?.destroy();
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    },
    publish: (topic: string, payload: string): Promise<void> =>
      new Promise((resolve) =>
        aedes.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain: false, dup: false }, () =>
          resolve(),
        ),
      ),
  };
}

/** The thread starts, if the element hears of that. */
export const begin = <P extends Props>(placed: Placed<P>, user: User): void =>
  placed.element.threadStarted?.(placed.props(user), user, placed);
export const finish = <P extends Props>(placed: Placed<P>, user: User): void =>
  placed.element.threadFinished?.(placed.props(user), user, placed);

export async function take<P extends Props>(placed: PlacedSampler<P>, user: User): Promise<Sample> {
  const sample = await takeSample(placed, user);
  if (sample === undefined) throw new Error('no sample');
  return sample;
}

export const told = ({ label, code, message, success, text }: Sample): readonly unknown[] => [
  label,
  code,
  message,
  success,
  text,
];
