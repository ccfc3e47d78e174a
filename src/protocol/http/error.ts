import { JavaError } from '../../java/index.js';

const HTTP = 'org.apache.http';

/** What HttpClient throws, by its class; all of them are IOExceptions. */
export const httpError = {
  /** The server broke HTTP's rules; HttpClient keeps the reason in a cause that nobody sees. */
  protocol: (message?: string): JavaError => new JavaError(`${HTTP}.client.ClientProtocolException`, message),
  noResponse: (host: string): JavaError =>
    new JavaError(`${HTTP}.NoHttpResponseException`, `${host} failed to respond`),
  closed: (message: string): JavaError => new JavaError(`${HTTP}.ConnectionClosedException`, message),
  chunk: (message: string): JavaError => new JavaError(`${HTTP}.MalformedChunkCodingException`, message),
  truncatedChunk: (expected: bigint, actual: number): JavaError =>
    new JavaError(
      `${HTTP}.TruncatedChunkException`,
      `Truncated chunk (expected size: ${grouped(expected)}; actual size: ${grouped(actual)})`,
    ),
  tooLong: (what: string): JavaError => new JavaError(`${HTTP}.MessageConstraintException`, what),
  refused: (host: string, addresses: string, why: string): JavaError =>
    new JavaError(`${HTTP}.conn.HttpHostConnectException`, `Connect to ${host}${addresses} failed: ${why}`),
  connectTimeout: (host: string, addresses: string, why: string): JavaError =>
    new JavaError(`${HTTP}.conn.ConnectTimeoutException`, `Connect to ${host}${addresses} failed: ${why}`),
  unknownHost: (message: string): JavaError => new JavaError('java.net.UnknownHostException', message),
  /** The server goes on in another protocol. */
  switched: (): JavaError => new JavaError(`${HTTP}.ProtocolException`, SWITCHED),
  aborted: (): JavaError => new JavaError(`${HTTP}.impl.execchain.RequestAbortedException`, 'Request aborted'),
} as const;

const SWITCHED = 'Switching Protocols';

export const isSwitched = (error: unknown): boolean => error instanceof JavaError && error.message === SWITCHED;

/** A number as `%,d` prints it. */
export const grouped = (n: number | bigint): string => n.toLocaleString('en-US');
