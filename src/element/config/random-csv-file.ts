import fs from 'node:fs';
import { charsetDecoder, type Decode, encodeText, JavaError } from '../../java/index.js';
import { reasonOf } from '../../problem.js';
import { readFields } from './csv-fields.js';
import { Characters } from './csv-text.js';

export interface RandomCsvOptions {
  readonly file: string;
  /** A Java charset name. */
  readonly encoding: string;
  readonly delimiter: string;
  readonly random: boolean;
  /** The first record is no data. */
  readonly skipFirst: boolean;
  readonly rewind: boolean;
}

/** The records of a data file, handed out to all users in order or shuffled (RandomCSVReader of the plugin, 0.8). */
export class RandomCsvFile {
  readonly header: readonly string[];
  readonly #bytes: Buffer;
  readonly #options: RandomCsvOptions;
  readonly #delimiter: number;
  /** Where the records begin; those before `#next` have been given out. */
  readonly #offsets: number[];
  #next = 0;
  #reader: Characters | undefined;

  /** Throws RuntimeException as the plugin does, which ends the run before it has begun. */
  constructor(options: RandomCsvOptions) {
    this.#options = options;
    this.#delimiter = delimiterOf(options.delimiter);
    try {
      if (charsetDecoder(options.encoding) === undefined || options.encoding === '')
        throw new JavaError('java.io.UnsupportedEncodingException', options.encoding);
      this.#bytes = fs.readFileSync(options.file);
      this.#offsets = this.#findRecords();
      this.header = readFields(this.#from(0), this.#delimiter);
    } catch (error) {
      const why = error instanceof JavaError ? error.message : reasonOf(error);
      throw new JavaError(
        'java.lang.RuntimeException',
        `Cannot initialize RandomCSVReader, because of error: ${options.file} (${why})`,
      );
    }
    if (!options.random) this.#begin();
  }

  /** The fields of the next record, or of any that is left; undefined when all have been given out. */
  next(random: () => number): readonly string[] | undefined {
    if (this.#next >= this.#offsets.length) {
      if (!this.#options.rewind) return undefined;
      this.#next = 0;
      if (!this.#options.random) this.#begin();
    }
    return this.#options.random ? this.#any(random) : this.#following();
  }

  /** What reads on in order then fails, until it is rewound. */
  close(): void {
    this.#reader = undefined;
  }

  #begin(): void {
    this.#reader = this.#from(0);
    const first = this.#options.skipFirst ? this.#offsets[0] : undefined;
    // It counts bytes and skips characters: a header that is not ASCII takes some of the first record with it.
    for (let i = 0; i < (first ?? 0); i++) this.#reader.read();
  }

  #following(): readonly string[] {
    this.#next++;
    if (this.#reader === undefined)
      throw new JavaError('java.lang.RuntimeException', 'Cannot get next record from csv file: Stream closed');
    return this.#read(this.#reader);
  }

  #any(random: () => number): readonly string[] {
    const left = this.#offsets.length - this.#next;
    if (left === 0) throw new JavaError('java.lang.IllegalArgumentException', 'bound must be positive');
    const at = this.#next + Math.floor(random() * left);
    const offset = this.#offsets[at] ?? 0;
    this.#offsets[at] = this.#offsets[this.#next] ?? 0;
    this.#offsets[this.#next++] = offset;
    return this.#read(this.#from(offset));
  }

  #read(from: Characters): readonly string[] {
    try {
      return readFields(from, this.#delimiter);
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      throw new JavaError('java.lang.RuntimeException', `Cannot get next record from csv file: ${error.message}`);
    }
  }

  #findRecords(): number[] {
    const { encoding, skipFirst } = this.#options;
    const reader = new Counting(this.#from(0), encoding);
    const size = this.#bytes.length;
    const offsets = skipFirst ? [] : [0];
    while (reader.position < size) {
      readFields(reader, this.#delimiter);
      if (reader.position < size) offsets.push(reader.position);
    }
    return offsets;
  }

  #from(offset: number): Characters {
    return new ByteCharacters(this.#bytes, offset, charsetDecoder(this.#options.encoding) as Decode);
  }
}

function delimiterOf(text: string): number {
  if (text === '\\t') return 9;
  return text === '' ? 44 : text.charCodeAt(0);
}

const CHUNK = 4096;

/** The characters of some bytes from one place on, decoded as they are asked for. */
class ByteCharacters extends Characters {
  constructor(
    private readonly bytes: Buffer,
    private place: number,
    private readonly decode: Decode,
  ) {
    super('');
  }

  protected override more(): boolean {
    while (this.place < this.bytes.length) {
      const end = Math.min(this.place + CHUNK, this.bytes.length);
      const text = this.decode(this.bytes.subarray(this.place, end), end === this.bytes.length);
      this.place = end;
      if (text === '') continue;
      this.text = this.text.slice(this.at) + text;
      this.at = 0;
      return true;
    }
    return false;
  }
}

/**
 * Counts the bytes that the plugin believes to have read: one for each half of a surrogate pair, and one for each try
 * behind the end. In files with such characters it finds records where none begins, and so do we.
 */
class Counting extends Characters {
  position = 0;
  readonly #utf8: boolean;

  constructor(
    private readonly from: Characters,
    private readonly encoding: string,
  ) {
    super('');
    this.#utf8 = /^utf-?8$/i.test(encoding);
  }

  override read(): number {
    const char = this.from.read();
    this.position += char < 128 ? 1 : this.#size(char);
    return char;
  }

  override peek(): number {
    return this.from.peek();
  }

  #size(char: number): number {
    if (!this.#utf8) return encodeText(String.fromCharCode(char), this.encoding)?.length ?? 1;
    return char < 0x800 ? 2 : char >= 0xd800 && char < 0xe000 ? 1 : 3;
  }
}
