import { randomBytes } from 'node:crypto';
import { LineError } from '../line/index.js';
import { UpgradeError } from '../websocket/error.js';
import { encodeFrame, OPCODE } from '../websocket/frame.js';
import { acceptedHeaders, expectStatus, HeadReader, upgradeRequest } from '../websocket/handshake.js';
import type { Line, LineUser, LocalEnd, MqttAddress } from './line.js';
import { openStream } from './open-stream.js';
import { type FrameUser, Unframer } from './unframer.js';

const PROTOCOL = 'Sec-WebSocket-Protocol';

/** MQTT over a WebSocket, with the subprotocol `mqtt`. */
export class WebSocketLine implements Line, LineUser, FrameUser {
  readonly #inner: Line;
  readonly #unframer = new Unframer(this);
  readonly #key = randomBytes(16).toString('base64');
  /** Until the upgrade is done. */
  #head: HeadReader | undefined = new HeadReader();
  #user: LineUser | undefined;
  #goesOn = true;

  constructor(
    private readonly address: MqttAddress,
    private readonly path: string,
    local: LocalEnd,
    user: LineUser,
  ) {
    this.#user = user;
    this.#inner = openStream(address, local, this);
  }

  get waiting(): number {
    return this.#inner.waiting;
  }

  send(bytes: Uint8Array): boolean {
    return this.#inner.send(encodeFrame(OPCODE.binary, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)));
  }

  resume(): void {
    this.#inner.resume();
  }

  cut(reset: boolean): void {
    this.#user = undefined;
    this.#inner.cut(reset);
  }

  opened(): void {
    const { host, port } = this.address;
    const path = encodeURI(this.path.replace(/^\/+/, '')).replace(/[?#]/g, encodeURIComponent);
    const request = upgradeRequest(`/${path}`, `${host}:${port}`, [{ name: PROTOCOL, value: 'mqtt' }], this.#key);
    this.#inner.send(Buffer.from(request));
  }

  received(bytes: Buffer, from: number, to: number): boolean {
    this.#goesOn = true;
    try {
      this.#unframer.take(bytes, this.#upgrade(bytes, from, to), to);
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      this.#inner.cut(false);
      this.lost(error);
    }
    return this.#goesOn;
  }

  drained(): void {
    this.#user?.drained();
  }

  lost(error: LineError | undefined): void {
    const user = this.#user;
    this.#user = undefined;
    user?.lost(error);
  }

  data(bytes: Buffer, from: number, to: number): void {
    if (this.#user?.received(bytes, from, to) === false) this.#goesOn = false;
  }

  ping(payload: Buffer): void {
    this.#inner.send(encodeFrame(OPCODE.pong, payload));
  }

  close(): void {
    this.#inner.cut(false);
    this.lost(undefined);
  }

  /** Takes the answer to the upgrade and gives the position after it. Throws UpgradeError and LineError. */
  #upgrade(bytes: Buffer, from: number, to: number): number {
    const head = this.#head;
    if (head === undefined) return from;
    const at = head.take(bytes, from, to);
    const [status, ...lines] = head.lines;
    if (status !== undefined) expectStatus(status, 101);
    if (!head.done) return at;
    const protocol = acceptedHeaders(lines, this.#key).find(
      ({ name }) => name.toLowerCase() === PROTOCOL.toLowerCase(),
    );
    if (protocol?.value !== 'mqtt')
      throw new UpgradeError(`The server chose subprotocol ${protocol?.value}, not mqtt.`);
    this.#head = undefined;
    this.#user?.opened();
    return at;
  }
}
