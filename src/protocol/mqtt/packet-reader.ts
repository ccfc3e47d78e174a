import { MqttError, tooLarge } from './error.js';
import { Partial, packetSize } from './partial.js';

/** Cuts what comes in into packets; what is whole is not copied. */
export abstract class PacketReader {
  #partial: Partial | undefined;

  /** Bytes of the longest packet that is taken. */
  protected abstract get longest(): number;
  /** The session is over: no packet is taken any more. */
  protected abstract get over(): boolean;
  /** One packet, `first` being its first byte and the rest its body. May throw MqttError. */
  protected abstract packet(first: number, bytes: Buffer, from: number, to: number): void;
  protected abstract fail(error: MqttError): void;

  protected take(bytes: Buffer, from: number, to: number): void {
    try {
      this.#cut(bytes, this.#takeRest(bytes, from, to), to);
    } catch (error) {
      if (!(error instanceof MqttError)) throw error;
      this.fail(error);
    }
  }

  /** Forgets the packet of which the end did not come. */
  protected forgetPartial(): void {
    this.#partial = undefined;
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
    }
  }

  #packet(bytes: Buffer, from: number, to: number): void {
    let body = from + 2;
    while ((bytes[body - 1] ?? 0) > 127) body++;
    this.packet(bytes[from] ?? 0, bytes, body, to);
  }
}
