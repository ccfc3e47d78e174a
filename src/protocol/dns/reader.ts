import type { Name } from './name.js';

/** A message that is none (org.xbill.DNS.WireParseException). */
export class WireParseError extends Error {}

/** Reads a message piece by piece, up to a limit. Throws WireParseError. */
export class DnsReader {
  at = 0;
  limit: number;

  constructor(private readonly message: Buffer) {
    this.limit = message.length;
  }

  get left(): number {
    return this.limit - this.at;
  }

  bytes(count = this.left): Buffer {
    if (count > this.left) throw new WireParseError('end of input');
    this.at += count;
    return this.message.subarray(this.at - count, this.at);
  }
  u8(): number {
    return this.bytes(1).readUInt8();
  }
  u16(): number {
    return this.bytes(2).readUInt16BE();
  }
  u32(): number {
    return this.bytes(4).readUInt32BE();
  }
  /** Bytes with their number in front. */
  counted(): Buffer {
    return this.bytes(this.u8());
  }

  name(): Name {
    const labels: Buffer[] = [];
    let back: { readonly at: number; readonly limit: number } | undefined;
    for (;;) {
      const length = this.u8();
      if (length === 0) break;
      if (length < 0x40) labels.push(this.bytes(length));
      else if (length < 0xc0) throw new WireParseError('bad label type');
      else {
        const to = ((length & 0x3f) << 8) | this.u8();
        if (to >= this.at - 2) throw new WireParseError('bad compression');
        back ??= { at: this.at, limit: this.limit };
        this.at = to;
        this.limit = this.message.length;
      }
    }
    if (back !== undefined) Object.assign(this, back);
    return { labels, absolute: true };
  }
}
