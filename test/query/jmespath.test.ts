import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JavaError } from '../../src/java/index.js';
import { findAll, findOne } from '../../src/query/index.js';

type Recorded = readonly string[] | { readonly error: string };
/**
 * `jmespath.json`: what jmespath-java 0.6.0 and Jackson 2.16 gave, by document and expression: texts behind `s:`, the rest as
 * JSON; lists behind `array`. What messages repeat is shortened.
 */
const { documents, cases } = JSON.parse(fs.readFileSync(new URL('jmespath.json', import.meta.url), 'utf8')) as {
  readonly documents: readonly string[];
  readonly cases: readonly (readonly [document: number, expression: string, result: Recorded])[];
};

const ANY = "{'!', '(', '*', '[', '{', '[?', '@', '`', RAW_STRING, JSON_CONSTANT, NAME, STRING}";

/** What the extractor sees. */
function shown(text: string, expression: string): Recorded {
  try {
    return findAll(text, expression);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    return {
      error: error.message
        .replaceAll(`expecting ${ANY}`, 'expecting EXPRESSION')
        .replace(`Unable to compile expression "${expression}": `, 'UNABLE ')
        .replaceAll(`[Source: (String)"${text}"`, '[SOURCE'),
    };
  }
}

const plain = (text: string): string => (text.startsWith('s:') ? text.slice(2) : text);
function expected(recorded: Recorded): Recorded {
  if (!Array.isArray(recorded)) return recorded;
  if (recorded[0] === 'array') return recorded.slice(1).map(plain);
  return recorded[0] === 'null' ? [] : recorded.map(plain);
}

it('finds what jmespath-java finds, and complains as ANTLR and Jackson do', () => {
  const different = cases.flatMap(([document, expression, result]) => {
    const text = documents[document] ?? '';
    const found = shown(text, expression);
    const wanted = expected(result);
    return JSON.stringify(found) === JSON.stringify(wanted) ? [] : [{ text, expression, found, wanted }];
  });
  expect(different).toEqual([]);
});

describe('a document that JSON.parse reads', () => {
  it('is read again when an answer hangs on what it does not keep', () => {
    const text = '{"a":1.0,"b":"x","c":{"2":1,"1":2},"d":12345678901234567890,"e":1}';
    expect(findAll(text, 'a')).toEqual(['1.0']);
    expect(findAll(text, 'c')).toEqual(['{"2":1,"1":2}']);
    expect(findAll(text, 'c.*')).toEqual(['1', '2']);
    expect(findAll(text, 'd')).toEqual(['12345678901234567890']);
    expect(findAll(text, 'contains(`[1.0]`, e)')).toEqual(['false']);
  });

  it('has no members but its own', () => {
    expect(findAll('{"a":1}', 'constructor')).toEqual([]);
    expect(findAll('{"__proto__":1}', '__proto__')).toEqual(['1']);
  });
});

it('compares with an expected JSON text by kind', () => {
  const found = findOne('{"a":{"x":1,"y":[1.0]}}', 'a');
  expect(found.text).toBe('{"x":1,"y":[1.0]}');
  expect(found.is('{"y":[1.0],"x":1}')).toBe(true);
  expect(found.is('{"y":[1],"x":1}')).toBe(false);
});
