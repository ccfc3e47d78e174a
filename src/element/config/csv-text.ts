import fs from 'node:fs';
import { charsetDecoder, type Decode, JavaError } from '../../java/index.js';

/** Characters one after the other; more may follow when what is there is used up. */
export class Characters {
  protected text: string;
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Puts more behind what is left; false at the end. */
  protected more(): boolean {
    return false;
  }

  /** The next UTF-16 unit, or -1 at the end. */
  read(): number {
    if (this.at >= this.text.length && !this.more()) return -1;
    return this.text.charCodeAt(this.at++);
  }

  peek(): number {
    if (this.at >= this.text.length && !this.more()) return -1;
    return this.text.charCodeAt(this.at);
  }

  /** A line without its end (LF, CR or CRLF), or undefined at the end; text without a line end counts as a line. */
  readLine(): string | undefined {
    if (this.peek() === -1) return undefined;
    for (let from = this.at; ; ) {
      const end = endOfLine(this.text, from);
      if (end >= 0) return this.#takeLine(end);
      const searched = this.text.length - this.at;
      if (!this.more()) return this.#takeRest();
      from = this.at + searched;
    }
  }

  #takeLine(end: number): string {
    const line = this.text.slice(this.at, end);
    this.at = end + 1;
    if (this.text.charCodeAt(end) === CR && this.peek() === LF) this.at++;
    return line;
  }

  #takeRest(): string {
    const rest = this.text.slice(this.at);
    this.at = this.text.length;
    return rest;
  }
}

const LF = 10;
const CR = 13;
const LARGEST_CHUNK = 64 * 1024;
const shared = Buffer.allocUnsafe(LARGEST_CHUNK);
const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The characters of a file, read in chunks that grow to 64 KiB, so that a huge file costs no memory and a small one read
 * by every user costs little. As in JMeter 5.6.3 a UTF-8 byte order mark is skipped whatever the encoding says, malformed
 * bytes become U+FFFD, and no encoding means UTF-8. Throws JavaError for an encoding that nobody knows.
 */
export class FileCharacters extends Characters {
  readonly #fd: number;
  readonly #decode: Decode;
  #chunk = 4096;
  #begun = false;
  #ended = false;

  constructor(file: string, encoding: string) {
    super('');
    const decode = charsetDecoder(encoding);
    if (decode === undefined) throw new JavaError('java.io.UnsupportedEncodingException', encoding);
    this.#decode = decode;
    this.#fd = fs.openSync(file, 'r');
  }

  protected override more(): boolean {
    while (!this.#ended) {
      const bytes = this.#readChunk();
      const text = this.#decode(bytes, this.#ended);
      if (text === '') continue;
      this.text = this.at < this.text.length ? this.text.slice(this.at) + text : text;
      this.at = 0;
      return true;
    }
    return false;
  }

  #readChunk(): Buffer {
    const size = fs.readSync(this.#fd, shared, 0, this.#chunk, null);
    if (size === 0) this.#ended = true;
    this.#chunk = Math.min(this.#chunk * 2, LARGEST_CHUNK);
    const bytes = shared.subarray(0, size);
    const marked = !this.#begun && bytes.subarray(0, 3).equals(UTF8_BOM);
    this.#begun = true;
    return marked ? bytes.subarray(3) : bytes;
  }

  close(): void {
    this.#ended = true;
    fs.closeSync(this.#fd);
  }
}

/** Whether a file in this Java charset can be read. */
export const knowsEncoding = (encoding: string): boolean => charsetDecoder(encoding) !== undefined;

function endOfLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === LF || c === CR) return i;
  }
  return -1;
}
