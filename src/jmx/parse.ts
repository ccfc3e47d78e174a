import { type Problem, problems } from '../problem.js';
import { readable } from './bytes.js';
import { decodeAttribute, decodeText, normalizeLines, type TextFault } from './decode.js';
import { Open, rawSpelling } from './raw.js';
import { excerpt, Source } from './source.js';
import { type Newline, spellIndent } from './spelling.js';
import type { XmlElement } from './xml.js';

export interface ParsedXml {
  readonly root: XmlElement;
  /** What stands before the root element, byte order mark included. */
  readonly prolog: string;
  readonly epilog: string;
  /** The line end that the first line has. */
  readonly newline: Newline;
}

export interface ParseOptions {
  /** What is wrong with the root element, looked at before anything below it. */
  readonly checkRoot?: (tag: string) => Problem | undefined;
  /** The text holds stand-ins for bytes that are no UTF-8. */
  readonly lossy?: boolean;
}

/**
 * Parses XML and keeps the raw spelling where XStream's does not explain it. Takes what JMeter's parser (mxparser 1.2.2)
 * takes, control characters included, but no DOCTYPE and nothing behind the root. Time and memory grow with the text.
 *
 * @throws ProblemError with exactly one problem at its line and column.
 */
export function parseXml(source: string, options: ParseOptions = {}): ParsedXml {
  return new Parser(source, options).parse();
}

/** JMeter's reader recurses and dies of a deep plan at some thousands of levels; no real plan has fifty. */
const DEEPEST = 1000;

class Parser {
  readonly #source: Source;
  readonly #options: ParseOptions;
  readonly #stack: Open[] = [];
  #root: XmlElement | undefined;
  #rootStart = 0;
  #rootEnd = 0;

  constructor(text: string, options: ParseOptions) {
    this.#source = new Source(text);
    this.#options = options;
  }

  parse(): ParsedXml {
    const source: Source = this.#source;
    const { text, newline } = source;
    let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (position < text.length) {
      const tag = text.indexOf('<', position);
      const end = tag < 0 ? text.length : tag;
      if (end > position) this.#text(position, end);
      if (tag < 0) break;
      position = this.#markup(tag);
    }
    const open = this.#stack.at(-1);
    if (open) source.fail(open.start, `<${excerpt(open.tag)}> is never closed`);
    if (!this.#root) return source.fail(position, 'there is no root element');
    return { root: this.#root, prolog: text.slice(0, this.#rootStart), epilog: text.slice(this.#rootEnd), newline };
  }

  /** Reads what starts at `<`; returns where it ends. */
  #markup(start: number): number {
    const source: Source = this.#source;
    const next = source.text[start + 1];
    if (next === '/') return this.#closeTag(start);
    if (next === '?') return source.skip(start, 2, '?>', 'processing instruction');
    if (next !== '!') return this.#openTag(start);
    if (source.text.startsWith('<!--', start)) return this.#comment(start);
    if (source.text.startsWith('<![CDATA[', start)) return this.#cdata(start);
    if (source.text.startsWith('<!DOCTYPE', start)) source.problem(start, problems.doctype());
    return source.fail(start, '<! starts neither a comment nor CDATA');
  }

  #openTag(start: number): number {
    const source: Source = this.#source;
    const name = source.name(start + 1);
    if (name === '') source.fail(start, this.#noName(start));
    if (this.#stack.length >= DEEPEST) source.problem(start, problems.nestedTooDeep(DEEPEST));
    const parent = this.#stack.at(-1);
    if (parent) parent.gaps.push(parent.since, start);
    else this.#startRoot(name, start);
    const attributes = new Map<string, string>();
    let position = this.#attributes(start, start + 1 + name.length, name, attributes);
    const selfClosed = source.text[position] === '/';
    position += selfClosed ? 2 : 1;
    if (source.text[position - 1] !== '>') source.fail(start, `the tag <${excerpt(name)} is not closed with >`);
    source.locate(start);
    const open = new Open(name, attributes, start, position, source.line, start - source.lineStart + 1);
    if (selfClosed) this.#add(open, position, position);
    else this.#stack.push(open);
    return position;
  }

  #startRoot(tag: string, start: number): void {
    const source: Source = this.#source;
    if (this.#root) source.fail(start, `<${excerpt(tag)}> stands behind the end of the root element`);
    const problem = this.#options.checkRoot?.(tag);
    if (problem) source.problem(start, problem);
    this.#rootStart = start;
  }

  /** Reads attributes from `position` on; returns where `>` or `/>` should stand. */
  #attributes(start: number, position: number, tag: string, into: Map<string, string>): number {
    const source: Source = this.#source;
    for (let next = position; ; ) {
      next = source.spaces(next);
      const character = source.text[next];
      if (character === '>' || character === '/') return next;
      const name = source.name(next);
      if (name === '')
        source.fail(next < source.text.length ? next : start, `the tag <${excerpt(tag)} is not closed with >`);
      if (into.has(name)) source.fail(next, `<${excerpt(tag)}> has the attribute ${excerpt(name)} twice`);
      const equals = source.spaces(next + name.length);
      const open = source.spaces(equals + 1);
      const quote = source.text[open];
      if (source.text[equals] !== '=' || (quote !== '"' && quote !== "'"))
        source.fail(next, `the attribute ${excerpt(name)} of <${excerpt(tag)}> has no value in quotes`);
      const close = source.text.indexOf(quote, open + 1);
      const raw = source.text.slice(open + 1, close < 0 ? undefined : close);
      if (close < 0 || raw.includes('<'))
        source.fail(open, `the value of the attribute ${excerpt(name)} of <${excerpt(tag)}> does not end`);
      into.set(name, this.#decoded(decodeAttribute(this.#seen(raw)), open + 1));
      next = close + 1;
    }
  }

  #closeTag(start: number): number {
    const source: Source = this.#source;
    const name = source.name(start + 2);
    const end = source.spaces(start + 2 + name.length);
    if (source.text[end] !== '>') source.fail(start, `the tag </${excerpt(name)} is not closed with >`);
    const open = this.#stack.pop();
    if (!open) source.fail(start, `</${excerpt(name)}> closes nothing`);
    if (open.tag !== name)
      source.fail(
        start,
        `</${excerpt(name)}> stands where </${excerpt(open.tag)}> should close <${excerpt(open.tag)}> of line ${open.line}`,
      );
    open.gaps.push(open.since, start);
    this.#add(open, start, end + 1);
    return end + 1;
  }

  /** The element is complete: it joins its parent. */
  #add(open: Open, close: number, end: number): void {
    const { tag, attributes, children, text, line, column } = open;
    const raw = rawSpelling(this.#source, open, { close, end }, this.#stack.length);
    const element: XmlElement =
      raw === undefined
        ? { tag, attributes, children, text, line, column }
        : { tag, attributes, children, text, line, column, raw };
    const parent = this.#stack.at(-1);
    if (parent) {
      parent.children.push(element);
      parent.since = end;
    } else {
      this.#root = element;
      this.#rootEnd = end;
    }
  }

  #text(from: number, to: number): void {
    const source: Source = this.#source;
    const open = this.#stack.at(-1);
    if (!open) {
      const found = source.spaces(from);
      const what = this.#root ? 'text behind the end of the root element' : 'the text does not start with a tag';
      if (found < to) source.fail(found, what);
      return;
    }
    const depth = this.#stack.length;
    if (source.says(spellIndent(depth, source.newline), from, to)) {
      // The usual case, and the same few texts all over the plan.
      if (open.children.length === 0) open.text += spellIndent(depth, '\n');
      return;
    }
    const raw = source.text.slice(from, to);
    const stray = raw.indexOf(']]>');
    if (stray >= 0) source.fail(from + stray, ']]> in a text; write it as ]]&gt;');
    const text = this.#decoded(decodeText(this.#seen(raw)), from);
    if (open.children.length === 0) open.text += text;
  }

  #comment(start: number): number {
    const source: Source = this.#source;
    const end = source.text.indexOf('--', start + 4);
    if (end < 0) source.fail(start, 'the comment does not end');
    if (source.text[end + 2] !== '>') source.fail(end, '-- inside a comment');
    return end + 3;
  }

  #cdata(start: number): number {
    const source: Source = this.#source;
    const end = source.skip(start, '<![CDATA['.length, ']]>', 'CDATA section');
    const open = this.#stack.at(-1);
    if (!open) source.fail(start, 'CDATA outside of the root element');
    if (open.children.length === 0) open.text += normalizeLines(this.#seen(source.text.slice(start + 9, end - 3)));
    return end;
  }

  #seen(raw: string): string {
    return this.#options.lossy ? readable(raw) : raw;
  }

  #decoded(result: string | TextFault, from: number): string {
    if (typeof result === 'string') return result;
    return this.#source.problem(from + result.offset, result.problem);
  }

  #noName(start: number): string {
    return this.#source.text.startsWith('<<<<<<<', start)
      ? 'a merge conflict was left in the file (<<<<<<<)'
      : 'a < that starts no tag; write it as &lt;';
  }
}
