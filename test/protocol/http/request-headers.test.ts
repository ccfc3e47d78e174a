import { expect, it } from 'vitest';
import { HeaderLine, RequestHeaders } from '../../../src/protocol/index.js';

it('are as sent what they are made of, whatever was made before them', () => {
  const a = new HeaderLine('A', '1');
  const b = new HeaderLine('B', '2');
  const close = new HeaderLine('Connection', 'Close');
  const changed = new HeaderLine('a', 'é\n\u{100}', a);
  let made: RequestHeaders | undefined;
  for (const list of [[a, b], [a, b], [a, changed], [a], [a, b, close], [changed, b], [a, b], [], [b], [b, a]]) {
    made = new RequestHeaders(list, made);
    const anew = new RequestHeaders(list.map(({ name, value }) => ({ name, value })));
    expect([made.wire, made.names, made.closes, `${made}`]).toEqual([anew.wire, anew.names, anew.closes, `${anew}`]);
    expect(made.wire).toBe(list.map(({ wire }) => wire).join(''));
    expect(made.closes).toBe(list.includes(close));
  }
  expect(changed.wire).toBe('a: é ?\r\n');
});
