import { LineError } from '../line/index.js';
import { OPCODE } from '../websocket/frame.js';

/** Who hears of the frames of a server. */
export interface FrameUser {
  /** A part of the stream, whichever frames it came in. */
  data(bytes: Buffer, from: number, to: number): void;
  ping(payload: Buffer): void;
  close(): void;
}

/** The longest head of a frame that is not masked. */
const HEAD = 10;

/**
 * Takes the payload out of a server's WebSocket frames as it comes, however long the frames are (RFC 6455 §5). Throws LineError
 * for what a server must not send, and for text, which is no MQTT.
 */
export class Unframer {
  readonly #head = Buffer.alloc(HEAD);
  #headLength = 0;
  /** Bytes of the payload that are to come; undefined = the head is not complete. */
  #left: number | undefined;
  #opcode = 0;
  #control = Buffer.alloc(0);

  constructor(private readonly user: FrameUser) {}

  take(bytes: Buffer, from: number, to: number): void {
    let at = from;
    while (at < to) {
      if (this.#left === undefined) {
        this.#head[this.#headLength++] = bytes[at++] ?? 0;
        this.#readHead();
      } else {
        const end = Math.min(to, at + this.#left);
        this.#left -= end - at;
        this.#payload(bytes, at, end);
        at = end;
      }
      if (this.#left === 0) this.#end();
    }
  }

  #readHead(): void {
    const head = this.#head;
    if (this.#headLength < 2) return;
    const short = head[1] ?? 0;
    if (short > 127) throw new LineError('A server must not mask its frames.');
    const size = short < 126 ? 2 : short === 126 ? 4 : HEAD;
    if (this.#headLength < size) return;
    this.#opcode = (head[0] ?? 0) & 0x0f;
    this.#left =
      short < 126
        ? short
        : short === 126
          ? head.readUInt16BE(2)
          : head.readUInt32BE(2) * 2 ** 32 + head.readUInt32BE(6);
    const { continuation, binary, close, ping, pong } = OPCODE;
    const control = this.#opcode === close || this.#opcode === ping || this.#opcode === pong;
    if ((!control && this.#opcode !== continuation && this.#opcode !== binary) || (control && short > 125))
      throw new LineError(`A WebSocket frame of type ${this.#opcode} has no place here.`);
  }

  #payload(bytes: Buffer, from: number, to: number): void {
    if (this.#opcode === OPCODE.continuation || this.#opcode === OPCODE.binary) this.user.data(bytes, from, to);
    else this.#control = Buffer.concat([this.#control, bytes.subarray(from, to)]);
  }

  #end(): void {
    const payload = this.#control;
    this.#left = undefined;
    this.#headLength = 0;
    this.#control = Buffer.alloc(0);
    if (this.#opcode === OPCODE.ping) this.user.ping(payload);
    else if (this.#opcode === OPCODE.close) this.user.close();
  }
}
