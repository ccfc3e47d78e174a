import { MqttError, tooLarge } from './error.js';
import { Partial, packetSize } from './partial.js';

/** Set while a chunk is cut: whoever waited for the last packet is to have his turn before the next one. */
let waits = false;

/** Cuts what comes in into packets; what is whole is not copied. */
export abstract class PacketReader {
  #partial: Partial | undefined;
  #rest: Buffer | undefined;

  /** Bytes of the longest packet that is taken. */
  protected abstract get longest(): number;
  /** The session is over: no packet is taken any more. */
  protected abstract get over(): boolean;
  /** One packet, `first` being its first byte and the rest its body. May throw MqttError. */
  protected abstract packet(first: number, bytes: Buffer, from: number, to: number): void;
  protected abstract fail(error: MqttError): void;
  /** What was held back has been taken. */
  protected abstract goOn(): void;

  /** False = something is held back, and `goOn` will be called; until then the line should give no more. */
  protected take(bytes: Buffer, from: number, to: number): boolean {
    if (this.#rest !== undefined) {
      this.#rest = Buffer.concat([this.#rest, bytes.subarray(from, to)]);
      return false;
    }
    try {
      this.#cut(bytes, this.#takeRest(bytes, from, to), to);
    } catch (error) {
      if (!(error instanceof MqttError)) throw error;
      this.fail(error);
    }
    return this.#rest === undefined;
  }

  /**
   * To be called with an answer that somebody waits for: packets that came in the same piece are then taken a little later. A
   * sampler that goes on because of PUBACK is to be the one that listens to the message behind it, as if that had come alone.
   */
  protected yieldAfterPacket(): void {
    waits = true;
  }

  /** Forgets the packet of which the end did not come. */
  protected forgetPartial(): void {
    this.#partial = this.#rest = undefined;
  }

  #takeRest(bytes: Buffer, from: number, to: number): number {
    const partial = this.#partial;
    if (partial === undefined) return from;
    const at = partial.take(bytes, from, to);
    if (partial.complete) {
      this.#partial = undefined;
      this.#packet(partial.bytes, 0, partial.end);
    }
    return at;
  }

  #cut(bytes: Buffer, from: number, to: number): void {
    let at = from;
    while (at < to && !this.over) {
      const size = packetSize(bytes, at, to);
      if (size > this.longest) throw tooLarge(size, this.longest);
      if (size === 0 || at + size > to) {
        this.#partial = new Partial(this.longest);
        this.#partial.take(bytes, at, to);
        return;
      }
      this.#packet(bytes, at, at + size);
      at += size;
      if (waits && at < to) {
        this.#hold(bytes, at, to);
        return;
      }
    }
  }

  #hold(bytes: Buffer, from: number, to: number): void {
    this.#rest = Buffer.from(bytes.subarray(from, to));
    setImmediate(() => {
      const rest = this.#rest;
      this.#rest = undefined;
      if (rest !== undefined && this.take(rest, 0, rest.length)) this.goOn();
    });
  }

  #packet(bytes: Buffer, from: number, to: number): void {
    let body = from + 2;
    while ((bytes[body - 1] ?? 0) > 127) body++;
    waits = false;
    this.packet(bytes[from] ?? 0, bytes, body, to);
  }
}
