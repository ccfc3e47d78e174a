import type { BareHead, Tail } from './request-head.js';

/** A header to send, as it was written. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** What headers have in common that are named alike, one after the other. */
class Alike {
  /** In lower case. */
  readonly lower: readonly string[];
  readonly names: ReadonlySet<string>;
  /** What the line of each begins with, the end of the line before it included. */
  readonly starts: readonly string[];
  /** Where they are named Connection. */
  readonly connections: readonly number[];
  /** What was sent behind such headers the last time. */
  tail: Tail | undefined;

  constructor(private readonly list: readonly Header[]) {
    this.lower = list.map(({ name }) => name.toLowerCase());
    this.names = new Set(this.lower);
    this.connections = this.lower.flatMap((name, i) => (name === 'connection' ? [i] : []));
    this.starts = list.map(({ name }) => `\r\n${plain(name)}: `);
  }

  isOf(list: readonly Header[]): boolean {
    if (list.length !== this.list.length) return false;
    for (let i = 0; i < list.length; i++) if (list[i]?.name !== this.list[i]?.name) return false;
    return true;
  }
}

/** The headers in front that have been the same each time. */
interface Lead {
  readonly count: number;
  readonly wire: string;
  readonly closes: boolean;
}

/** The headers that a caller gives a request, with what is asked of them worked out once: for many requests the same. */
export class RequestHeaders {
  /** As sent behind the address: the version, and each line behind CR LF. */
  readonly wire: string;
  readonly alike: Alike;
  /** Whether the request itself says that the connection is not to be used again. */
  readonly closes: boolean;
  readonly #lead: Lead;
  /** The last head that was made of these headers and an address alone. */
  bare: BareHead | undefined;

  /** `like` are headers that may have the same names, as those of a sampler have from one time to the next. */
  constructor(
    readonly list: readonly Header[],
    like?: RequestHeaders,
  ) {
    this.alike = like?.alike.isOf(list) ? like.alike : new Alike(list);
    const { starts, connections } = this.alike;
    this.#lead = like === undefined ? leadOf(this.alike, list, list.length) : like.#leadIn(list);
    let { wire, closes } = this.#lead;
    for (let i = this.#lead.count; i < list.length; i++) wire = wire + starts[i] + lineValue(list[i]?.value ?? '');
    for (const i of connections) if (i >= this.#lead.count) closes ||= isClose(list[i]);
    this.wire = wire;
    this.closes = closes;
  }

  #leadIn(list: readonly Header[]): Lead {
    const { count } = this.#lead;
    let same = 0;
    while (same < count && list[same] === this.list[same]) same++;
    return same === count ? this.#lead : leadOf(this.alike, list, same);
  }

  /** Their names in lower case; the same object for headers that were made alike. */
  get names(): ReadonlySet<string> {
    return this.alike.names;
  }

  /** As shown: each line with a line feed, cookies left out. */
  toString(): string {
    let shown = '';
    for (const { name, value } of this.list) if (name.toLowerCase() !== 'cookie') shown += `${name}: ${value}\n`;
    return shown;
  }

  /** The value of the first header of that name (lower case). */
  first(name: string): string | undefined {
    const at = this.alike.lower.indexOf(name);
    return at < 0 ? undefined : this.list[at]?.value;
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

const isClose = (header: Header | undefined): boolean =>
  header !== undefined && header.value !== 'keep-alive' && CLOSE.test(header.value);

/** In one piece, since it is sent again and again. */
const leadOf = ({ starts, connections }: Alike, list: readonly Header[], count: number): Lead => ({
  count,
  closes: connections.some((i) => i < count && isClose(list[i])),
  wire: [' HTTP/1.1', ...list.slice(0, count).map(({ value }, i) => starts[i] + lineValue(value))].join(''),
});

/**
 * A header as HttpCore 4.4.16 writes it, behind CR LF: line breaks become blanks, what has no byte a question mark. In one
 * piece, since it is mostly sent again.
 */
export const headerLine = (name: string, value: string): string =>
  ['\r\n', plain(name), ': ', lineValue(value)].join('');

const lineValue = (value: string): string => (PLAIN.test(value) ? value : plain(value.replace(/[\r\n\f\v]/g, ' ')));

const plain = (text: string): string => text.replace(ODD, '?');
