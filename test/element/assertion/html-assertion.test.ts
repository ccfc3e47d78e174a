import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { htmlAssertion } from '../../../src/element/assertion/html-assertion.js';
import type { Given } from '../../kit-element.js';
import { judged } from './judged.js';

const KEY = 'html_assertion_';
const verdict = (text: string, given: Record<string, Given> = {}) =>
  judged(htmlAssertion, Object.fromEntries(Object.entries(given).map(([key, value]) => [KEY + key, value])), text);
const counts = (errors: string, warnings: string, [allowed, more] = ['0', '0']) =>
  [
    'fail',
    `Tidy Parser errors: ${errors} (allowed ${allowed}) Tidy Parser warnings: ${warnings} (allowed ${more})`,
  ] as const;
const GOOD =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN"><html><head><title>t</title></head><body><p>x</p></body></html>';

it('compares what Tidy counts with what is allowed', () => {
  expect(verdict(GOOD)).toEqual(['pass', undefined]);
  expect(verdict('')).toEqual(['fail', 'Response was null']);
  expect(verdict('<p>x')).toEqual(counts('0', '2'));
  expect(verdict('<p>x', { errorsonly: true })).toEqual(['pass', undefined]);
  expect(verdict('<blah>', { errorsonly: true })).toEqual(counts('1', '3'));
  expect(verdict('<p>x<blah>', { error_threshold: 1, warning_threshold: 3 })).toEqual(['pass', undefined]);
  expect(verdict(GOOD, { error_threshold: -1 })).toEqual(counts('0', '0', ['-1', '0']));
});

it('groups large numbers', () => {
  const text = '<foo><bar a>'.repeat(700);
  expect(verdict(text, { warning_threshold: 1234 })).toEqual(counts('1,400', '1,402', ['0', '1,234']));
});

it('reads HTML, XHTML or XML', () => {
  const text = '<a><b></a></b>';
  expect(verdict(text, { format: 0 })).toEqual(counts('0', '6'));
  expect(verdict(text, { format: 1 })).toEqual(counts('0', '6'));
  expect(verdict(text, { format: 2 })).toEqual(counts('1', '0'));
});

it('fails with the words of an exception in Tidy', () => {
  const words = 'Cannot invoke "String.equals(Object)" because "attribute.attribute" is null';
  expect(verdict('<p <% a %> b=c>x', { format: 2 })).toEqual(['fail', words]);
});

it('writes the report into a file, if it can', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'html-assertion-'));
  const file = path.join(directory, 'report.txt');
  verdict('<p>x', { filename: file });
  expect(fs.readFileSync(file, 'utf8')).toBe(
    `line 1 column 1 - Warning: missing <!DOCTYPE> declaration
line 1 column 6 - Warning: inserting missing 'title' element
InputStream: Document content looks like HTML 2.0
2 warnings, no errors were found!
`,
  );
  expect(verdict('<p>x', { filename: path.join(directory, 'no', 'report.txt') })).toEqual(counts('0', '2'));
  fs.rmSync(directory, { recursive: true });
});
