/** An attribute or parameter as it was written; without `=` it has no value. */
export interface Pair {
  readonly name: string;
  readonly value: string | undefined;
}

/** A header's element: a pair, and those behind it up to the comma. */
export interface HeaderElement extends Pair {
  readonly parameters: readonly Pair[];
}

const BLANK = /[ \t\r\n]/;

/** Reads a header's value piece by piece (org.apache.http.message.TokenParser of HttpCore 4.4). */
export class Tokens {
  #at = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.#at >= this.text.length;
  }
  /** The character that was read last. */
  get before(): string {
    return this.text[this.#at - 1] ?? '';
  }

  /** Steps over one character and gives it. */
  step(): string {
    return this.text[this.#at++] ?? '';
  }

  skipBlanks(): void {
    while (!this.atEnd && BLANK.test(this.text[this.#at] ?? '')) this.#at++;
  }

  /** Up to a delimiter, with runs of blanks as one and none at the ends. */
  token(delimiters: string): string {
    return this.#read(delimiters, false);
  }

  /** The same; what stands in double quotes is taken as it is. */
  value(delimiters: string): string {
    return this.#read(delimiters, true);
  }

  #read(delimiters: string, quotes: boolean): string {
    let read = '';
    let blank = false;
    while (!this.atEnd) {
      const next = this.text[this.#at] ?? '';
      if (delimiters.includes(next)) break;
      if (BLANK.test(next)) {
        this.skipBlanks();
        blank = true;
        continue;
      }
      if (blank && read !== '') read += ' ';
      blank = false;
      read += quotes && next === '"' ? this.#quoted() : this.#plain(quotes ? `${delimiters}"` : delimiters);
    }
    return read;
  }

  #plain(delimiters: string): string {
    const from = this.#at;
    for (let next = this.text[from]; next !== undefined; next = this.text[++this.#at]) {
      if (delimiters.includes(next) || BLANK.test(next)) break;
    }
    return this.text.slice(from, this.#at);
  }

  #quoted(): string {
    let read = '';
    let escaped = false;
    this.#at++;
    while (!this.atEnd) {
      const next = this.step();
      if (escaped) {
        read += next === '"' || next === '\\' ? next : `\\${next}`;
        escaped = false;
      } else if (next === '"') break;
      else if (next === '\\') escaped = true;
      else if (next !== '\r' && next !== '\n') read += next;
    }
    return read;
  }
}

/** One pair, and the delimiter behind it; a value may be quoted, or is taken as it is. */
export function readPair(tokens: Tokens, { ends, quotes }: { readonly ends: string; readonly quotes: boolean }): Pair {
  const name = tokens.token(`=${ends}`);
  if (tokens.atEnd || tokens.step() !== '=') return { name, value: undefined };
  const value = quotes ? tokens.value(ends) : tokens.token(ends);
  if (!tokens.atEnd) tokens.step();
  return { name, value };
}

/** The elements of a header, divided by commas outside quotes (BasicHeaderValueParser 4.4). */
export function headerElements(text: string): readonly HeaderElement[] {
  const tokens = new Tokens(text);
  const elements: HeaderElement[] = [];
  const syntax = { ends: ';,', quotes: true };
  while (!tokens.atEnd) {
    const pair = readPair(tokens, syntax);
    const parameters: Pair[] = [];
    if (!tokens.atEnd && tokens.before !== ',') {
      tokens.skipBlanks();
      while (!tokens.atEnd) {
        parameters.push(readPair(tokens, syntax));
        if (tokens.before === ',') break;
      }
    }
    if (pair.name !== '' || pair.value !== undefined) elements.push({ ...pair, parameters });
  }
  return elements;
}
