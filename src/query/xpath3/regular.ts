import { saxonError } from './error.js';

/** Regular expressions of XPath 3.1 (§5.6.1), on JavaScript's engine. */
const LIMIT = 500;
const kept = new Map<string, RegExp>();

function compiled(pattern: string, flags: string): RegExp {
  const key = `${flags}/${pattern}`;
  let found = kept.get(key);
  if (found === undefined) {
    found = compile(pattern, flags);
    if (kept.size >= LIMIT) kept.clear();
    kept.set(key, found);
  }
  return found;
}

function compile(pattern: string, flags: string): RegExp {
  const bad = /[^smixq;jn]/.exec(flags)?.[0];
  if (bad !== undefined) throw saxonError(`Unrecognized flag '${bad}'`);
  const has = (flag: string): boolean => flags.includes(flag);
  const source = has('q')
    ? pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    : translated(has('x') ? withoutBlanks(pattern) : pattern, has('s'));
  try {
    return new RegExp(source, `gu${has('i') ? 'i' : ''}${has('m') ? 'm' : ''}${has('s') ? 's' : ''}`);
  } catch (error) {
    throw saxonError(`Syntax error at char 1 in regular expression: ${reason(pattern, error)}`);
  }
}
const reason = (pattern: string, error: unknown): string =>
  /\[[^\]]*$/.test(pattern)
    ? "Missing ']'"
    : /\([^)]*$/.test(pattern)
      ? "Expected ')'"
      : error instanceof Error
        ? error.message
        : String(error);

const withoutBlanks = (pattern: string): string => {
  let inside = 0;
  return pattern.replace(/\\.|[[\]]|[ \t\r\n]/gs, (part) => {
    if (part === '[') inside++;
    if (part === ']') inside--;
    return /^\s$/.test(part) && inside === 0 ? '' : part;
  });
};

const NAME_START = '\\p{L}_:';
const NAME = '-.\\p{L}\\p{Nd}\\p{M}_:\\u00b7';
const CLASSES: Readonly<Record<string, string>> = {
  '\\i': `[${NAME_START}]`,
  '\\I': `[^${NAME_START}]`,
  '\\c': `[${NAME}]`,
  '\\C': `[^${NAME}]`,
  '\\d': '\\p{Nd}',
  '\\D': '\\P{Nd}',
  '\\w': '[^\\p{P}\\p{Z}\\p{C}]',
  '\\W': '[\\p{P}\\p{Z}\\p{C}]',
  '\\s': '[ \\t\\n\\r]',
  '\\S': '[^ \\t\\n\\r]',
};
/** Inside a character class. */
const INNER: Readonly<Record<string, string>> = {
  ...CLASSES,
  '\\i': NAME_START,
  '\\c': NAME,
  '\\s': ' \\t\\n\\r',
  '\\w': '\\p{L}\\p{M}\\p{N}\\p{S}',
  '\\W': '\\p{P}\\p{Z}\\p{C}',
};

function translated(pattern: string, dotAll: boolean): string {
  let inside = 0;
  let result = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '\\') {
      const block = /^\\[pP]\{[^}]*\}/.exec(pattern.slice(i))?.[0];
      const pair = block ?? pattern.slice(i, i + 2);
      result += block ?? (inside > 0 ? INNER : CLASSES)[pair] ?? (pair === '\\-' && inside === 0 ? '-' : pair);
      i += pair.length - 1;
    } else if (char === '[') {
      inside++;
      result += '[';
    } else if (char === ']' && inside > 0) {
      inside--;
      result += ']';
    } else if (char === '.' && inside === 0 && !dotAll) result += '[^\\n\\r]';
    else result += char;
  }
  return result;
}

/** A pattern of XML Schema: the whole text must match, and `^` and `$` are characters. */
export const schemaPattern = (pattern: string): RegExp =>
  new RegExp(`^(?:${translated(pattern.replace(/\\.|[$^]/gs, literalAnchor), false)})$`, 'u');
const literalAnchor = (part: string, at: number, whole: string): string =>
  part.length === 1 && !(part === '^' && whole[at - 1] === '[') ? `\\${part}` : part;

export const isMatch = (value: string, pattern: string, flags: string): boolean => {
  const regex = compiled(pattern, flags);
  regex.lastIndex = 0;
  return regex.test(value);
};

/** A pattern that also matches nothing at all cannot cut a text. */
function cutting(pattern: string, flags: string): RegExp {
  const regex = compiled(pattern, flags);
  regex.lastIndex = 0;
  if (regex.exec('')?.[0] === '')
    throw saxonError('The regular expression must not be one that matches a zero-length string');
  regex.lastIndex = 0;
  return regex;
}

export function split(value: string, pattern: string, flags: string): readonly string[] {
  const regex = cutting(pattern, flags);
  if (value === '') return [];
  const parts: string[] = [];
  let at = 0;
  for (const match of value.matchAll(regex)) {
    parts.push(value.slice(at, match.index));
    at = match.index + match[0].length;
  }
  return [...parts, value.slice(at)];
}

export function replaced(value: string, pattern: string, replacement: string, flags: string): string {
  const regex = cutting(pattern, flags);
  if (flags.includes('q')) return value.replace(regex, () => replacement);
  checkReplacement(replacement);
  return value.replace(regex, (...found: unknown[]) => {
    const groups = found.slice(
      0,
      found.findIndex((part) => typeof part === 'number'),
    );
    return replacement.replace(/\\([\\$])|\$(\d+)/g, (_, escaped: string | undefined, digits: string | undefined) => {
      if (escaped !== undefined) return escaped;
      // As many digits as there are groups for; the rest is text.
      let number = digits ?? '0';
      while (number.length > 1 && Number(number) >= groups.length) number = number.slice(0, -1);
      const group = groups[Number(number)];
      return (typeof group === 'string' ? group : '') + (digits ?? '').slice(number.length);
    });
  });
}
function checkReplacement(replacement: string): void {
  const bad = (what: string) => saxonError(`Invalid replacement string in replace(): ${what}`);
  for (let i = 0; i < replacement.length; i++) {
    const char = replacement.charAt(i);
    const next = replacement.charAt(i + 1);
    if (char === '\\') {
      if (next === '') throw bad('\\ character at end of string');
      if (next !== '\\' && next !== '$') throw bad(`\\ character must be followed by \\ or $`);
      i++;
    } else if (char === '$') {
      if (next === '') throw bad('$ sign at end of string');
      if (!/\d/.test(next)) throw bad('$ sign must be followed by digit 0-9');
    }
  }
}

/** The text cut into what matches and what does not. */
export function analyzed(
  value: string,
  pattern: string,
  flags: string,
): readonly { readonly text: string; readonly match: boolean }[] {
  const parts: { text: string; match: boolean }[] = [];
  let at = 0;
  for (const match of value.matchAll(cutting(pattern, flags))) {
    if (match.index > at) parts.push({ text: value.slice(at, match.index), match: false });
    parts.push({ text: match[0], match: true });
    at = match.index + match[0].length;
  }
  if (at < value.length) parts.push({ text: value.slice(at), match: false });
  return parts;
}
