import { JavaError } from './error.js';
import type { CompiledPattern, Match } from './regex.js';

/**
 * Matcher.replaceAll: `$1`, `${name}` and `\` in the replacement as Java reads them.
 * Throws IllegalArgumentException and IndexOutOfBoundsException as Java words them, but only when there is a match.
 */
export function replaceAll(text: string, pattern: CompiledPattern, replacement: string): string {
  let replaced = '';
  let from = 0;
  for (let match = pattern.find(text); match !== undefined; match = pattern.find(text, match)) {
    replaced += text.slice(from, match.start) + expand(replacement, match, pattern);
    from = match.end;
  }
  return replaced + text.slice(from);
}

function expand(replacement: string, match: Match, pattern: CompiledPattern): string {
  let text = '';
  for (let at = 0; at < replacement.length; at++) {
    const char = replacement.charAt(at);
    if (char === '\\') {
      at++;
      if (at === replacement.length) throw illegal('character to be escaped is missing');
      text += replacement.charAt(at);
    } else if (char === '$') {
      const reference = referenceAt(replacement, at + 1, match, pattern);
      text += match.groups[reference.group] ?? '';
      at = reference.last;
    } else text += char;
  }
  return text;
}

interface Reference {
  readonly group: number;
  /** Where its last character stands. */
  readonly last: number;
}

function referenceAt(text: string, at: number, { groups }: Match, { names }: CompiledPattern): Reference {
  if (at === text.length) throw illegal('Illegal group reference: group index is missing');
  if (text.charAt(at) === '{') {
    const end = /^[A-Za-z0-9]*/.exec(text.slice(at + 1))?.[0].length ?? 0;
    const name = text.slice(at + 1, at + 1 + end);
    if (name === '') throw illegal('named capturing group has 0 length name');
    if (text.charAt(at + 1 + end) !== '}') throw illegal("named capturing group is missing trailing '}'");
    if (/^\d/.test(name)) throw illegal(`capturing group name {${name}} starts with digit character`);
    const group = names.get(name);
    if (group === undefined) throw illegal(`No group with name {${name}}`);
    return { group, last: at + 1 + end };
  }
  const first = text.charCodeAt(at) - 48;
  if (!(first >= 0 && first <= 9)) throw illegal('Illegal group reference');
  if (first >= groups.length) throw new JavaError('java.lang.IndexOutOfBoundsException', `No group ${first}`);
  let group = first;
  let last = at;
  // As many digits as still name a group.
  for (;;) {
    const digit = text.charCodeAt(last + 1) - 48;
    if (!(digit >= 0 && digit <= 9) || group * 10 + digit >= groups.length) return { group, last };
    group = group * 10 + digit;
    last++;
  }
}

const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);
