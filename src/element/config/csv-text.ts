import fs from 'node:fs';
import { JavaError } from '../../java/index.js';

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
    const decode = decoderFor(encoding);
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
export const knowsEncoding = (encoding: string): boolean => decoderFor(encoding) !== undefined;

type Decode = (bytes: Buffer, last: boolean) => string;

/** Turns bytes, chunk by chunk, into text; undefined for a charset that is not known. */
function decoderFor(encoding: string): Decode | undefined {
  if (encoding.trim() === '') return streamDecoder('utf-8');
  switch (encoding.toLowerCase()) {
    case 'iso-8859-1':
    case 'iso8859_1':
    case 'iso8859-1':
    case 'latin1':
      return (bytes) => bytes.toString('latin1');
    case 'us-ascii':
    case 'ascii':
      return (bytes) => bytes.toString('latin1').replace(/[\x80-\xff]/g, '\ufffd');
    case 'utf-16':
    case 'utf16':
    case 'utf_16':
      return utf16();
    default:
      // A blank around the name makes it unknown in Java, but not for TextDecoder.
      return /\s/.test(encoding) ? undefined : knownDecoder(encoding);
  }
}

function knownDecoder(encoding: string): Decode | undefined {
  try {
    return streamDecoder(JAVA_NAMES[encoding.toLowerCase()] ?? encoding);
  } catch {
    return undefined;
  }
}

/** Names that Java knows and the web does not. */
const JAVA_NAMES: Readonly<Record<string, string>> = {
  utf_8: 'utf-8',
  unicodebigunmarked: 'utf-16be',
  unicodelittleunmarked: 'utf-16le',
  utf_16be: 'utf-16be',
  utf_16le: 'utf-16le',
  ms936: 'gbk',
  cp936: 'gbk',
  euc_cn: 'gb2312',
  euc_jp: 'euc-jp',
  euc_kr: 'euc-kr',
  ms949: 'euc-kr',
  ms950: 'big5',
  koi8_r: 'koi8-r',
};

/** Throws RangeError for a label that is not known. */
function streamDecoder(label: string): Decode {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** Java's UTF-16: the byte order mark decides and is dropped; without one it is big-endian. */
function utf16(): Decode {
  let decode: Decode | undefined;
  return (bytes, last) => {
    if (decode) return decode(bytes, last);
    const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
    decode = streamDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be');
    return decode(mark === 0xfffe || mark === 0xfeff ? bytes.subarray(2) : bytes, last);
  };
}

function endOfLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === LF || c === CR) return i;
  }
  return -1;
}
