import { JavaError, parseLong } from '../../java/index.js';
import { dateReader, HTTP_DATES } from '../../protocol/index.js';

/** What the cache looks at of an answer. */
export interface CachedAnswer {
  readonly url: string;
  readonly method: string;
  readonly code: string;
  /** As the sample shows them: `Name: value` lines. */
  readonly requestHeaders: string;
  /** The last header of that name (lower case). */
  header(name: string): string | undefined;
}

/** What is kept of an answer. */
export interface CacheEntry {
  readonly lastModified: string | undefined;
  readonly etag: string | undefined;
  /** Epoch ms until which it need not be asked for. */
  readonly expires: number | undefined;
  /** The request headers on which the answer depends; then this entry only points at those for their values. */
  readonly vary: string | undefined;
}

type Headers = readonly { readonly name: string; readonly value: string }[];

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** The answers of one user by address (CacheManager 5.6.3). */
export class ResponseCache {
  readonly #entries = new Map<string, CacheEntry>();

  constructor(private readonly maxSize: number) {}

  /** What is kept for a request with these headers. */
  entry(url: string, headers: Headers): CacheEntry | undefined {
    const entry = this.#entries.get(url);
    return entry?.vary === undefined ? entry : this.#entries.get(varyKey(url, entry.vary, headers));
  }

  /** An entry stays as it is once it is there, unless the answer varies. */
  save(answer: CachedAnswer, { useExpires, now }: { readonly useExpires: boolean; readonly now: number }): void {
    const { url, header } = answer;
    const lastModified = header('last-modified');
    const etag = header('etag');
    const facts = { lastModified, control: header('cache-control'), expires: header('expires'), date: header('date') };
    if ([lastModified, facts.expires, etag, facts.control].every((text) => text === undefined || text.trim() === ''))
      return;
    if (useExpires && facts.control?.includes('no-store')) return;
    const expires = useExpires ? expiry(facts, now) : undefined;
    const vary = header('vary');
    const plain = { lastModified, etag, expires, vary: undefined };
    if (vary === undefined) {
      if (!this.#entries.has(url)) this.#put(url, plain);
      return;
    }
    this.#put(url, { ...plain, vary });
    this.#put(varyKey(url, vary, headersOf(answer.requestHeaders)), plain);
  }

  #put(key: string, entry: CacheEntry): void {
    this.#entries.set(key, entry);
    if (this.#entries.size <= this.maxSize) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

interface Facts {
  readonly lastModified: string | undefined;
  readonly control: string | undefined;
  readonly expires: string | undefined;
  readonly date: string | undefined;
}

const MAX_AGE = 'max-age=';

function expiry({ lastModified, control, expires, date }: Facts, now: number): number | undefined {
  const said = expires === undefined ? undefined : readDate(expires);
  if (control?.includes('no-cache')) return said;
  const age = control?.indexOf(MAX_AGE) ?? -1;
  if (control !== undefined && age >= 0) return now + seconds(control.slice(age + MAX_AGE.length)) * 1000;
  if (expires !== undefined) return said;
  if (!lastModified || !date) return now + YEAR;
  return now + Math.round((dated(date, 'responseDate') - dated(lastModified, 'lastModifiedAsDate')) * 0.1);
}

/** The number up to a comma or blank. */
function seconds(text: string): number {
  const [first = '', ...rest] = text.split(/[, ]/);
  // Java leaves empty parts at the end away.
  if (first === '' && rest.length > 0 && rest.every((part) => part === ''))
    throw new JavaError('java.lang.ArrayIndexOutOfBoundsException', 'Index 0 out of bounds for length 0');
  return parseLong(first);
}

/** A date that cannot be read is no date, and JMeter goes on with it all the same. */
function dated(text: string, variable: string): number {
  const date = readDate(text);
  if (date !== undefined) return date;
  throw new JavaError(
    'java.lang.NullPointerException',
    `Cannot invoke "java.util.Date.getTime()" because "${variable}" is null`,
  );
}

const readDate = dateReader(HTTP_DATES);

/** Names are compared as they are written. */
function varyKey(url: string, vary: string, headers: Headers): string {
  const values = vary
    .split(/,\s*/)
    .map((name) => `${name}=${headers.filter((header) => header.name === name).map(({ value }) => value)}`);
  return `vary-${vary}-${values}-${url}`;
}

function headersOf(text: string): Headers {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(': ');
    return at < 0 ? [] : [{ name: line.slice(0, at), value: line.slice(at + 2) }];
  });
}
