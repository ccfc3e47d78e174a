import { JavaError, javaTrim, parseInteger, toInt } from '../../java/index.js';
import { type Awaitable, type PlacedSampler, prop, Sample, type User } from '../../model/index.js';
import { LineError, UpgradeError, type WebSocketFrame, type WebSocketUpgrade } from '../../protocol/index.js';
import { connectTarget } from './connect-url.js';
import { type Connection, type Current, currentOf, newConnection, settingsOf } from './connection.js';
import { describeFrame, typeName } from './frame-text.js';
import { setRequestHeaders } from './upgrade-headers.js';

/** Both timeouts are read by every sampler, used or not: what is no number loses the sample. */
export const timeouts = {
  /** Milliseconds. */
  connectTimeout: prop.text('connectTimeout', '20000'),
  /** Milliseconds. */
  readTimeout: prop.text('readTimeout', '6000'),
};
/** Where a sampler connects to. */
export const address = {
  tls: prop.flag('TLS'),
  server: prop.text('server'),
  port: prop.text('port', '80'),
  path: prop.text('path'),
};

interface Timeouts {
  readonly name: string;
  readonly connectTimeout: string;
  readonly readTimeout: string;
}
interface Address extends Timeouts {
  readonly tls: boolean;
  readonly server: string;
  readonly port: string;
  readonly path: string;
}

/** One sample on its way. */
export interface Job {
  readonly sample: Sample;
  readonly user: User;
  readonly self: PlacedSampler;
  readonly connection: Connection;
  /** Milliseconds. */
  readonly readTimeout: number;
}

/** What the kinds of samplers do differently. */
export interface Kind {
  /** What is wrong with the properties; such a sample never starts. */
  readonly wrong: string | undefined;
  /** The connection to use; undefined when there is none, and the sample says so already. */
  connection(sample: Sample, current: Current): Connection | undefined;
  /** Sends and receives; the frame given back counts in the sizes. */
  exchange(job: Job): Awaitable<WebSocketFrame | undefined>;
  /** Fills in what was received; called last, and only on success. */
  finish?(frame: WebSocketFrame | undefined, job: Job): void;
  /** Another frame than the one waited for; by default that of the samplers that read. */
  unexpected?(frame: WebSocketFrame, job: Job): void;
}

/** Another frame came than was waited for. */
export class UnexpectedFrame extends Error {
  constructor(readonly frame: WebSocketFrame) {
    super('unexpected frame');
  }
}
/** The sample has said already why it failed. */
export class Aborted extends Error {}

/**
 * A WebSocket sample as WebsocketSampler.sample takes it: validate, get the connection, connect if it is not, exchange,
 * fill in, keep or forget the connection. Throws (which loses the sample) where the plugin does.
 */
export function websocketSample(kind: Kind, props: Timeouts, user: User, self: PlacedSampler): Awaitable<Sample> {
  const sample = new Sample();
  sample.label = props.name;
  const { wrong } = kind;
  if (wrong !== undefined) return says(sample, 'Sampler error', `Sampler error: ${wrong}`);
  const readTimeout = parseInteger(javaTrim(props.readTimeout));
  const connectTimeout = parseInteger(javaTrim(props.connectTimeout));
  const current = currentOf(user);
  const connection = kind.connection(sample, current);
  if (connection === undefined) return sample;
  return take(kind, { sample, user, self, connection, readTimeout }, connectTimeout, current);
}

async function take(kind: Kind, job: Job, connectTimeout: number, current: Current): Promise<Sample> {
  const { sample, user, connection } = job;
  const { client } = connection;
  const headers = client.connected ? undefined : setRequestHeaders(job);
  let upgrade: WebSocketUpgrade | undefined;
  const { clock } = user.test;
  user.onInterrupt = client.cancel;
  sample.start(clock.now());
  try {
    sample.samplerData = connection.requestText;
    if (headers !== undefined) {
      const proxy = settingsOf(user.test).proxyFor(client.target.host);
      upgrade = await client.connect({ headers, connectTimeout, readTimeout: job.readTimeout, proxy });
      sample.connected(clock.now());
      sample.headersSize = upgrade.responseSize;
      sample.sentBytes = upgrade.requestSize;
    } else sample.samplerData += '(using existing connection)\n';
    const frame = await kind.exchange(job);
    sample.end(clock.now());
    succeed(sample, upgrade, frame);
    kind.finish?.(frame, job);
    sample.success = true;
  } catch (error) {
    fail(kind, job, error);
  }
  settle(current, connection, upgrade !== undefined);
  return sample;
}

/** A connection made in this sample is kept whatever came after; another one only while it is connected. */
function settle(current: Current, connection: Connection, made: boolean): void {
  if (made) current.connection = connection;
  else if (!connection.client.connected) {
    current.connection = undefined;
    // JMeter leaves the socket to the garbage collector; nobody can use it any more.
    connection.client.dispose();
  }
}

function succeed(sample: Sample, upgrade: WebSocketUpgrade | undefined, frame: WebSocketFrame | undefined): void {
  if (frame !== undefined) {
    sample.headersSize += frame.size - frame.payloadSize;
    sample.bodySize += frame.payloadSize;
  }
  if (upgrade === undefined) {
    sample.code = '200';
    sample.message = 'OK';
    return;
  }
  sample.code = '101';
  sample.message = 'Switching Protocols';
  sample.responseHeaders = upgrade.headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
}

function fail(kind: Kind, job: Job, error: unknown): void {
  const { sample, user } = job;
  if (error instanceof UnexpectedFrame) {
    if (kind.unexpected) kind.unexpected(error.frame, job);
    else {
      sample.end(user.test.clock.now());
      says(
        sample,
        `Sampler error: unexpected frame type (${typeName(error.frame)}).`,
        `Received: ${describeFrame(error.frame)}`,
      );
    }
    return;
  }
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

/** The old connection is gone even if the new one cannot be made. */
export function connectAnew(props: Address, user: User, current: Current): Connection {
  current.connection?.client.dispose();
  const { tls, server, port, path } = props;
  return newConnection(connectTarget(tls, server, parseInteger(javaTrim(port)), path), user);
}

/** For samplers that may be told to use what is there. */
export function reuse(sample: Sample, current: Current): Connection | undefined {
  if (current.connection === undefined)
    says(sample, 'Sampler error', 'Sampler configured for using existing connection, but there is no connection');
  return current.connection;
}

export const wrongAddress = (props: Address): string | undefined =>
  wrongPort(javaTrim(props.port)) ?? wrongTimeout('Connection timeout', javaTrim(props.connectTimeout), 1, 999_999);

export const wrongReadTimeout = (props: Timeouts): string | undefined =>
  wrongTimeout('Read timeout', javaTrim(props.readTimeout), 0, 9_999_999);

function wrongPort(text: string): string | undefined {
  const port = toInt(text);
  if (port === undefined) return `Port number '${text}' is not a number.`;
  return port <= 0 || port > 65535 ? `Port number '${text}' is not valid.` : undefined;
}

function wrongTimeout(what: string, text: string, least: number, most: number): string | undefined {
  const ms = toInt(text);
  if (ms === undefined) return `${what} '${text}' is not a number.`;
  return ms < least || ms > most ? `${what} '${ms}' is not valid; should between ${least} and ${most}` : undefined;
}
