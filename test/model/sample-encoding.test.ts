import { expect, it } from 'vitest';
import { Sample } from '../../src/model/index.js';

it.each([
  ['ISO-8859-1', 'ü?', 2],
  ['US-ASCII', '??', 2],
  ['UTF-8', 'ü😀', 6],
])('text in %s keeps what that charset has, a ? for each other character', (encoding, text, bytes) => {
  const sample = new Sample();
  sample.encoding = encoding;
  sample.setText('ü😀');
  expect([sample.text, sample.bytes]).toEqual([text, bytes]);
});

it.each([
  [undefined, 'ab'],
  ['us-ascii', 'ab'],
  ['UTF-16BE', '\u6162'],
])('ASCII text is what its bytes are in %s', (encoding, text) => {
  const sample = new Sample();
  sample.encoding = encoding;
  sample.setAscii('ab');
  expect([sample.text, sample.data.toString('latin1'), sample.dataLength]).toEqual([text, 'ab', 2]);
});
