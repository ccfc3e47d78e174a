import { expect, it } from 'vitest';
import { RequestHeaders } from '../../../src/protocol/index.js';

it('are as sent what they are made of, whatever was made before them', () => {
  const a = { name: 'A', value: '1' };
  const b = { name: 'B', value: '2' };
  const close = { name: 'Connection', value: 'Close' };
  const changed = { name: 'a', value: 'é\n\u{100}' };
  let made: RequestHeaders | undefined;
  for (const list of [[a, b], [a, b], [a, changed], [a], [a, b, close], [changed, b], [a, b], [], [b], [b, a]]) {
    made = new RequestHeaders(list, made);
    const anew = new RequestHeaders(list.map(({ name, value }) => ({ name, value })));
    expect([made.wire, made.names, made.closes, `${made}`]).toEqual([anew.wire, anew.names, anew.closes, `${anew}`]);
    expect(made.closes).toBe(list.includes(close));
  }
  expect(new RequestHeaders([changed, b]).wire).toBe(' HTTP/1.1\r\na: é ?\r\nB: 2');
});
