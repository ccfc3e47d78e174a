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
