import { JavaError } from '../error.js';

/** The text of a Java pattern and where its reader stands, with Java's escapes of single characters. */
export class JavaText {
  at = 0;

  constructor(readonly text: string) {}

  /** PatternSyntaxException as Java words it: the index, the pattern, and a caret under it. */
  error(what: string, at = this.at): JavaError {
    const index = at < 0 ? '' : ` near index ${at}`;
    const caret = at < 0 || this.text.length <= at ? '' : `\n${' '.repeat(at)}^`;
    return new JavaError('java.util.regex.PatternSyntaxException', `${what}${index}\n${this.text}${caret}`);
  }

  get c(): string {
    return this.text[this.at] ?? '';
  }
  peek(offset = 1): string {
    return this.text[this.at + offset] ?? '';
  }
  is(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }
  accept(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
  take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.text.slice(this.at));
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }
  /** The character here as a code point, stepped over. */
  point(): number {
    const code = this.text.codePointAt(this.at) ?? 0;
    this.at += code > 0xffff ? 2 : 1;
    return code;
  }

  /** The character behind a backslash and the letter `c`, already stepped over; undefined when the letter is no such escape. */
  escapedPoint(c: string): number | undefined {
    switch (c) {
      case '0':
        return this.octal();
      case 'x':
        return this.hex();
      case 'u':
        return this.unicode();
      case 'c':
        if (this.c === '') throw this.error('Illegal control escape sequence');
        return this.point() ^ 64;
      default:
        return SIMPLE[c] ?? (/[A-Za-z0-9]/.test(c) ? undefined : c.codePointAt(0));
    }
  }

  private octal(): number {
    const found = this.take(/^(?:[0-3][0-7]{2}|[0-7]{1,2})/);
    if (!found) throw this.error('Illegal octal escape sequence');
    return Number.parseInt(found[0], 8);
  }

  private hex(): number {
    const found = this.take(/^(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]+)\})/);
    if (!found)
      throw this.error(
        'Illegal hexadecimal escape sequence',
        this.at + (/^[0-9a-fA-F]?/.exec(this.c)?.[0].length ?? 0),
      );
    const code = Number.parseInt(found[1] ?? found[2] ?? '0', 16);
    if (code > 0x10ffff) throw this.error('Hexadecimal codepoint is too big');
    return code;
  }

  private unicode(): number {
    const found = this.take(/^[0-9a-fA-F]{4}/);
    if (!found)
      throw this.error(
        'Illegal Unicode escape sequence',
        this.at + (/^[0-9a-fA-F]*/.exec(this.text.slice(this.at))?.[0].length ?? 0),
      );
    const code = Number.parseInt(found[0], 16);
    if (code < 0xd800 || code > 0xdbff) return code;
    const low = this.take(/^\\u([dD][c-fC-F][0-9a-fA-F]{2})/);
    return low ? (code - 0xd800) * 0x400 + Number.parseInt(low[1] ?? '', 16) - 0xdc00 + 0x10000 : code;
  }
}

const SIMPLE: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };
