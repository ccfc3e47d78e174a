import { CHAR } from './characters.js';
import type { Settings } from './configuration.js';
import { textOfRange } from './node.js';

const UTF8 = new TextEncoder();

/** All texts of a document, in UTF-8: JTidy now and then changes a byte by its place. */
export class ByteBuffer {
  readonly buffer: number[] = [];
  /** Where the next byte goes; what stands behind may still be some node's. */
  size = 0;

  constructor(readonly settings: Settings) {}

  /** Adds a character; what UTF-8 cannot hold becomes U+FFFD, in XML it is dropped. */
  add(c: number): void {
    if (c >= 0x20 && c <= 0x7f) {
      this.buffer[this.size++] = c;
      return;
    }
    const odd = (c >= 0xd800 && c <= 0xdfff) || c === 0xfffe || c === 0xffff || c > 0x10ffff;
    const { xmlOut, xhtml } = this.settings;
    if ((xmlOut || xhtml) && (odd || (c < 0x20 && c !== CHAR.TAB && c !== CHAR.LF && c !== CHAR.CR))) return;
    // A negative number is a byte that was put back, or the end, which thus becomes a byte that no text has.
    if (c < 0x80) this.buffer[this.size++] = c & 0xff;
    else for (const byte of UTF8.encode(String.fromCodePoint(odd ? 0xfffd : c))) this.buffer[this.size++] = byte;
  }
  addText(text: string): void {
    for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i));
  }
  byteAt(i: number): number {
    return this.buffer[i] ?? 0;
  }
  slice(start: number, end: number): string {
    return textOfRange(this.buffer, start, end);
  }
}
