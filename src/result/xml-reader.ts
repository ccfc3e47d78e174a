import { encodeText, parseBoolean, toInt, toLong, urlDecode, utf8Bytes } from '../java/index.js';
import type { JtlListener, JtlReader, JtlSample } from './jtl-sample.js';
import { xmlDecoded } from './xml-text.js';

/**
 * Reads the samples of an XML results file (SampleResultConverter): those right below the root, for a sub-sample is a part of
 * its sample here. The end of the file may be missing.
 */
export class XmlReader implements JtlReader {
  #rest = '';
  #line = 1;
  /** Elements that are open. */
  #depth = 0;
  /** Files of JMeter's first versions have their texts URL-encoded. */
  #encoded = false;
  #open: OpenSample | undefined;

  constructor(
    private readonly stampStart: boolean,
    private readonly listener: JtlListener,
  ) {}

  push(text: string): void {
    const all = this.#rest + text;
    let at = 0;
    for (let next = this.#step(all, 0); next >= 0; next = this.#step(all, at)) {
      this.#line += linesIn(all, at, next);
      at = next;
    }
    this.#rest = all.slice(at);
  }

  end(): void {
    if (this.#open !== undefined) this.listener.unreadable(this.#open.line);
  }

  /** Takes the text or the markup at `at`; where what follows begins, or -1 when there is not enough of it yet. */
  #step(text: string, at: number): number {
    const mark = text.indexOf('<', at);
    if (mark !== at) {
      const end = mark < 0 && !this.#open?.inBody ? text.length : mark;
      if (end > at) this.#open?.text(xmlDecoded(text.slice(at, end)));
      return end > at ? end : -1;
    }
    // So much is needed to tell `<![CDATA[` from the others.
    if (text.length - at < CDATA.length) return -1;
    const special = SPECIAL.find(([open]) => text.startsWith(open, at));
    if (special === undefined) return this.#tag(text, at);
    const [open, close] = special;
    const end = text.indexOf(close, at + open.length);
    if (end < 0) return -1;
    if (open === CDATA) this.#open?.text(text.slice(at + open.length, end));
    return end + close.length;
  }

  #tag(text: string, at: number): number {
    const end = tagEnd(text, at);
    if (end < 0) return -1;
    const empty = text[end - 1] === '/';
    if (text[at + 1] === '/') this.#close();
    else {
      this.#begin(text.slice(at + 1, empty ? end - 1 : end));
      if (empty) this.#close();
    }
    return end + 1;
  }

  #begin(tag: string): void {
    const name = /^[^\s]*/.exec(tag)?.[0] ?? '';
    if (this.#depth === 0) this.#encoded = (attributesOf(tag).get('version') || '1.0') === '1.0';
    else if (this.#depth === 1 && SAMPLE.test(name)) this.#open = new OpenSample(attributesOf(tag), this.#line);
    else if (this.#depth === 2 && this.#open !== undefined) this.#open.inBody = name === 'responseData';
    this.#depth++;
  }

  #close(): void {
    this.#depth--;
    if (this.#open === undefined || this.#depth > 2) return;
    this.#open.inBody = false;
    if (this.#depth > 1) return;
    const sample = this.#open.finish(this.stampStart, this.#encoded);
    this.#open = undefined;
    this.listener.sample(sample);
  }
}

const SAMPLE = /sample(Result)?$/i;
const CDATA = '<![CDATA[';
const SPECIAL = [
  ['<!--', '-->'],
  [CDATA, ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
] as const;

/** A sample whose end has not been read. */
class OpenSample {
  /** Whether its own response is being read. */
  inBody = false;
  #body = '';

  constructor(
    private readonly attributes: ReadonlyMap<string, string>,
    readonly line: number,
  ) {}

  text(text: string): void {
    if (this.inBody) this.#body += text;
  }

  finish(stampStart: boolean, encoded: boolean): JtlSample {
    // Files of JMeter 2.0, which Jenkins still takes, have the long names.
    const value = (name: string, long?: string): string | undefined =>
      this.attributes.get(name) ?? (long === undefined ? undefined : this.attributes.get(long));
    const text = (name: string, long?: string): string => {
      const found = value(name, long) ?? '';
      return encoded ? urlDecoded(found) : found;
    };
    // A number that is none is 0, a missing `s` is a success.
    const number = (name: string, long?: string): number => toLong(value(name, long) ?? '') ?? 0;
    const [time, elapsed] = [number('ts', 'timeStamp'), number('t', 'time')];
    const success = parseBoolean(value('s', 'success') ?? 'true');
    return {
      label: text('lb', 'label'),
      threadName: text('tn', 'threadName'),
      startTime: stampStart ? time : time - elapsed,
      endTime: stampStart ? time + elapsed : time,
      elapsed,
      success,
      // JMeter counts a response that is there, without its headers, in place of the bytes that were noted.
      bytes: this.#bodySize(text('de')) || number('by'),
      sentBytes: number('sby'),
      sampleCount: toInt(value('sc') ?? '') ?? 1,
      // `ec` is not read.
      errorCount: success ? 0 : 1,
    };
  }

  #bodySize(encoding: string): number {
    if (this.#body === '') return 0;
    const bytes = encoding === '' ? utf8Bytes(this.#body) : encodeText(this.#body, encoding);
    return bytes?.length ?? `Can't support the char set: ${encoding}`.length;
  }
}

/** A file without a version counts as one of the first, but its texts need not be. */
function urlDecoded(text: string): string {
  try {
    return urlDecode(text);
  } catch {
    return text;
  }
}

/** Where the `>` of the tag at `at` stands; -1 when it is not there yet. */
function tagEnd(text: string, at: number): number {
  let quote = 0;
  for (let i = at; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (quote !== 0) {
      if (char === quote) quote = 0;
    } else if (char === GREATER) return i;
    else if (char === QUOTE || char === APOSTROPHE) quote = char;
  }
  return -1;
}

const [QUOTE, APOSTROPHE, GREATER, LF] = [34, 39, 62, 10];

function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let i = from; i < to; i++) if (text.charCodeAt(i) === LF) lines++;
  return lines;
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, apostrophes] of tag.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    found.set(name, xmlDecoded((quoted ?? apostrophes ?? '').replace(/[\t\n\r]/g, ' ')));
  return found;
}
