/** A header to send, as it was written. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A header with what is asked of it worked out. */
export class HeaderLine implements Header {
  /** Its name in lower case. */
  readonly lower: string;
  /** What a line of it begins with. */
  readonly start: string;
  /** As sent, with CR LF. */
  readonly wire: string;

  /** `like` may have the same name. */
  constructor(
    readonly name: string,
    readonly value: string,
    like?: HeaderLine,
  ) {
    const alike = like?.name === name;
    this.lower = alike ? like.lower : name.toLowerCase();
    this.start = alike ? like.start : `${plain(name)}: `;
    this.wire = `${this.start}${lineValue(value)}\r\n`;
  }
}

const isLine = (header: Header): header is HeaderLine => header instanceof HeaderLine;
const lineOf = (header: Header): HeaderLine => (isLine(header) ? header : new HeaderLine(header.name, header.value));

/** The headers that a caller gives a request, with what is asked of them worked out once: for many requests the same. */
export class RequestHeaders {
  readonly list: readonly HeaderLine[];
  /** As sent, each line with CR LF. */
  readonly wire: string;
  /** Their names in lower case; the same object for headers that were made alike. */
  readonly names: ReadonlySet<string>;
  /** Whether the request itself says that the connection is not to be used again. */
  readonly closes: boolean;
  /** How many of the first lines are mostly the same from one time to the next, and what they are as sent. */
  readonly #steady: number;
  readonly #start: string;

  /** `like` are headers that may have the same names, as those of a sampler have from one time to the next. */
  constructor(list: readonly Header[], like?: RequestHeaders) {
    const lines = list.every(isLine) ? list : list.map(lineOf);
    const before = like?.list ?? lines;
    const alike = alikeAtFirst(lines, before);
    const knows = like !== undefined && like.#steady <= alike;
    this.#steady = knows ? like.#steady : alike;
    this.#start = knows ? like.#start : wireOf(lines.slice(0, alike));
    let wire = this.#start;
    let same = lines.length === before.length;
    let closes = false;
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i];
      if (line === undefined) continue;
      if (line.lower === 'connection' && line.value !== 'keep-alive') closes ||= CLOSE.test(line.value);
      if (i >= this.#steady) wire += line.wire;
      if (line.lower !== before[i]?.lower) same = false;
    }
    this.list = lines;
    this.wire = wire;
    this.names = same && like !== undefined ? like.names : new Set(lines.map(({ lower }) => lower));
    this.closes = closes;
  }

  /** As shown: each line with a line feed, cookies left out. */
  toString(): string {
    let shown = '';
    for (const { lower, name, value } of this.list) if (lower !== 'cookie') shown += `${name}: ${value}\n`;
    return shown;
  }

  /** The value of the first header of that name (lower case). */
  first(name: string): string | undefined {
    if (!this.names.has(name)) return undefined;
    for (const line of this.list) if (line.lower === name) return line.value;
    return undefined;
  }

  /** The values of the Cookie headers, one a line, each line but the first with its name, as JMeter shows them. */
  get cookies(): string {
    if (!this.names.has('cookie')) return '';
    const lines = this.list.filter(({ lower }) => lower === 'cookie').map(({ name, value }) => `${name}: ${value}`);
    return lines.join('\n').trim().slice('Cookie:'.length).trim();
  }
}

/** The headers with one put in place of the first of its name, or behind all others (HeaderGroup.updateHeader). */
export function withHeader(list: readonly Header[], name: string, value: string): readonly Header[] {
  const lower = name.toLowerCase();
  const at = list.findIndex((header) => header.name.toLowerCase() === lower);
  const header = { name, value };
  return at < 0 ? [...list, header] : list.map((old, i) => (i === at ? header : old));
}

const CLOSE = /(?:^|[\s,])close(?:$|[\s,])/i;
const ODD = /[^\t -~\xa0-\xff]/g;
const PLAIN = /^[\t -~\xa0-\xff]*$/;

function alikeAtFirst(lines: readonly HeaderLine[], before: readonly HeaderLine[]): number {
  let n = 0;
  while (n < lines.length && lines[n] === before[n]) n++;
  return n;
}

const wireOf = (lines: readonly HeaderLine[]): string => lines.map(({ wire }) => wire).join('');

/** A header as HttpCore 4.4.16 writes it: line breaks become blanks, what has no byte a question mark. */
export function headerLine(name: string, value: string): string {
  return `${plain(name)}: ${lineValue(value)}\r\n`;
}

const lineValue = (value: string): string => (PLAIN.test(value) ? value : plain(value.replace(/[\r\n\f\v]/g, ' ')));

const plain = (text: string): string => text.replace(ODD, '?');
