/** Bytes of memory to begin with, and what is kept at most from one chunk of rows to the next. */
const FEW = 16 * 1024;
const MANY = 1024 * 1024;

/** Rows as the bytes that a file gets (UTF-8), one after the other in one piece of memory that grows. */
export class RowBytes {
  #bytes = Buffer.allocUnsafeSlow(FEW);
  /** May be set back, to drop what came after. */
  length = 0;

  /** One ASCII character by its code. */
  char(code: number): void {
    const bytes = this.#withRoom(1);
    bytes[this.length++] = code;
  }

  /** A number as JavaScript writes it. */
  number(n: number): void {
    // A fraction, or more than 31 bits.
    if (n < 0 || (n | 0) !== n) {
      this.text(String(n));
      return;
    }
    const bytes = this.#withRoom(MOST_DIGITS);
    const first = this.length;
    this.length += digitsOf(n);
    let left = n;
    for (let at = this.length - 1; at >= first; at--) {
      const rest = (left / 10) | 0;
      bytes[at] = ZERO + left - rest * 10;
      left = rest;
    }
  }

  /** A whole number below 1000 with zeros before it. */
  threeDigits(n: number): void {
    const bytes = this.#withRoom(3);
    const tens = (n / 10) | 0;
    const hundreds = (n / 100) | 0;
    bytes[this.length++] = ZERO + hundreds;
    bytes[this.length++] = ZERO + tens - hundreds * 10;
    bytes[this.length++] = ZERO + n - tens * 10;
  }

  /**
   * An ASCII text without any of the `special` characters, which are those whose code gives 1 there; says false, and takes
   * nothing, when the text is another one.
   */
  plain(text: string, special: Uint8Array): boolean {
    const bytes = this.#withRoom(text.length);
    let at = this.length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127 || special[code] === 1) return false;
      bytes[at++] = code;
    }
    this.length = at;
    return true;
  }

  /** Any text; Java's UTF-8 encoder writes `?` for half of a surrogate pair, where Node would write U+FFFD. */
  text(text: string): void {
    const bytes = this.#withRoom(text.length * 3);
    this.length += bytes.write(text.isWellFormed() ? text : text.replace(LONES, '?'), this.length);
  }

  /** What it holds, until it is written to again. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
    if (this.#bytes.length > MANY) this.#bytes = Buffer.allocUnsafeSlow(FEW);
  }

  #withRoom(count: number): Buffer {
    const needed = this.length + count;
    return needed <= this.#bytes.length ? this.#bytes : this.#grown(needed);
  }

  #grown(needed: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(bytes, 0, 0, this.length);
    this.#bytes = bytes;
    return bytes;
  }
}

const LONES = /[\ud800-\udfff]/gu;
const ZERO = 48;
const MOST_DIGITS = 10;

function digitsOf(n: number): number {
  let count = 1;
  for (let limit = 10; n >= limit && count < MOST_DIGITS; limit *= 10) count++;
  return count;
}
