import { describe, expect, it } from 'vitest';
import {
  assertionText,
  compileAssertedPath,
  compilePath,
  documentOf,
  extractTexts,
  javaText,
  readPath,
} from '../../src/query/index.js';

/** Hits as the JSON Extractor stores them; null as undefined. */
const hits = (json: string, path: string): readonly (string | undefined)[] =>
  extractTexts(compilePath(path), json, new WeakMap());
/** The value, or the message, that the JSON Assertion sees. */
const value = (json: string, path: string): string => {
  try {
    return assertionText(readPath(compileAssertedPath(path), documentOf(json), new WeakMap()));
  } catch (error) {
    return `! ${error instanceof Error ? error.message : error}`;
  }
};

const STORE = JSON.stringify({
  store: {
    book: [
      { category: 'reference', title: 'Sayings', price: 8.95 },
      { category: 'fiction', title: 'Sword', price: 12.99, isbn: '0-553' },
      { category: 'fiction', title: 'Rings', price: 22.99, isbn: '0-395', tags: ['a', 'b'] },
    ],
    bicycle: { color: 'red', price: 19.95, gone: null },
  },
  limit: 10,
  s: 'text',
});

/** All of this is what json-path 2.8 itself said. */
describe('paths', () => {
  it.each([
    ['$.store.book[0].title', ['Sayings']],
    ['store.book[0].title', ['Sayings']],
    ["$['store']['bicycle']['color']", ['red']],
    ['$.store.book[-1].title', ['Rings']],
    ['$.store.book[0, 2].title', ['Sayings', 'Rings']],
    ['$.store.book[1:].title', ['Sword', 'Rings']],
    ['$.store.book[:-1].title', ['Sayings', 'Sword']],
    ['$.store.book[-2:].title', ['Sword', 'Rings']],
    // With both bounds, negative ones do not count from the end.
    ['$.store.book[0:-1].title', []],
    ['$..isbn', ['0-553', '0-395']],
    ['$..book[2].tags[*]', ['a', 'b']],
    // A leaf behind a scan wants the index before it.
    ['$..*.isbn', []],
    ['$..[0].title', ['Sayings']],
    ['$.store.book[9]', []],
    ['$.nothing.there', []],
    ['$.s.there', []],
    ['$.store.bicycle.gone', [undefined]],
    // The last character is never looked at by itself.
    ['$.limit[', ['10']],
    ["$.store.book[1]['title','none']", ['{"title":"Sword"}']],
    ["$.store['book','bicycle'].price", ['19.95']],
  ])('%s', (path, found) => {
    expect(hits(STORE, path)).toEqual(found);
  });

  it.each([
    ['$.a.b', "! Missing property in path $['a']"],
    ['$.store.b', "! No results for path: $['store']['b']"],
    [
      '$.s.b',
      "! Expected to find an object with property ['b'] in path $['s'] but found 'java.lang.String'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
    ],
    ['$.store.bicycle.gone[0]', "! The path $['store']['bicycle']['gone'] is null"],
    ['$.s[0]', '! Filter: [0] can only be applied to arrays. Current context is: text'],
    ['$.store.', "! Path must not end with a '.' or '..'"],
    ['$s', "! Illegal character at position 1 expected '.' or '['"],
    ['$.a b', "! Use bracket notion ['my prop'] if your property contains blank characters. position: 2"],
    ['$.a[abc]', "! Could not parse token starting at position 3. Expected ?, ', 0-9, * "],
    ['', '! path can not be null or empty'],
    ['$...a', "! Character '.' on position 3 is not valid."],
  ])('messages: %s', (path, message) => {
    expect(value(STORE, path)).toBe(message);
  });
});

describe('filters', () => {
  it.each([
    ['@.price < 10', ['Sayings']],
    ['@.price >= 12.99', ['Sword', 'Rings']],
    ['@.price > $.limit && @.isbn', ['Sword', 'Rings']],
    ['@.price > 20 || @.price < 9', ['Sayings', 'Rings']],
    ['!(@.price > 20)', ['Sayings', 'Sword']],
    ['!@.isbn', ['Sayings']],
    // A number against a string compares numbers, a string against a number texts.
    ["@.price == '8.950'", ['Sayings']],
    ["'8.950' == @.price", []],
    ['@.price === 8.95', ['Sayings']],
    ['@.category =~ /FIC.*/i', ['Sword', 'Rings']],
    ['@.category =~ /fic/', []],
    ["@.category in ['fiction', 'x']", ['Sword', 'Rings']],
    ["@.category nin ['fiction']", ['Sayings']],
    ["@.tags contains 'a'", ['Rings']],
    ['@.tags size 2', ['Rings']],
    ['@.isbn size 5', ['Sword', 'Rings']],
    ['@.tags empty false', ['Rings']],
    ["@.tags subsetof ['a', 'b', 'c']", ['Rings']],
    ["@.tags anyof ['b', 'c']", ['Rings']],
    ["@.tags noneof ['c']", ['Rings']],
    ["@.tags all ['a']", []],
    ["@.tags == ['a', 'b']", ['Rings']],
    ["['a', 'b'] == @.tags", []],
    // Missing is not null.
    ['@.isbn != null', ['Sayings', 'Sword', 'Rings']],
    ['@.isbn == null', []],
    ['@.tags.length() > 1', ['Rings']],
    ['1 == 1', ['Sayings', 'Sword', 'Rings']],
  ])('[?(%s)]', (filter, titles) => {
    expect(hits(STORE, `$.store.book[?(${filter})].title`)).toEqual(titles);
  });

  it.each([
    ['$.a[?()]', '! Failed to parse filter: [?()], error on position: 3, char: )'],
    ['$.a[?(@.b == )]', '! Failed to parse filter: [?(@.b == )], error on position: 10, char: )'],
    ['$.a[?]', '! Not enough predicates supplied for filter [?] at position 3'],
  ])('messages: %s', (path, message) => {
    expect(value('{"a":[]}', path)).toBe(message);
  });
});

describe('functions', () => {
  it.each([
    ['$.store.book.length()', '3'],
    ['$..price.sum()', '64.88'],
    ['$.max(1, 2.5, 2)', '2.5'],
    ['$.concat("a", $.s)', 'atext'],
    ['$.store.keys()', '[book, bicycle]'],
    ['$.foo()', '! Function with name: foo does not exist.'],
    ['$.s.sum()', '! Aggregation function attempted to calculate value using empty array'],
  ])('%s', (path, result) => {
    expect(value(STORE, path)).toBe(result);
  });

  it('are forbidden in the extractor', () => {
    expect(() => hits(STORE, '$.store.length()')).toThrow('are not allowed when using path functions!');
  });
});

describe('permissive JSON', () => {
  it.each([
    ['not json', '$', 'not json'],
    ["{a:'b', c:[1,,2,]} garbage", '$', '{"a":"b","c":[1,2]}'],
    ['{"a":01}', '$.a', '1'],
    ['{"a":1 2}', '$.a', '1 2'],
    [
      '[1.50,1e10,1E-7,-0.0,123456789012345678901234567890,100000000.5]',
      '$[*]',
      '[1.5,1.0E10,1.0E-7,-0.0,123456789012345678901234567890,1.000000005E8]',
    ],
    ['[1.0000000000000000001]', '$[0]', '1.0000000000000000001'],
    ['{"a":"\\u00e9\\/\\x41\\q"}', '$.a', 'é/A'],
    ['{"a":1,"a":2}', '$', '{"a":2}'],
    ['{"a":{"b":}}', '$', '! net.minidev.json.parser.ParseException: Unexpected character (}) at position 10.'],
    ['{"a":1', '$', '! net.minidev.json.parser.ParseException: Unexpected End Of File position 5: null'],
    ['[1', '$', '! net.minidev.json.parser.ParseException: Unexpected End Of File position 1: EOF'],
    ['null', '$', '! json can not be null'],
  ])('%j %s', (json, path, text) => {
    expect(value(json, path)).toBe(text);
  });
});

describe('rendering', () => {
  it('writes / as \\/, and the keys of an object that is a hit in hash order', () => {
    expect(hits('{"zeta":1,"alpha":"a/b","mid":{"z":1,"a":2}}', '$')).toEqual([
      '{"zeta":1,"mid":{"z":1,"a":2},"alpha":"a\\/b"}',
    ]);
    expect(hits('["a/b"]', '$[0]')).toEqual(['a/b']);
  });

  it('escapes what json-smart escapes', () => {
    expect(hits('["é\u2028\u0085\t"]', '$')).toEqual(['["é\\u2028\\u0085\\t"]']);
  });

  it('shows a double of the assertion in plain decimals', () => {
    expect(value('[1e10]', '$[0]')).toBe('10000000000.0');
    expect(value('[1.5e-9]', '$[0]')).toBe('0.0000000015');
    expect(value('[100]', '$[0]')).toBe('100');
  });

  it('shows an object as Java does where JMeter forgot to write JSON', () => {
    expect(javaText(readPath(compilePath('$'), documentOf('{"k":"v/w","l":[1,{"a":2}]}'), new WeakMap()))).toBe(
      '{k=v/w, l=[1,{"a":2}]}',
    );
  });
});

it('parses a text once for all who read it in a row', () => {
  const text = '{"a":1}';
  expect(documentOf(text)).toBe(documentOf(text));
});

it('words a look beyond the text as Java 17 does, by how the text is kept', () => {
  expect(value('{}', '$[')).toBe('! java.lang.StringIndexOutOfBoundsException: String index out of range: 2');
});

describe('a text that JSON.parse reads', () => {
  it.each([
    ['{"a":1.0}', '1.0'],
    ['{"a":10.00}', '10.0'],
    ['{"a": -0}', '0'],
    ['{"a":1e2}', '100.0'],
    ['{"a":12345678901234567890}', '12345678901234567890'],
    ['{"a":9007199254740993}', '9007199254740993'],
    ['{"a":1700000000000}', '1700000000000'],
    ['{"a":0.10000000000000000001}', '0.10000000000000000001'],
    ['{"a":100000000.100000000}', '100000000.100000000'],
    ['{"a":1.5}', '1.5'],
    // The object itself goes through a HashMap.
    ['{"a":{"10":1,"9":2}}', '{"9":2,"10":1}'],
    ['{"a":[{"10":1,"9":2}]}', '[{"10":1,"9":2}]'],
    ['{"a":{"__proto__":1}}', '{"__proto__":1}'],
    ['{"a":"1.0, 1e5, \\"1\\":"}', '1.0, 1e5, "1":'],
    ['{"a":true}', 'true'],
  ])('gives what the exact reader gives: %s', (json, text) => {
    expect(hits(json, '$.a')).toEqual([text]);
    expect(hits(`${json}x`, '$.a')).toEqual([text]);
    expect(hits(json, '$.*')).toEqual([text]);
  });
});
