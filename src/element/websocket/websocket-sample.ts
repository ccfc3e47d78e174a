import { JavaError } from '../../java/index.js';
import { type Awaitable, type PlacedSampler, Sample, type User } from '../../model/index.js';
import {
  type FrameReader,
  LineError,
  TimeoutError,
  UpgradeError,
  type WebSocketFrame,
  type WebSocketUpgrade,
} from '../../protocol/index.js';
import { type Connection, type Current, currentOf, settingsOf } from './connection.js';
import { millisecondsOf, type Timeouts } from './connection-props.js';
import { readFrame } from './filtered-read.js';
import { describeFrame, typeName } from './frame-text.js';
import { setRequestHeaders } from './upgrade-headers.js';

/** What the kinds of samplers do differently. */
export interface Kind<P extends Timeouts> {
  /** What is wrong with the properties; such a sample never starts. */
  wrong?(props: P): string | undefined;
  /** The connection to use; undefined when there is none, and the sample says so already. */
  connection(sample: Sample, current: Current, props: P, user: User): Connection | undefined;
  /** Sends; gives the bytes on the wire. */
  send?(job: Job<P>): number;
  /** Whether the frame is the one waited for; without it nothing is waited for. */
  expects?(frame: WebSocketFrame, props: P): boolean;
  /** Whether it is all right that no frame comes in time. */
  optional?(props: P): boolean;
  /** Fills in what was received; called last, and only on success. */
  finish?(frame: WebSocketFrame | undefined, job: Job<P>): void;
  /** Another frame than the one waited for; by default that of the samplers that read. */
  unexpected?(frame: WebSocketFrame, sample: Sample): void;
}

/** The sample has said already why it failed. */
export class Aborted extends Error {}

/**
 * A WebSocket sample as WebsocketSampler.sample takes it: validate, get the connection, then the {@link Job}. Throws
 * (which loses the sample) where the plugin does.
 */
export function websocketSample<P extends Timeouts>(
  kind: Kind<P>,
  props: P,
  user: User,
  self: PlacedSampler,
): Awaitable<Sample> {
  const sample = new Sample();
  sample.label = props.name;
  const wrong = kind.wrong?.(props);
  if (wrong !== undefined) return says(sample, 'Sampler error', `Sampler error: ${wrong}`);
  const readTimeout = millisecondsOf(props.readTimeout);
  const connectTimeout = millisecondsOf(props.connectTimeout);
  const current = currentOf(user);
  const connection = kind.connection(sample, current, props, user);
  if (connection === undefined) return sample;
  return new Job(kind, props, { sample, user, self, current, connection, connectTimeout, readTimeout }).take();
}

interface Given {
  readonly sample: Sample;
  readonly user: User;
  readonly self: PlacedSampler;
  readonly current: Current;
  readonly connection: Connection;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds. */
  readonly readTimeout: number;
}

/**
 * One sample on its way: connect if the connection is not, send, wait for a frame, fill in, keep or forget the connection.
 * What comes later calls it back, so that a sample costs one promise, and none when nothing waits.
 */
export class Job<P extends Timeouts = Timeouts> implements FrameReader {
  #upgrade: WebSocketUpgrade | undefined;
  #reading = false;
  #ended = false;
  /** A mistake of ours, which is no failure of the sample. */
  #bug: unknown;
  #resolve: ((sample: Sample) => void) | undefined;
  #reject: ((bug: unknown) => void) | undefined;

  constructor(
    readonly kind: Kind<P>,
    readonly props: P,
    readonly given: Given,
  ) {}

  take(): Awaitable<Sample> {
    const { sample, user, connection } = this.given;
    const { client } = connection;
    const headers = client.connected ? undefined : setRequestHeaders(this.given);
    user.onInterrupt = client.cancel;
    sample.start(user.test.clock.now());
    if (headers !== undefined) this.#connect(headers);
    else {
      sample.samplerData = connection.reuseText;
      this.#exchange();
    }
    if (this.#bug !== undefined) throw this.#bug;
    if (this.#ended) return sample;
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  #connect(headers: ReturnType<typeof setRequestHeaders>): void {
    const { sample, user, connection, connectTimeout, readTimeout } = this.given;
    const { client } = connection;
    sample.samplerData = connection.requestText;
    const proxy = settingsOf(user.test).proxyFor(client.target.host);
    client.connect({ headers, connectTimeout, readTimeout, proxy }).then(
      (upgrade) => {
        this.#upgrade = upgrade;
        sample.connected(user.test.clock.now());
        sample.headersSize = upgrade.responseSize;
        sample.sentBytes = upgrade.requestSize;
        this.#exchange();
      },
      (error: unknown) => this.failed(error),
    );
  }

  #exchange(): void {
    try {
      const { kind } = this;
      const size = kind.send?.(this);
      const slow = size === undefined ? undefined : this.given.connection.client.drained();
      if (slow === undefined) this.#sent(size);
      else slow.then(() => this.#sent(size)).catch((error: unknown) => this.failed(error));
    } catch (error) {
      this.failed(error);
    }
  }

  #sent(size: number | undefined): void {
    if (size !== undefined) this.given.sample.sentBytes = size;
    if (this.kind.expects === undefined) {
      this.#succeed(undefined);
      return;
    }
    this.#reading = true;
    const frame = readFrame(this.given, this);
    if (frame !== undefined) this.#received(frame);
  }

  /** The frame that was waited for. */
  frame(frame: WebSocketFrame): void {
    try {
      this.#received(frame);
    } catch (error) {
      this.failed(error);
    }
  }

  #received(frame: WebSocketFrame): void {
    this.#reading = false;
    const { kind, props } = this;
    if (kind.expects?.(frame, props)) this.#succeed(frame);
    else {
      const { sample, user } = this.given;
      if (kind.unexpected) kind.unexpected(frame, sample);
      else {
        sample.end(user.test.clock.now());
        const type = typeName(frame);
        says(sample, `Sampler error: unexpected frame type (${type}).`, `Received: ${describeFrame(frame)}`);
      }
      this.#over();
    }
  }

  #succeed(frame: WebSocketFrame | undefined): void {
    const { sample, user } = this.given;
    sample.end(user.test.clock.now());
    if (frame !== undefined) {
      sample.headersSize += frame.size - frame.payloadSize;
      sample.bodySize += frame.payloadSize;
    }
    setResponse(sample, this.#upgrade);
    this.kind.finish?.(frame, this);
    sample.success = true;
    this.#over();
  }

  failed(error: unknown): void {
    try {
      if (this.#reading && error instanceof TimeoutError && this.kind.optional?.(this.props)) {
        this.#reading = false;
        this.#succeed(undefined);
        return;
      }
      sayFailure(this.given, error);
    } catch (bug) {
      this.#bug = bug;
    }
    this.#over();
  }

  /** A connection made in this sample is kept whatever came after; another one only while it is connected. */
  #over(): void {
    const { current, connection, sample } = this.given;
    if (this.#upgrade !== undefined) current.connection = connection;
    else if (!connection.client.connected) {
      current.connection = undefined;
      // JMeter leaves the socket to the garbage collector; nobody can use it any more.
      connection.client.dispose();
    }
    this.#ended = true;
    if (this.#bug === undefined) this.#resolve?.(sample);
    else this.#reject?.(this.#bug);
  }
}

function setResponse(sample: Sample, upgrade: WebSocketUpgrade | undefined): void {
  if (upgrade === undefined) {
    sample.code = '200';
    sample.message = 'OK';
    return;
  }
  sample.code = '101';
  sample.message = 'Switching Protocols';
  sample.responseHeaders = upgrade.headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
}

function sayFailure({ sample, user }: Given, error: unknown): void {
  if (sample.endTime === 0 || error instanceof UpgradeError) sample.end(user.test.clock.now());
  if (error instanceof Aborted) return;
  if (error instanceof UpgradeError) says(sample, error.status === undefined ? '' : `${error.status}`, error.message);
  else if (error instanceof LineError) says(sample, 'Websocket I/O error', `WebSocket I/O error: ${error.message}`);
  else if (error instanceof JavaError) says(sample, 'Sampler error', `Sampler error: ${error}`);
  else throw error;
}

export function says(sample: Sample, code: string, message: string): Sample {
  sample.code = code;
  sample.message = message;
  return sample;
}
