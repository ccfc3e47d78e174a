import { expect, it } from 'vitest';
import {
  type Call,
  HttpCall,
  type HttpClient,
  type HttpRequest,
  Parts,
  RequestHeaders,
} from '../../../src/protocol/index.js';
import { answering, newClient, request, send } from './server.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A call that has come to its end and was not released. */
const ended = (client: HttpClient, asked: HttpRequest): Promise<{ made: HttpCall; failure?: unknown }> =>
  new Promise((resolve) => {
    const made = HttpCall.of(client, asked, {
      connected() {},
      firstByte() {},
      finished: () => resolve({ made }),
      failed: (failure) => resolve({ made, failure }),
    });
    made.start();
  });
const told = ({ head, hasBody, body, text, bodySize, bodyReceived, sent, received, shown }: Call) => [
  ...[head?.status, hasBody, `${body}`, text, bodySize, bodyReceived, sent, received, `${shown}`],
];

it('serves another request once it is released, and tells nothing of the one before', async () => {
  const { port } = await answering([OK, 'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n', 'nonsense\r\nEND']);
  const client = newClient();
  const asked = request(`http://127.0.0.1:${port}/`);
  const { made } = await ended(client, asked);
  expect(told(made).slice(0, 4)).toEqual([200, true, 'ok', 'ok']);
  made.release();
  expect(told(made)).toEqual([undefined, true, '', undefined, 0, 0, 0, 0, '']);
  made.release();
  const again = await ended(client, asked);
  expect(again.made).toBe(made);
  expect(told(again.made).slice(0, 4)).toEqual([404, true, '', undefined]);
  const other = await ended(client, asked);
  expect(other.made).not.toBe(made);
  expect(other.failure).toBeDefined();
});

it('does not serve again while its body may be on its way', async () => {
  const { port } = await answering([OK]);
  const client = newClient();
  const content = new Parts([Buffer.from('x')]);
  const entity = { content, contentType: undefined };
  const { made } = await ended(client, request(`http://127.0.0.1:${port}/`, { method: 'POST', entity }));
  made.release();
  expect(told(made)[0]).toBe(200);
  expect((await ended(client, request(`http://127.0.0.1:${port}/`))).made).not.toBe(made);
});

it('serves again without the body that a server did not want', async () => {
  const interim = `HTTP/1.1 100 Continue\r\n\r\n${OK}`;
  const { port, requests } = await answering([OK, interim]);
  const client = newClient();
  const headers = new RequestHeaders([{ name: 'Expect', value: '100-continue' }]);
  const entity = { content: 'unwanted', contentType: undefined };
  const posted = request(`http://127.0.0.1:${port}/`, { method: 'POST', headers, entity });
  const { made } = await ended(client, posted);
  made.release();
  const again = await ended(client, request(`http://127.0.0.1:${port}/`));
  expect(again.made).toBe(made);
  expect(told(again.made).slice(0, 3)).toEqual([200, true, 'ok']);
  expect(again.made.received).toBe(interim.length);
  expect(requests.join()).not.toContain('unwanted');
});

it('gives a body as text that is ASCII and came at once', async () => {
  const bodyOf = async (answer: string) => {
    const { port } = await answering([answer]);
    const { body, text } = await send(newClient(), request(`http://127.0.0.1:${port}/`));
    return [body, text];
  };
  const answer = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  expect(await bodyOf(answer('a\0~'))).toEqual(['a\0~', 'a\0~']);
  // In UTF-8, and in no UTF-8 at all.
  for (const body of ['\xc3\xa9', 'a\xe9', '\xef\xbf\xbd', '\xf0\x9f\x98\x80'])
    expect(await bodyOf(answer(body))).toEqual([body, undefined]);
  const long = 'x'.repeat(9000);
  expect(await bodyOf(answer(long))).toEqual([long, undefined]);
  expect(await bodyOf('HTTP/1.1 200 OK\r\n\r\nokEND')).toEqual(['ok', undefined]);
});

it('tells heads that came lately from others by each of their bytes', async () => {
  const heads = ['200 OK\r\nA: 1', '200 OK\r\nA: 2', '201 OK\r\nA: 1', '200 OK\r\nA: 1\r\nB: 2', '200 ok\r\nA: 2'];
  const answers = [...heads, ...heads, ...heads].map((head) => `HTTP/1.1 ${head}\r\nContent-Length: 2\r\n\r\nok`);
  const { port } = await answering(answers);
  const client = newClient();
  const seen: string[] = [];
  for (const _ of answers) {
    const { made } = await ended(client, request(`http://127.0.0.1:${port}/`));
    seen.push(`HTTP/1.1 ${made.head?.text.split(' ').slice(1).join(' ').replaceAll('\n', '\r\n')}\r\n${made.body}`);
  }
  expect(seen).toEqual(answers);
});

it('makes the head of a request again when anything in it is another', async () => {
  const { port, requests } = await answering([OK]);
  const client = newClient();
  const asked = request(`http://127.0.0.1:${port}/a`);
  const other = request(`http://localhost:${port}/a`);
  const entity = { content: 'x', contentType: 'text/x' };
  const shown: string[] = [];
  for (const one of [
    asked,
    { ...asked, target: other.target },
    { ...asked, target: { ...asked.target, path: '/b' } },
    { ...asked, method: 'DELETE' },
    { ...asked, cookie: 'c=d' },
    { ...asked, method: 'POST', entity },
    { ...asked, method: 'POST', entity: { ...entity, content: 'xy' } },
    { ...asked, method: 'POST', entity: { content: 'xy', contentType: undefined } },
    asked,
  ])
    shown.push((await send(client, one)).shown);
  const host = `Host: 127.0.0.1:${port}\r\nUser-Agent: Agent\r\n\r\n`;
  const kept = ' HTTP/1.1\r\nConnection: keep-alive\r\n';
  expect(requests).toEqual([
    `GET /a${kept}${host}`,
    `GET /a${kept}${host.replace('127.0.0.1', 'localhost')}`,
    `GET /b${kept}${host}`,
    `DELETE /a${kept}${host}`,
    `GET /a${kept}Cookie: c=d\r\n${host}`,
    `POST /a${kept}Content-Length: 1\r\nContent-Type: text/x\r\n${host}x`,
    `POST /a${kept}Content-Length: 2\r\nContent-Type: text/x\r\n${host}xy`,
    `POST /a${kept}Content-Length: 2\r\n${host}xy`,
    `GET /a${kept}${host}`,
  ]);
  const lines = requests.map((text) =>
    text
      .split('\r\n')
      .slice(1, -1)
      .filter((line) => line && !line.startsWith('Cookie')),
  );
  expect(shown).toEqual(lines.map((list) => list.map((line) => `${line}\n`).join('')));
});
