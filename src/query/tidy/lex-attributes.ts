import { isScript, isUrl } from './attribute-table.js';
import { CHAR, END, isWhite, lower } from './characters.js';
import { readEntity } from './lex-entity.js';
import type { Lexer } from './lexer.js';
import { Attribute } from './node.js';

/** Reads the attributes of a tag up to its end; the last one comes first. */
export function readAttributes(lexer: Lexer): { attributes: Attribute | undefined; closed: boolean } {
  let attributes: Attribute | undefined;
  let closed = false;
  const put = (attribute: Attribute): void => {
    attribute.next = attributes;
    attributes = attribute;
  };
  while (!lexer.stream.ended) {
    const read = readAttributeName(lexer);
    if (read.kind === 'server') put(new Attribute(undefined, undefined, read.asp));
    else if (read.kind === 'end') {
      if (read.closed) closed = true;
      break;
    } else {
      const { value, closes } = readValue(lexer, read.name, false);
      if (closes) closed = true;
      const { name = '' } = read;
      if (/^[a-z][\w.:-]*$/i.test(name)) put(new Attribute(name, value));
      else badName(lexer, name, value);
    }
  }
  return { attributes, closed };
}

function badName(lexer: Lexer, name: string, value: string | undefined): void {
  const kind = value !== undefined ? 'badValue' : name.endsWith('"') ? 'missingQuoteMark' : 'unknownAttribute';
  lexer.report.attribute(kind, lexer.token, { name, value });
}

type Read =
  | { readonly kind: 'name'; readonly name: string | undefined }
  /** `<% … %>` or `<? … ?>` that holds something. */
  | { readonly kind: 'server'; readonly asp: boolean }
  | { readonly kind: 'end'; readonly closed: boolean };
const END_OF_TAG: Read = { kind: 'end', closed: false };

/** Reads the name of the next attribute, or the end of the tag. */
export function readAttributeName(lexer: Lexer): Read {
  const { stream, report } = lexer;
  for (;;) {
    const c = stream.read();
    if (c === CHAR.SLASH) {
      const next = stream.read();
      if (next === CHAR.GT) return { kind: 'end', closed: true };
      stream.unread(next);
      return readName(lexer, c);
    }
    if (c === CHAR.GT) return END_OF_TAG;
    if (c === CHAR.LT) return readServerCode(lexer);
    if (c === CHAR.EQUALS) report.attribute('equalsSign', lexer.token);
    else if (c === CHAR.QUOTE || c === CHAR.APOS) report.attribute('quoteMark', lexer.token);
    else if (c === END) {
      endOfFile(lexer);
      return END_OF_TAG;
    } else if (!isWhite(c)) return readName(lexer, c);
  }
}

function readName(lexer: Lexer, first: number): Read {
  const { stream } = lexer;
  const start = lexer.size;
  const fold = !lexer.settings.xmlTags;
  let last = first;
  for (let c = first; ; c = stream.read()) {
    if (c === CHAR.EQUALS || c === CHAR.GT || c === CHAR.LT || c === END) {
      stream.unread(c);
      break;
    }
    if (last === CHAR.MINUS && (c === CHAR.QUOTE || c === CHAR.APOS)) {
      lexer.size--;
      stream.unread(c);
      break;
    }
    if (isWhite(c)) break;
    last = fold ? lower(c) : c;
    lexer.add(last);
  }
  const name = lexer.slice(start, lexer.size);
  const empty = lexer.size <= start;
  lexer.size = start;
  return empty ? END_OF_TAG : { kind: 'name', name };
}

/** Behind a `<` inside a tag: server code, or the tag has no end. */
function readServerCode(lexer: Lexer): Read {
  const { stream } = lexer;
  const c = stream.read();
  if (c === CHAR.PERCENT || c === CHAR.QUESTION)
    return skipServerCode(lexer, c) ? { kind: 'server', asp: c === CHAR.PERCENT } : END_OF_TAG;
  stream.unread(c);
  if (lexer.state !== 'xmlDecl') stream.unread(CHAR.LT);
  lexer.report.attribute('unexpectedGt', lexer.token);
  return END_OF_TAG;
}

/** Over `… %>`; whether it held anything. */
function skipServerCode(lexer: Lexer, mark: number): boolean {
  const { stream } = lexer;
  lexer.textStart = lexer.size;
  for (let c = stream.read(); c !== END; c = stream.read()) {
    lexer.add(c);
    if (c !== mark) continue;
    const next = stream.read();
    if (next === END) break;
    lexer.add(next);
    if (next === CHAR.GT) break;
  }
  lexer.size -= 2;
  lexer.textEnd = lexer.size;
  const held = lexer.textEnd > lexer.textStart;
  lexer.textStart = lexer.textEnd;
  return held;
}

/** Reads the value of an attribute; `closes` when it ends in `/>`. */
export function readValue(
  lexer: Lexer,
  name: string | undefined,
  fold: boolean,
): { value: string | undefined; closes: boolean } {
  const { stream } = lexer;
  const c = afterWhite(lexer);
  if (c !== CHAR.EQUALS && c !== CHAR.QUOTE && c !== CHAR.APOS) {
    stream.unread(c);
    return { value: undefined, closes: false };
  }
  const first = afterWhite(lexer);
  if (first === CHAR.LT) return { value: readServerValue(lexer), closes: false };
  const delimiter = first === CHAR.QUOTE || first === CHAR.APOS ? first : undefined;
  if (delimiter === undefined) stream.unread(first);
  return new ValueReader(lexer, name ?? '', delimiter, fold).read();
}

/** The next character that is not white; the end is put back as well. */
function afterWhite({ stream }: Lexer): number {
  for (;;) {
    const c = stream.read();
    if (c === END) stream.unread(c);
    if (!isWhite(c)) return c;
  }
}

/** Attributes whose values keep white space at their ends. */
const KEEPS_SPACE: ReadonlySet<string> = new Set(['alt', 'title', 'value', 'prompt']);

class ValueReader {
  /** Line ends and angle brackets in a quoted value: many of them make one think of a missing quote. */
  #suspicious = 0;
  #seenGt = false;
  #last = 0;
  #closes = false;
  readonly #isUrl: boolean;

  constructor(
    private readonly lexer: Lexer,
    private readonly name: string,
    private readonly delimiter: number | undefined,
    private readonly fold: boolean,
  ) {
    this.#isUrl = isUrl(name);
  }

  read(): { value: string | undefined; closes: boolean } {
    const { lexer, delimiter } = this;
    const { stream } = lexer;
    const start = lexer.size;
    let c = 0;
    do {
      this.#last = c;
      c = stream.read();
      if (c === END) {
        endOfFile(lexer);
        break;
      }
      c = delimiter === undefined ? this.#bare(c) : this.#quoted(c, delimiter);
      if (c === DONE) break;
      c = this.#take(c);
    } while (c !== DONE);
    this.#suspect(start);
    const length = lexer.size - start;
    lexer.size = start;
    const value = length > 0 || delimiter !== undefined ? this.#trimmed(start, length) : undefined;
    return { value, closes: this.#closes };
  }

  #bare(given: number): number {
    const { stream, report, token } = this.lexer;
    let c = given;
    if (c === CHAR.GT) {
      stream.unread(c);
      return DONE;
    }
    if (c === CHAR.QUOTE || c === CHAR.APOS) {
      report.attribute('quoteMark', token);
      const next = stream.read();
      stream.unread(next);
      if (next === CHAR.GT) {
        this.lexer.add(c);
        return DONE;
      }
    }
    if (c === CHAR.LT) {
      stream.unread(c);
      stream.unread(CHAR.GT);
      report.attribute('unexpectedGt', token);
      return DONE;
    }
    if (c === CHAR.SLASH) {
      const next = stream.read();
      stream.unread(next);
      if (next === CHAR.GT && !this.#isUrl) {
        this.#closes = true;
        return DONE;
      }
      c = CHAR.SLASH;
    }
    return c;
  }

  #quoted(c: number, delimiter: number): number {
    if (c === delimiter) return DONE;
    if (c === CHAR.LF || c === CHAR.LT || c === CHAR.GT) this.#suspicious++;
    if (c === CHAR.GT) this.#seenGt = true;
    return c;
  }

  /** Adds a character; gives what counts as the last one, or that the value is over. */
  #take(given: number): number {
    const { lexer } = this;
    let c = given;
    if (c === CHAR.AMP) {
      if (this.name.toLowerCase() === 'id') lexer.report.attribute('entityInId', undefined);
      else {
        lexer.add(c);
        readEntity(lexer, false);
      }
      return c;
    }
    if (c === CHAR.BACKSLASH) {
      const next = lexer.stream.read();
      if (next === CHAR.LF) c = next;
      else lexer.stream.unread(next);
    }
    if (isWhite(c)) {
      if (this.delimiter === undefined) return DONE;
      if (c === CHAR.LF && this.#isUrl) {
        lexer.report.attribute('newlineInUri', lexer.token);
        return c;
      }
      c = CHAR.SPACE;
      if (this.#last === CHAR.SPACE) return c;
    } else if (this.fold) c = lower(c);
    lexer.add(c);
    return c;
  }

  #suspect(start: number): void {
    if (this.#suspicious <= 10 || !this.#seenGt || isScript(this.name)) return;
    const { lexer } = this;
    if (this.#isUrl && lexer.slice(start, start + 11) === 'javascript:') return;
    if (lexer.slice(start, start + 5) !== '<xml ') lexer.report.error('missingQuote');
  }

  #trimmed(from: number, given: number): string {
    const { lexer } = this;
    let start = from;
    let length = given;
    if (!KEEPS_SPACE.has(this.name.toLowerCase())) {
      while (isWhite(lexer.byteAt(start + length - 1))) length--;
      // JTidy compares a place with a length here: at the front of the buffer it trims less than elsewhere.
      while (isWhite(lexer.byteAt(start)) && start < length) {
        start++;
        length--;
      }
    }
    return lexer.slice(start, start + length);
  }
}

const DONE = -2;

/** A value that begins with `<`: server code, or anything up to the next white space or `>`. */
function readServerValue(lexer: Lexer): string | undefined {
  const { stream } = lexer;
  const start = lexer.size;
  lexer.add(CHAR.LT);
  const first = stream.read();
  lexer.add(first);
  const rule = first === CHAR.PERCENT || first === CHAR.QUESTION || first === CHAR.AT;
  for (let c = stream.read(); c !== END; c = stream.read()) {
    if (c === CHAR.GT) {
      if (rule) lexer.add(c);
      else stream.unread(c);
      break;
    }
    if (!rule && isWhite(c)) break;
    lexer.add(c);
    if ((c === CHAR.QUOTE || c === CHAR.APOS) && !readQuoted(lexer, c)) break;
  }
  const value = lexer.slice(start, lexer.size);
  lexer.size = start;
  return value === '' ? undefined : value;
}

/** Up to the closing quote; false when there is none before the tag ends. */
function readQuoted(lexer: Lexer, quote: number): boolean {
  const { stream, report } = lexer;
  for (;;) {
    const c = stream.read();
    if (stream.ended) {
      endOfFile(lexer);
      return false;
    }
    if (c === CHAR.GT) {
      stream.unread(c);
      report.attribute('unexpectedGt', lexer.token);
      return false;
    }
    lexer.add(c);
    if (c === quote) return true;
  }
}

function endOfFile(lexer: Lexer): void {
  lexer.report.endOfFile(lexer.token);
  lexer.stream.unread(END);
}
