import type { ClientKey, LineError, TlsClient } from '../line/index.js';

/** Where a session's line goes to; one object for all sessions that go there. */
export interface MqttAddress {
  readonly host: string;
  readonly port: number;
  /** Absent = no TLS. */
  readonly tls?: TlsClient | undefined;
  /** Path of the WebSocket; absent = no WebSocket. */
  readonly webSocket?: string | undefined;
}
export type { ClientKey };

/** Where a line comes from: both = no search for a free port, which costs ten times the connect itself. */
export interface LocalEnd {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

/** What carries the packets of one session. */
export interface Line {
  /** Sends; false = the other side is slow, and `drained` will be told. */
  send(bytes: Uint8Array): boolean;
  /** Bytes that wait to be sent. */
  readonly waiting: number;
  /** Reads on, after `received` gave false. */
  resume(): void;
  /** Closes at once; with a reset nothing of the line stays in the kernel. */
  cut(reset: boolean): void;
}

/** Who hears of a line. After `lost`, or a call of `cut`, nothing more comes. */
export interface LineUser {
  opened(): void;
  /** Bytes `from` to `to`, which are ours during the call only; false = no more for now. */
  received(bytes: Buffer, from: number, to: number): boolean;
  drained(): void;
  /** The line is over; undefined = the other side closed it. */
  lost(error: LineError | undefined): void;
}
