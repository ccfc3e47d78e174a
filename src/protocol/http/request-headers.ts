/** A header to send, as it was written. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A header with what is asked of it worked out. */
interface Known {
  readonly header: Header;
  /** Its name in lower case. */
  readonly lower: string;
  /** What a line of it begins with. */
  readonly start: string;
  /** As sent, with CR LF. */
  readonly wire: string;
}

/** The headers that a caller gives a request, with what is asked of them worked out once: for many requests the same. */
export class RequestHeaders {
  /** As sent, each line with CR LF. */
  readonly wire: string;
  /** Their names in lower case; the same object for headers that were made alike. */
  readonly names: ReadonlySet<string>;
  readonly #known: readonly Known[];
  /** Whether the request itself says that the connection is not to be used again. */
  readonly closes: boolean;

  /** `like` are headers that may have the same names, as those of a sampler have from one time to the next. */
  constructor(
    readonly list: readonly Header[],
    like?: RequestHeaders,
  ) {
    const earlier = like === undefined ? [] : like.#known;
    const known = earlier.slice(0, list.length);
    let wire = '';
    let same = like !== undefined && like.list.length === list.length;
    let closes = false;
    for (let i = 0; i < list.length; i++) {
      const header = list[i];
      if (header === undefined) continue;
      const before = earlier[i];
      const one = before?.header === header ? before : knownOf(header, before);
      if (one.lower !== before?.lower) same = false;
      if (one.lower === 'connection' && header.value !== 'keep-alive') closes ||= CLOSE.test(header.value);
      known[i] = one;
      wire += one.wire;
    }
    this.#known = known;
    this.names = same && like !== undefined ? like.names : new Set(known.map(({ lower }) => lower));
    this.wire = wire;
    this.closes = closes;
  }

  /** As shown: each line with a line feed, cookies left out. */
  toString(): string {
    let shown = '';
    for (const { lower, header } of this.#known) if (lower !== 'cookie') shown += `${header.name}: ${header.value}\n`;
    return shown;
  }

  /** The value of the first header of that name (lower case). */
  first(name: string): string | undefined {
    if (!this.names.has(name)) return undefined;
    return this.#known.find(({ lower }) => lower === name)?.header.value;
  }

  /** The values of the Cookie headers, one a line, each line but the first with its name, as JMeter shows them. */
  get cookies(): string {
    if (!this.names.has('cookie')) return '';
    const lines = this.list
      .filter(({ name }) => name.toLowerCase() === 'cookie')
      .map(({ name, value }) => `${name}: ${value}`);
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

function knownOf(header: Header, before: Known | undefined): Known {
  const { name, value } = header;
  const alike = before?.header.name === name;
  const lower = alike ? before.lower : name.toLowerCase();
  const start = alike ? before.start : `${plain(name)}: `;
  return { header, lower, start, wire: `${start}${lineValue(value)}\r\n` };
}

/** A header as HttpCore 4.4.16 writes it: line breaks become blanks, what has no byte a question mark. */
export function headerLine(name: string, value: string): string {
  return `${plain(name)}: ${lineValue(value)}\r\n`;
}

const lineValue = (value: string): string => (PLAIN.test(value) ? value : plain(value.replace(/[\r\n\f\v]/g, ' ')));

const plain = (text: string): string => text.replace(ODD, '?');
