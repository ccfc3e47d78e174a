/** A header to send, as it was written. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

interface Name {
  readonly lower: string;
  /** What a line of it begins with. */
  readonly start: string;
}

/** The headers that a caller gives a request, with what is asked of them worked out once: for many requests the same. */
export class RequestHeaders {
  /** As sent, each line with CR LF. */
  readonly wire: string;
  /** As shown: each line with a line feed, cookies left out. */
  readonly shown: string;
  /** Their names in lower case. */
  readonly names: ReadonlySet<string>;
  readonly #names: readonly Name[];
  /** Whether the request itself says that the connection is not to be used again. */
  readonly closes: boolean;

  /** `like` are headers that may have the same names, as those of a sampler have from one time to the next. */
  constructor(
    readonly list: readonly Header[],
    like?: RequestHeaders,
  ) {
    const same = like !== undefined && sameNames(list, like.list);
    this.#names = same
      ? like.#names
      : list.map(({ name }) => ({ lower: name.toLowerCase(), start: `${plain(name)}: ` }));
    this.names = same ? like.names : new Set(this.#names.map(({ lower }) => lower));
    let wire = '';
    let shown = '';
    let closes = false;
    for (let i = 0; i < list.length; i++) {
      const header = list[i];
      const known = this.#names[i];
      if (header === undefined || known === undefined) continue;
      const { name, value } = header;
      const { lower, start } = known;
      wire += `${start}${lineValue(value)}\r\n`;
      if (lower === 'connection' && value !== 'keep-alive') closes ||= CLOSE.test(value);
      if (lower !== 'cookie') shown += `${name}: ${value}\n`;
    }
    this.wire = wire;
    this.shown = shown;
    this.closes = closes;
  }

  /** The value of the first header of that name (lower case). */
  first(name: string): string | undefined {
    if (!this.names.has(name)) return undefined;
    return this.list[this.#names.findIndex(({ lower }) => lower === name)]?.value;
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

const sameNames = (one: readonly Header[], other: readonly Header[]): boolean =>
  one.length === other.length && one.every(({ name }, i) => name === other[i]?.name);

/** A header as HttpCore 4.4.16 writes it: line breaks become blanks, what has no byte a question mark. */
export function headerLine(name: string, value: string): string {
  return `${plain(name)}: ${lineValue(value)}\r\n`;
}

const lineValue = (value: string): string => (PLAIN.test(value) ? value : plain(value.replace(/[\r\n\f\v]/g, ' ')));

const plain = (text: string): string => text.replace(ODD, '?');
