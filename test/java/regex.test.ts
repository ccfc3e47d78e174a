import { describe, expect, it } from 'vitest';
import {
  type CompiledPattern,
  compilePattern,
  type Dialect,
  dialectOf,
  isBad,
  type Match,
} from '../../src/java/index.js';

const pattern = (source: string, dialect: Dialect = 'oro'): CompiledPattern => {
  const compiled = compilePattern(source, { dialect });
  if (isBad(compiled)) throw compiled.error;
  return compiled;
};
/** All matches as `start:whole,group,…`; `-` = the group took no part. */
const all = (source: string, text: string, dialect: Dialect = 'oro'): readonly string[] => {
  const compiled = pattern(source, dialect);
  const found: string[] = [];
  let last: Match | undefined;
  while (found.length < 20) {
    last = compiled.find(text, last ?? 0);
    if (last === undefined) break;
    found.push(`${last.start}:${last.groups.map((group) => group ?? '-').join(',')}`);
  }
  return found;
};
const refusal = (source: string, dialect: Dialect = 'oro'): string => {
  const compiled = compilePattern(source, { dialect });
  return isBad(compiled) ? String(compiled.error) : 'accepted';
};

/** What ORO 2.0.8 itself found. */
describe('ORO', () => {
  it.each([
    ['"id":"([^"]+)"', '"id":"5","id":"7"', ['0:"id":"5",5', '9:"id":"7",7']],
    ['a.c', 'a.c a\u2028c a\nc', ['0:a.c', '4:a\u2028c']],
    ['a$', 'ba\n', ['1:a']],
    ['(?m)^b|a$', 'a\nb\n', ['0:a', '2:b']],
    ['(?m)^', 'a\n', ['0:']],
    // A match never ends where the one before it ended.
    ['a*', 'aab', ['0:aa', '3:']],
    ['x*', 'ax', ['0:', '1:x']],
    ['(?:|a)*', 'aa', ['0:', '0:a', '1:a']],
    // Inline flags count everywhere, wherever they stand.
    ['a(?i)B', 'AB ab', ['0:AB', '3:ab']],
    ['(?i)k', 'K\u212ak', ['0:K', '1:\u212a', '2:k']],
    ['\\w+', 'a1_-é٣', ['0:a1_', '4:é٣']],
    ['\\d+', '1٣x', ['0:1٣']],
    ['[[:punct:]]+', 'a<=>b $', ['1:<=>', '6:$']],
    ['[[:^digit:]x]+', 'ax1', ['0:a']],
    ['a{,2}', 'a{,2}aa', ['0:a{,2}']],
    ['\\Qa\\E', 'QaE', ['0:QaE']],
    ['\\x41\\cA\\101', 'A\u0001A', ['0:A\u0001A']],
    ['(x)?y', 'y', ['0:y,-']],
    ['(.*)?', '', ['0:,']],
    ['(a)?\\1', 'b aa', ['2:aa,a']],
    // ORO notes where a group begins even if the try fails then.
    ['(?:(a)|b)*', 'ab', ['0:ab,']],
    // It counts no passes of \b.
    ['\\b+a', 'a', []],
    ['\\b*a', 'a', ['0:a']],
    ['(?x) a b # c', 'ab', ['0:ab']],
  ])('%j in %j', (source, text, matches) => {
    expect(all(source, text)).toEqual(matches);
  });

  it.each([
    ['foo|foot', 'foot', false],
    ['foot|foo', 'foot', true],
    ['a*?', 'aaa', false],
    ['', '', true],
    ['(?s).*', 'a\nb', true],
    ['.*', 'a\nb', false],
  ])('matches: the first match of %j must be all of %j', (source, text, matches) => {
    expect(pattern(source).matches(text)).toBe(matches);
  });

  it.each([
    ['(', 'Unmatched parentheses.'],
    ['a)', 'Unmatched parentheses.'],
    ['(?i)', 'Unmatched parentheses.'],
    ['*a', '?+* follows nothing in expression'],
    ['a**', 'Nested repetitions *?+ in expression'],
    ['a++', 'Nested repetitions *?+ in expression'],
    ['(?<=a)b', 'Sequence (?<...) not recognized'],
    ['(?<n>a)', 'Sequence (?<...) not recognized'],
    ['(?i:a)', 'Sequence (?:...) not recognized'],
    ['[a', 'Unmatched [] in expression.'],
    ['[z-a]', 'Invalid [] range in expression.'],
    ['a{2,1}', 'Invalid interval {2,1}'],
    ['\\1(a)', 'Invalid backreference: \\1'],
    ['a\\', 'Trailing \\ in expression.'],
  ])('refuses %j', (source, reason) => {
    expect(refusal(source)).toBe(
      `org.apache.oro.text.MalformedCachePatternException: Invalid expression: ${source}\n${reason}`,
    );
  });

  it('says when only we cannot read a pattern', () => {
    const compiled = compilePattern('\\Ga', { dialect: 'oro' });
    expect(isBad(compiled) && compiled.unsupported).toBe('\\G');
  });
});

/** What java.util.regex 17 itself found. */
describe('java.util.regex', () => {
  it.each([
    ['a*', 'aab', ['0:aa', '2:', '3:']],
    ['(?:(a)|b)*', 'ab', ['0:ab,a', '2:,-']],
    ['(a*)*', 'b', ['0:,', '1:,']],
    ['.', '\ud83d\ude00\u2028', ['0:\ud83d\ude00']],
    ['$', 'a\r\n', ['1:', '3:']],
    ['(?m)^', 'a\r\nb\n', ['0:', '3:']],
    ['(?m)^', '', []],
    ['a*+a|b', 'aab', ['2:b']],
    ['(?>a|ab)c', 'abc ac', ['4:ac']],
    ['(?<=a)b', 'ab bb', ['1:b']],
    ['(?<n>a)\\k<n>', 'aa', ['0:aa,a']],
    ['[a-z&&[^b]]+', 'abc', ['0:a', '2:c']],
    ['\\p{Lu}\\p{IsAlphabetic}', 'ÉéA1', ['0:Éé']],
    ['\\Qa.b\\E+', 'a.bb', ['0:a.bb']],
    ['(?i)é', 'É', []],
    ['(?iu)é', 'É', ['0:É']],
    ['a(?i)b', 'aB AB', ['0:aB']],
    ['(?i:a)b', 'Ab AB', ['0:Ab']],
    ['\\w+', 'é1', ['1:1']],
    ['\\bx', 'éx x', ['3:x']],
    ['(a)\\10', 'aa0', ['0:aa0,a']],
    ['\\R', '\r\n\n', ['0:\r\n', '2:\n']],
    ['x*', '\ud83d\ude00', ['0:', '1:', '2:']],
  ])('%j in %j', (source, text, matches) => {
    expect(all(source, text, 'java')).toEqual(matches);
  });

  it('matches looks for any match of the whole text', () => {
    expect(pattern('foo|foot', 'java').matches('foot')).toBe(true);
    expect(pattern('a*?', 'java').matches('aaa')).toBe(true);
  });

  it.each([
    ['(', 'Unclosed group near index 1\n('],
    ['a)', "Unmatched closing ')' near index 0\na)\n^"],
    ['*a', "Dangling meta character '*' near index 0\n*a\n^"],
    ['[a', 'Unclosed character class near index 1\n[a\n ^'],
    ['[z-a]', 'Illegal character range near index 3\n[z-a]\n   ^'],
    ['a{x}', 'Illegal repetition near index 2\na{x}\n  ^'],
    ['\\y', 'Illegal/unsupported escape sequence near index 1\n\\y\n ^'],
    ['(?<=a*b+?)c', 'Look-behind group does not have an obvious maximum length near index 8\n(?<=a*b+?)c\n        ^'],
  ])('refuses %j', (source, message) => {
    expect(refusal(source, 'java')).toBe(`java.util.regex.PatternSyntaxException: ${message}`);
  });
});

describe('the property jmeter.regex.engine', () => {
  it.each([
    [undefined, 'oro'],
    ['ORO', 'oro'],
    ['java', 'java'],
    ['', 'java'],
  ] as const)('%j means %s', (engine, dialect) => {
    expect(dialectOf(engine)).toBe(dialect);
  });
});

it('keeps compiled patterns by text and dialect', () => {
  expect(compilePattern('kept', { dialect: 'oro' })).toBe(compilePattern('kept', { dialect: 'oro' }));
  expect(compilePattern('kept', { dialect: 'oro' })).not.toBe(compilePattern('kept', { dialect: 'java' }));
});
