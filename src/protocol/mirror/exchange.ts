import type net from 'node:net';

/** What JMeter reads at once; only the blocks up to the end of the headers are cut to `X-ResponseLength`. */
const BLOCK = 1024;
/** Longer headers are no request of a test; they must not fill the memory. */
const MOST_HEADER_BYTES = 16 * 1024 * 1024;

/** One request on its way back. */
export class Exchange {
  #head = '';
  #answered = false;
  #asleep: NodeJS.Timeout | undefined;
  /** Bytes of the body still to come. */
  #missing = 0;

  constructor(
    private readonly socket: net.Socket,
    private readonly print: (line: string) => void,
  ) {}

  take(bytes: Buffer): void {
    if (this.#answered) {
      this.#mirror(bytes);
      return;
    }
    for (let from = 0; from < bytes.length; from += BLOCK) {
      this.#head += bytes.toString('latin1', from, from + BLOCK);
      const blank = this.#head.search(BLANK_LINE);
      if (blank <= 0) continue;
      this.#answer(blank, bytes.subarray(from + BLOCK));
      return;
    }
    if (this.#head.length > MOST_HEADER_BYTES) this.socket.destroy();
  }

  /** The other side sends no more: what came is answered if it can be. */
  ended(): void {
    if (!this.#answered) this.#answer(-1, Buffer.alloc(0));
    else if (this.#asleep === undefined) this.socket.end();
  }

  drop(): void {
    clearTimeout(this.#asleep);
  }

  /** `blank` is where the line between headers and body stands; `rest` was read with it but belongs to later blocks. */
  #answer(blank: number, rest: Buffer): void {
    this.#answered = true;
    const head = this.#head;
    if (!head.includes('\r')) {
      this.socket.end();
      return;
    }
    const firstLine = head.slice(0, head.indexOf('\r'));
    const query = queryOf(firstLine);
    const say = query.has('v') ? this.print : undefined;
    say?.(firstLine);
    this.socket.write(answerHead(head, query, say), 'latin1');
    const limit = Number(header(head, 'X-ResponseLength') ?? -1);
    const length = Number(header(head, 'Content-Length') ?? -1);
    const pause = Number(header(head, 'X-Sleep') ?? 0);
    if (!Number.isNaN(limit)) this.socket.write(limit >= 0 ? head.slice(0, limit) : head, 'latin1');
    // A number that is none ends the exchange there, as the exception does in JMeter's thread.
    if ([limit, length, pause].some(Number.isNaN)) {
      this.socket.end();
      return;
    }
    this.#missing = length > 0 ? length - (head.length - blank - 2) : 0;
    if (pause > 0) this.#sleep(pause, rest);
    else this.#mirror(rest);
  }

  #sleep(ms: number, rest: Buffer): void {
    this.socket.pause();
    this.#asleep = setTimeout(() => {
      this.#asleep = undefined;
      this.socket.resume();
      this.#mirror(rest);
    }, ms);
  }

  /** A body of known length is read to its end; without one, what is there is all that is taken. */
  #mirror(bytes: Buffer): void {
    this.#missing -= bytes.length;
    if (bytes.length > 0 && !this.socket.write(bytes)) {
      this.socket.pause();
      this.socket.once('drain', () => this.socket.resume());
    }
    if (this.#missing <= 0) this.socket.end();
  }
}

const BLANK_LINE = /(?<![^\n])\r(?=\n|$)/;

function answerHead(head: string, query: ReadonlyMap<string, string>, say?: (line: string) => void): string {
  const redirect = query.get('redirect');
  const status =
    query.get('status') ??
    (redirect === undefined ? (header(head, 'X-ResponseStatus') ?? '200 OK') : '302 Temporary Redirect');
  const lines = [`HTTP/1.0 ${status}`, 'Content-Type: text/plain'];
  if (redirect !== undefined) {
    lines.push(`Location: ${redirect}`);
    say?.(`Location: ${redirect}`);
  }
  lines.push(...(header(head, 'X-SetHeaders')?.split('|') ?? []));
  const cookie = header(head, 'X-SetCookie');
  if (cookie !== undefined) lines.push(`Set-Cookie: ${cookie}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The parameters of a GET; percent signs are resolved when all of them can be (java.net.URI.getQuery). */
function queryOf(firstLine: string): ReadonlyMap<string, string> {
  const [method, target = ''] = firstLine.split(/\s+/);
  const at = target.indexOf('?');
  if (method !== 'GET' || at < 0) return new Map();
  const query = decoded(target.slice(at + 1));
  return new Map(
    query.split('&').map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

const header = (head: string, name: string): string | undefined =>
  new RegExp(`(?<![^\\n])${name}:\\s+([^\\r\\n]+)`, 'i').exec(head)?.[1];
