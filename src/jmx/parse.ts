import { at, type Problem, ProblemError, problems } from '../problem.js';
import { readable } from './bytes.js';
import { decodeAttribute, decodeText, normalizeLines, type TextFault } from './decode.js';
import { type Newline, spellIndent, spellOpen, spellText } from './spelling.js';
import type { RawSpelling, XmlElement } from './xml.js';

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
const NAME = /[A-Za-z_:\u0080-\uffff][-A-Za-z0-9_:.\u0080-\uffff]*/y;
const SPACES = /[ \t\r\n]*/y;
const NOT_BLANK = /[^ \t\r\n]/g;

/** An element whose end has not been met yet. */
interface Open {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly start: number;
  readonly line: number;
  readonly column: number;
  /** The open tag as it stands in the text. */
  readonly rawOpen: string;
  readonly children: XmlElement[];
  readonly between: string[];
  text: string;
  /** Where the text since the open tag or the last child starts. */
  since: number;
}

class Parser {
  readonly #source: string;
  readonly #options: ParseOptions;
  readonly #newline: Newline;
  readonly #stack: Open[] = [];
  #root: XmlElement | undefined;
  #rootStart = 0;
  #rootEnd = 0;
  #line = 1;
  #lineStart = 0;
  #lineEnd: number;

  constructor(source: string, options: ParseOptions) {
    this.#source = source;
    this.#options = options;
    this.#lineEnd = source.indexOf('\n');
    this.#newline = source[this.#lineEnd - 1] === '\r' ? '\r\n' : '\n';
  }

  parse(): ParsedXml {
    const source = this.#source;
    let position = source.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (position < source.length) {
      const tag = source.indexOf('<', position);
      const end = tag < 0 ? source.length : tag;
      if (end > position) this.#text(position, end);
      if (tag < 0) break;
      position = this.#markup(tag);
    }
    const open = this.#stack.at(-1);
    if (open) this.#fail(open.start, `<${open.tag}> is never closed`);
    const root = this.#root;
    if (!root) this.#fail(position, 'there is no root element');
    const [prolog, epilog] = [source.slice(0, this.#rootStart), source.slice(this.#rootEnd)];
    return { root, prolog, epilog, newline: this.#newline };
  }

  /** Reads what starts at `<`; returns where it ends. */
  #markup(start: number): number {
    const source = this.#source;
    const next = source[start + 1];
    if (next === '/') return this.#closeTag(start);
    if (next === '?') return this.#skip(start, 2, '?>', 'processing instruction');
    if (next !== '!') return this.#openTag(start);
    if (source.startsWith('<!--', start)) return this.#comment(start);
    if (source.startsWith('<![CDATA[', start)) return this.#cdata(start);
    if (source.startsWith('<!DOCTYPE', start)) this.#problem(start, problems.doctype());
    return this.#fail(start, '<! starts neither a comment nor CDATA');
  }

  #openTag(start: number): number {
    const source = this.#source;
    const name = this.#name(start + 1);
    if (name === '') this.#fail(start, this.#noName(start));
    if (this.#stack.length >= DEEPEST) this.#problem(start, problems.nestedTooDeep(DEEPEST));
    const parent = this.#stack.at(-1);
    if (parent) parent.between.push(source.slice(parent.since, start));
    else this.#startRoot(name, start);
    const attributes = new Map<string, string>();
    let position = this.#attributes(start, start + 1 + name.length, name, attributes);
    const selfClosed = source[position] === '/';
    position += selfClosed ? 2 : 1;
    if (source[position - 1] !== '>') this.#fail(start, `the tag <${name} is not closed with >`);
    const { line, column } = this.#locate(start);
    const rawOpen = source.slice(start, position);
    const open = { tag: name, attributes, start, line, column, rawOpen, children: [], between: [], text: '' };
    if (selfClosed) this.#add({ ...open, since: position }, '', position);
    else this.#stack.push({ ...open, since: position });
    return position;
  }

  #startRoot(tag: string, start: number): void {
    if (this.#root) this.#fail(start, `<${tag}> stands behind the end of the root element`);
    const problem = this.#options.checkRoot?.(tag);
    if (problem) this.#problem(start, problem);
    this.#rootStart = start;
  }

  /** Reads attributes from `position` on; returns where `>` or `/>` should stand. */
  #attributes(start: number, position: number, tag: string, into: Map<string, string>): number {
    const source = this.#source;
    for (let next = position; ; ) {
      next = this.#spaces(next);
      const character = source[next];
      if (character === '>' || character === '/') return next;
      const name = this.#name(next);
      if (name === '') this.#fail(next < source.length ? next : start, `the tag <${tag} is not closed with >`);
      if (into.has(name)) this.#fail(next, `<${tag}> has the attribute ${name} twice`);
      const equals = this.#spaces(next + name.length);
      const open = this.#spaces(equals + 1);
      const quote = source[open];
      if (source[equals] !== '=' || (quote !== '"' && quote !== "'"))
        this.#fail(next, `the attribute ${name} of <${tag}> has no value in quotes`);
      const close = source.indexOf(quote, open + 1);
      const raw = source.slice(open + 1, close < 0 ? undefined : close);
      if (close < 0 || raw.includes('<'))
        this.#fail(open, `the value of the attribute ${name} of <${tag}> does not end`);
      into.set(name, this.#decoded(decodeAttribute(this.#seen(raw)), open + 1));
      next = close + 1;
    }
  }

  #closeTag(start: number): number {
    const source = this.#source;
    const name = this.#name(start + 2);
    const end = this.#spaces(start + 2 + name.length);
    if (source[end] !== '>') this.#fail(start, `the tag </${name} is not closed with >`);
    const open = this.#stack.pop();
    if (!open) this.#fail(start, `</${name}> closes nothing`);
    if (open.tag !== name)
      this.#fail(start, `</${name}> stands where </${open.tag}> should close <${open.tag}> of line ${open.line}`);
    open.between.push(source.slice(open.since, start));
    this.#add(open, source.slice(start, end + 1), end + 1);
    return end + 1;
  }

  /** The element is complete: it joins its parent. */
  #add(open: Open, close: string, end: number): void {
    const { tag, attributes, children, text, line, column } = open;
    const raw = rawSpelling(open, close, this.#stack.length, this.#newline);
    const node = { tag, attributes, children, text, line, column };
    const element = raw ? { ...node, raw } : node;
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
    const open = this.#stack.at(-1);
    if (!open) {
      NOT_BLANK.lastIndex = from;
      const found = NOT_BLANK.exec(this.#source)?.index ?? to;
      if (found >= to) return;
      this.#fail(found, this.#root ? 'text behind the end of the root element' : 'the text does not start with a tag');
    }
    const raw = this.#source.slice(from, to);
    const stray = raw.indexOf(']]>');
    if (stray >= 0) this.#fail(from + stray, ']]> in a text; write it as ]]&gt;');
    const text = this.#decoded(decodeText(this.#seen(raw)), from);
    if (open.children.length === 0) open.text += text;
  }

  #comment(start: number): number {
    const end = this.#source.indexOf('--', start + 4);
    if (end < 0) this.#fail(start, 'the comment does not end');
    if (this.#source[end + 2] !== '>') this.#fail(end, '-- inside a comment');
    return end + 3;
  }

  #cdata(start: number): number {
    const end = this.#skip(start, '<![CDATA['.length, ']]>', 'CDATA section');
    const open = this.#stack.at(-1);
    if (!open) this.#fail(start, 'CDATA outside of the root element');
    if (open.children.length === 0) open.text += normalizeLines(this.#seen(this.#source.slice(start + 9, end - 3)));
    return end;
  }

  #skip(start: number, length: number, end: string, what: string): number {
    const found = this.#source.indexOf(end, start + length);
    return found < 0 ? this.#fail(start, `the ${what} does not end`) : found + end.length;
  }

  #seen(raw: string): string {
    return this.#options.lossy ? readable(raw) : raw;
  }

  #decoded(result: string | TextFault, from: number): string {
    if (typeof result === 'string') return result;
    return this.#problem(from + result.offset, result.problem);
  }

  #name(position: number): string {
    NAME.lastIndex = position;
    return NAME.exec(this.#source)?.[0] ?? '';
  }

  #spaces(position: number): number {
    SPACES.lastIndex = position;
    SPACES.exec(this.#source);
    return SPACES.lastIndex;
  }

  #noName(start: number): string {
    return this.#source.startsWith('<<<<<<<', start)
      ? 'a merge conflict was left in the file (<<<<<<<)'
      : 'a < that starts no tag; write it as &lt;';
  }

  /** Line and column of a position not before the last one asked for. */
  #locate(position: number): { line: number; column: number } {
    while (this.#lineEnd >= 0 && this.#lineEnd < position) {
      this.#line++;
      this.#lineStart = this.#lineEnd + 1;
      this.#lineEnd = this.#source.indexOf('\n', this.#lineStart);
    }
    return { line: this.#line, column: position - this.#lineStart + 1 };
  }

  #fail(position: number, what: string): never {
    return this.#problem(position, problems.notWellFormed(what));
  }

  #problem(position: number, problem: Problem): never {
    let line = 1;
    let start = 0;
    for (let end = this.#source.indexOf('\n'); end >= 0 && end < position; end = this.#source.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    throw new ProblemError([at(problem, { line, column: position - start + 1 })]);
  }
}

/** What of an element XStream would have written otherwise; undefined when nothing. */
function rawSpelling(open: Open, close: string, depth: number, newline: Newline): RawSpelling | undefined {
  const { tag, attributes, children, between, text, rawOpen } = open;
  const canonical = spellOpen(tag, attributes, children.length === 0 && text === '');
  const openDiffers = rawOpen !== canonical;
  if (close === '') return openDiffers ? { open: rawOpen } : undefined;
  const betweenDiffers =
    children.length === 0
      ? between[0] !== spellText(text, newline)
      : between.some((piece, i) => piece !== spellIndent(i < children.length ? depth + 1 : depth, newline));
  const closeDiffers = close !== `</${tag}>`;
  if (!openDiffers && !betweenDiffers && !closeDiffers) return undefined;
  return {
    ...(openDiffers && { open: rawOpen }),
    ...(betweenDiffers && { between }),
    ...(closeDiffers && { close }),
  };
}
