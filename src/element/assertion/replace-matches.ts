import { type CompiledPattern, compilePattern, dialectOf, isBad, JavaError, type Match } from '../../java/index.js';
import type { User } from '../../model/index.js';

/**
 * Replaces all matches of a pattern. With ORO the new text is taken as it is, with java.util.regex it may name groups.
 * Throws what the engine throws for a pattern, or for a new text, that it cannot read.
 */
export function replaceMatches(text: string, regex: string, by: string, user: User): string {
  const dialect = dialectOf(user.test.properties.get('jmeter.regex.engine'));
  const pattern = compilePattern(regex, { dialect });
  if (isBad(pattern)) throw pattern.error;
  let result = '';
  let end = 0;
  for (let match = pattern.find(text); match; match = pattern.find(text, match)) {
    result += text.slice(end, match.start) + (dialect === 'oro' ? by : expanded(by, match, pattern));
    end = match.end;
  }
  return result + text.slice(end);
}

/** Matcher.appendReplacement: `\x` is x, `$n` a group by number, `${name}` by name. */
function expanded(by: string, { groups }: Match, pattern: CompiledPattern): string {
  let result = '';
  for (let i = 0; i < by.length; i++) {
    const c = by.charAt(i);
    if (c === '\\') {
      i++;
      if (i === by.length) throw illegal('character to be escaped is missing');
      result += by.charAt(i);
    } else if (c === '$') {
      const named = /^\$\{([A-Za-z][A-Za-z0-9]*)\}/.exec(by.slice(i));
      const [length, number] = named ? [named[0].length, groupNamed(named[1] ?? '', pattern)] : groupAt(by, i, pattern);
      result += groups[number] ?? '';
      i += length - 1;
    } else result += c;
  }
  return result;
}

function groupNamed(name: string, { names }: CompiledPattern): number {
  const number = names.get(name);
  if (number === undefined) throw illegal(`No group with name {${name}}`);
  return number;
}

/** As many digits as there are groups for. */
function groupAt(by: string, at: number, { groups }: CompiledPattern): readonly [length: number, number: number] {
  if (by.charAt(at + 1) === '{') throw illegal("named capturing group is missing trailing '}'");
  const digits = /^\d+/.exec(by.slice(at + 1))?.[0];
  if (digits === undefined)
    throw illegal(at + 1 === by.length ? 'Illegal group reference: group index is missing' : 'Illegal group reference');
  let length = 1;
  while (length < digits.length && Number(digits.slice(0, length + 1)) <= groups) length++;
  const number = Number(digits.slice(0, length));
  if (number > groups) throw new JavaError('java.lang.IndexOutOfBoundsException', `No group ${number}`);
  return [length + 1, number];
}

const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);
