import { describe, expect, it } from 'vitest';
import { compilePattern, isBad, replaceAll } from '../../src/java/index.js';

const replaced = (text: string, source: string, by: string): string => {
  const pattern = compilePattern(source, { dialect: 'java' });
  if (isBad(pattern)) throw pattern.error;
  try {
    return replaceAll(text, pattern, by);
  } catch (error) {
    return `!${error}`;
  }
};

// As Java 17 has them.
describe('replaceAll', () => {
  it.each([
    ['a1b22', '(\\d)(\\d)?', '[$1]', 'a[1]b[2]'],
    ['a1b22', '(\\d)(\\d)?', '[$2$1]', 'a[1]b[22]'],
    ['abc', 'b', '$0$0', 'abbc'],
    ['abc', 'b', '\\$\\n', 'a$nc'],
    ['abc', '(b)', '$11', 'ab1c'],
    ['abc', '(?<n>b)', '${n}!', 'ab!c'],
    ['abc', '', '-', '-a-b-c-'],
    ['abc', 'z', '$9', 'abc'],
    ['abc', 'b', '$', '!java.lang.IllegalArgumentException: Illegal group reference: group index is missing'],
    ['abc', 'b', '$x', '!java.lang.IllegalArgumentException: Illegal group reference'],
    ['abc', 'b', '$1', '!java.lang.IndexOutOfBoundsException: No group 1'],
    ['abc', '(?<n>b)', '${m}', '!java.lang.IllegalArgumentException: No group with name {m}'],
    ['abc', '(?<n>b)', '${n', "!java.lang.IllegalArgumentException: named capturing group is missing trailing '}'"],
    ['abc', '(?<n>b)', '${}', '!java.lang.IllegalArgumentException: named capturing group has 0 length name'],
    [
      ...(['abc', '(?<n>b)', '${1}'] as const),
      '!java.lang.IllegalArgumentException: capturing group name {1} starts with digit character',
    ],
    ['abc', 'b', '\\', '!java.lang.IllegalArgumentException: character to be escaped is missing'],
  ])('%s: %s by %s is %s', (text, pattern, by, expected) => expect(replaced(text, pattern, by)).toBe(expected));
});
