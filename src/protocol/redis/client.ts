import type { Alarms } from '../line/index.js';
import { LineError, Wire } from '../line/index.js';
import { type Reply, readReply } from './reply.js';

export interface RedisOptions {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Milliseconds to connect, and to wait for each reply; 0 = for ever. */
  readonly timeout: number;
  /** Empty = none. */
  readonly password: string;
  readonly database: number;
}

/** One connection to a Redis server for all who ask: their commands go one after the other. */
export class RedisClient {
  readonly #options: RedisOptions;
  readonly #alarms: Alarms;
  #wire: Wire | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: RedisOptions, alarms: Alarms) {
    this.#options = options;
    this.#alarms = alarms;
  }

  /**
   * What the server answers; a RedisError is an answer too. Connects first where there is no connection.
   * Throws LineError and TimeoutError; the next command then connects anew.
   */
  command(...words: readonly string[]): Promise<Reply> {
    const answered = this.#last.then(() => this.#run(words));
    this.#last = answered.catch(() => {});
    return answered;
  }

  close(): void {
    this.#wire?.dispose();
    this.#wire = undefined;
  }

  async #run(words: readonly string[]): Promise<Reply> {
    try {
      const wire = this.#wire && !this.#wire.ended ? this.#wire : await this.#connect();
      return await this.#ask(wire, words);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  async #connect(): Promise<Wire> {
    this.close();
    const { host, port, secure, timeout, password, database } = this.#options;
    const wire = await Wire.open({ host, port, secure, named: host }, timeout, this.#alarms, () => {});
    this.#wire = wire;
    if (secure)
      await wire.secure(host, timeout, (error) => error ?? new LineError('Socket closed', 'java.net.SocketException'));
    if (password !== '') await this.#greet(wire, ['AUTH', password]);
    if (database !== 0) await this.#greet(wire, ['SELECT', String(database)]);
    return wire;
  }

  /** What the server refuses here ends the connection. */
  async #greet(wire: Wire, words: readonly string[]): Promise<void> {
    const reply = await this.#ask(wire, words);
    if (reply instanceof Error) throw reply;
  }

  #ask(wire: Wire, words: readonly string[]): Reply | Promise<Reply> {
    wire.write(encode(words));
    const step = (): { readonly reply: Reply } | undefined => {
      const read = readReply(wire.bytes.subarray(wire.start, wire.end));
      if (read === undefined) {
        wire.throwIfReset();
        if (wire.ended)
          throw new LineError('Unexpected end of stream.', 'redis.clients.jedis.exceptions.JedisConnectionException');
        return undefined;
      }
      wire.start += read.size;
      return read;
    };
    const read = wire.until(step, this.#options.timeout);
    return read instanceof Promise ? read.then(({ reply }) => reply) : read.reply;
  }
}

/** RESP: an array of bulk strings. */
function encode(words: readonly string[]): string {
  let text = `*${words.length}\r\n`;
  for (const word of words) text += `$${Buffer.byteLength(word)}\r\n${word}\r\n`;
  return text;
}
