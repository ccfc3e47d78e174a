import { JavaError } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import {
  type MqttError,
  type MqttHello,
  type MqttListener,
  type MqttPublish,
  type MqttServer,
  MqttSession,
  type MqttSubscription,
} from '../../protocol/index.js';

interface Request {
  readonly message: MqttPublish;
  done(): void;
  failed(error: Error): void;
}

/** Seconds, the library's default. */
const KEEP_ALIVE = 30;
const LONGEST_DELAY = 30_000;
const NOBODY = { done() {}, failed() {} };

/**
 * A connection of the fusesource client 1.4 with its defaults: MQTT 3.1, and it tries for ever, first to connect and then to
 * come back; what was on its way is sent again.
 */
export class FuseConnection implements MqttListener {
  /** Messages that came. */
  received = 0;
  #session: MqttSession | undefined;
  #attempts = 0;
  #ended = false;
  /** Why it does not come back. */
  #failure: Error | undefined;
  #waiting: Request[] = [];

  constructor(
    private readonly test: Test,
    private readonly server: MqttServer,
    private readonly hello: Pick<MqttHello, 'clientId' | 'clean' | 'user' | 'password'>,
    private readonly subscriptions: readonly MqttSubscription[] = [],
  ) {}

  /** Resolves when the broker has accepted; rejects when it refuses, after which what is published waits for ever. */
  connect(): Promise<void> {
    return new Promise((resolve, reject) => this.#begin(resolve, reject));
  }

  /** Resolves when its QoS is satisfied. */
  publish(message: MqttPublish): Promise<void> {
    return new Promise((done, failed) => this.#send({ message, done, failed }));
  }

  end(): void {
    this.#ended = true;
    if (this.#session?.connected) this.#session.disconnect(NOBODY);
    else this.#session?.drop(false);
  }

  message(): void {
    this.received++;
  }

  closed(): void {
    this.#later(NOBODY.done, (error) => this.#giveUp(error));
  }

  #begin(done: () => void, refused: (error: Error) => void): void {
    if (this.#ended) return;
    const hello = { ...this.hello, level: 3, keepAlive: KEEP_ALIVE } as const;
    this.#session = new MqttSession(this.server, hello, {}, this, {
      done: () => {
        this.#established();
        done();
      },
      failed: ({ fault, code, message }) => {
        if (fault === 'refused')
          refused(new JavaError('java.io.IOException', `Could not connect: ${REFUSALS[code] ?? code}`));
        else if (fault === 'garbage') refused(new JavaError('java.io.IOException', message));
        else this.#later(done, refused);
      },
    });
  }

  #later(done: () => void, refused: (error: Error) => void): void {
    const delay = Math.min((10 * this.#attempts++) ** 2, LONGEST_DELAY);
    if (!this.#ended) this.test.after(delay, () => this.#begin(done, refused));
  }

  #established(): void {
    this.#attempts = 0;
    const { subscriptions } = this;
    if (subscriptions.length > 0) this.#session?.subscribe(subscriptions, NOBODY);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.#send(request);
  }

  #send(request: Request): void {
    const { message, done, failed } = request;
    if (this.#failure !== undefined) failed(this.#failure);
    else if (!this.#session?.connected) this.#waiting.push(request);
    else {
      const again = (error: MqttError): void => {
        if (error.fault === 'too-large') failed(new JavaError('java.net.ProtocolException', error.message));
        else this.#waiting.push(request);
      };
      if (this.#session.publish(message, { done, failed: again })) done();
    }
  }

  #giveUp(error: Error): void {
    this.#failure = error;
    for (const { failed } of this.#waiting) failed(error);
    this.#waiting = [];
  }
}

/** CONNACK.Code of the library. */
const REFUSALS: Readonly<Record<number, string>> = {
  1: 'CONNECTION_REFUSED_UNACCEPTED_PROTOCOL_VERSION',
  2: 'CONNECTION_REFUSED_IDENTIFIER_REJECTED',
  3: 'CONNECTION_REFUSED_SERVER_UNAVAILABLE',
  4: 'CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD',
  5: 'CONNECTION_REFUSED_NOT_AUTHORIZED',
};
