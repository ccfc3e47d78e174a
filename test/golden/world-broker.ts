/** The world's MQTT broker, made when the first client speaks to it. */
import type { Duplex } from 'node:stream';
import { Aedes, type AuthenticateError } from 'aedes';

export class WorldBroker {
  #made: Promise<Aedes> | undefined;

  /** User `denied` is refused with code 4, `silent` gets no answer; topics `forbidden…` may not be used. */
  handle(stream: Duplex): void {
    this.#made ??= Aedes.createBroker({
      authenticate: (_client, user, _password, done) => {
        if (user === 'silent') return;
        if (user !== 'denied') done(null, true);
        else done(Object.assign(new Error('denied'), { returnCode: 4 }) as AuthenticateError, false);
      },
      authorizeSubscribe: (_client, subscription, done) =>
        done(null, subscription.topic.startsWith('forbidden') ? null : subscription),
      authorizePublish: (_client, packet, done) =>
        done(packet.topic.startsWith('forbidden') ? new Error('forbidden') : null),
    });
    stream.pause();
    void this.#made.then((broker) => {
      broker.handle(stream);
      stream.resume();
    });
  }

  async close(): Promise<void> {
    const broker = await this.#made;
    if (broker) await new Promise<void>((resolve) => broker.close(() => resolve()));
  }
}
