/** A set of characters (UTF-16 units or code points): sorted, disjoint, flat `[from, to, from, to, …]`. */
export type CharSet = readonly number[];

/** The last UTF-16 unit, and the last code point. */
export const UNITS = 0xffff;
export const POINTS = 0x10ffff;

export const NOTHING: CharSet = [];
export const one = (code: number): CharSet => [code, code];
export const range = (from: number, to: number): CharSet => [from, to];
export const chars = (text: string): CharSet => union(...[...text].map((c) => one(c.codePointAt(0) ?? 0)));

export function union(...sets: readonly CharSet[]): CharSet {
  const pairs: [number, number][] = [];
  for (const set of sets) for (let i = 0; i < set.length; i += 2) pairs.push([set[i] as number, set[i + 1] as number]);
  pairs.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [from, to] of pairs) {
    const last = out.length - 1;
    const end = out[last];
    if (end !== undefined && from <= end + 1) out[last] = Math.max(end, to);
    else out.push(from, to);
  }
  return out;
}

export function complement(set: CharSet, last: number): CharSet {
  const out: number[] = [];
  let from = 0;
  for (let i = 0; i < set.length; i += 2) {
    const low = set[i] as number;
    if (low > from) out.push(from, low - 1);
    from = (set[i + 1] as number) + 1;
  }
  if (from <= last) out.push(from, last);
  return out;
}

export const intersect = (a: CharSet, b: CharSet, last: number): CharSet =>
  complement(union(complement(a, last), complement(b, last)), last);

export function has(set: CharSet, code: number): boolean {
  let low = 0;
  let high = set.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code < (set[2 * middle] as number)) high = middle - 1;
    else if (code > (set[2 * middle + 1] as number)) low = middle + 1;
    else return true;
  }
  return false;
}

const known = new Map<string, CharSet>();

/** The characters up to `last` that a `\p{…}` class of this runtime holds; scanned once per class. */
export function property(source: string, last: number): CharSet {
  const key = `${source}/${last}`;
  let set = known.get(key);
  if (set === undefined) {
    set = scan(new RegExp(`^${source}$`, 'u'), last);
    known.set(key, set);
  }
  return set;
}

function scan(pattern: RegExp, last: number): CharSet {
  const out: number[] = [];
  for (let code = 0; code <= last; code++) {
    if (!pattern.test(String.fromCodePoint(code))) continue;
    const end = out.length - 1;
    if (out[end] === code - 1) out[end] = code;
    else out.push(code, code);
  }
  return out;
}

/** The set as a JavaScript class or character, in patterns with the `u` flag when `last` is the last code point. */
export function classSource(set: CharSet, last: number): string {
  if (set.length === 0) return '(?!)';
  if (set.length === 2 && set[0] === 0 && set[1] === last) return '[\\s\\S]';
  if (set.length === 2 && set[0] === set[1]) return charSource(set[0] as number);
  const negated = set[set.length - 1] === last;
  const shown = negated ? complement(set, last) : set;
  let out = negated ? '[^' : '[';
  for (let i = 0; i < shown.length; i += 2) {
    const from = shown[i] as number;
    const to = shown[i + 1] as number;
    out += charSource(from);
    if (to > from) out += (to > from + 1 ? '-' : '') + charSource(to);
  }
  return `${out}]`;
}

/** One character, escaped so that it means itself anywhere in a pattern. */
function charSource(code: number): string {
  if (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 32
  )
    return String.fromCharCode(code);
  if (code > 0xffff) return `\\u{${code.toString(16)}}`;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
