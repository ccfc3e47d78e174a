import { describe, expect, it } from 'vitest';
import { answering, failureOf, listen, newClient, request, send } from './server.js';

const asked = (port: number, over = {}) => request(`http://127.0.0.1:${port}/p`, over);
const answerTo = async (answer: string, over = {}) => {
  const { port } = await answering([answer]);
  return send(newClient(), asked(port, over));
};
const failureAfter = async (answer: string) => {
  const { port } = await answering([answer]);
  return (await failureOf(newClient(), asked(port))).replace(/:\d{4,5}/, ':N');
};

describe('a response', () => {
  it.each([
    ['by its length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello'],
    ['until the end', 'HTTP/1.1 200 OK\r\n\r\nhelloEND', 'hello'],
    [
      'in chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2 \r\nlo\r\n0\r\nTrailer: t\r\n\r\n',
      'hello',
    ],
    [
      'chunks win over a length',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
      'ok',
    ],
    ['with line feeds alone', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', 'ok'],
    ['behind lines that are no status line', '\r\ngarbage\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'ok'],
    [
      'after interim responses',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      'ok',
    ],
    [
      'with two lengths of which the last is a number',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: x\r\n\r\nokEND',
      'ok',
    ],
    ['with a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nokEND', 'ok'],
    ['in an unknown transfer encoding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nokEND', 'ok'],
    [
      'whose trailers are cut',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nT: x\r\nEND',
      'ok',
    ],
    ['whose head the end of the stream ends', 'HTTP/1.1 200 OKEND', ''],
  ])('is read %s', async (_, answer, body) => {
    const outcome = await answerTo(answer);
    expect(outcome).toMatchObject({ status: 200, body, received: answer.replace(/END$/, '').length });
  });

  it('has no body for HEAD, 204, 205 and 304', async () => {
    const { port } = await answering(['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n']);
    expect((await send(newClient(), asked(port, { method: 'HEAD' }))).body).toBe('');
    for (const status of [204, 205, 304])
      expect((await answerTo(`HTTP/1.1 ${status} No\r\nContent-Length: 9\r\n\r\n`)).status).toBe(status);
  });

  it('may come byte by byte', async () => {
    const answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: 1\r\n\r\nb\r\nhello world\r\n0\r\n\r\n';
    const port = await listen((socket) => {
      socket.setNoDelay(true);
      socket.once('data', () => {
        let i = 0;
        const next = (): void => {
          if (i < answer.length) socket.write(answer[i++] ?? '', () => setImmediate(next));
        };
        next();
      });
    });
    expect(await send(newClient(), asked(port))).toMatchObject({ body: 'hello world', received: answer.length });
  });

  it('may have no reason, and a large head', async () => {
    expect((await answerTo('HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n')).reason).toBe('');
    const large = `HTTP/1.1 200 OK\r\n${`X: ${'y'.repeat(1000)}\r\n`.repeat(300)}Content-Length: 2\r\n\r\nok`;
    expect(await answerTo(large)).toMatchObject({ body: 'ok', received: large.length });
  });

  it('is counted when it is not kept', async () => {
    const answer = `HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n${'x'.repeat(200_000)}`;
    expect(await answerTo(answer, { keepBody: false })).toMatchObject({ body: '', received: answer.length });
  });
});

describe('a broken response', () => {
  const PROTOCOL = 'org.apache.http.client.ClientProtocolException';
  it.each([
    ['END', 'org.apache.http.NoHttpResponseException: 127.0.0.1:N failed to respond'],
    ['RESET', 'java.net.SocketException: Connection reset'],
    ['220 ftp ready\r\nEND', PROTOCOL],
    ['HTTP/1.1 2END', PROTOCOL],
    ['HTTP/1.1 abc OK\r\n\r\n', PROTOCOL],
    ['HTTP/1.1 200 OK\r\nnonsense\r\n\r\n', PROTOCOL],
    ['HTTP/1.1 200 OK\r\nContenEND', PROTOCOL],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhelloEND',
      'org.apache.http.ConnectionClosedException: Premature end of Content-Length delimited message body (expected: 5,000; received: 5)',
    ],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabcEND',
      'org.apache.http.TruncatedChunkException: Truncated chunk (expected size: 255; actual size: 3)',
    ],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nEND',
      'org.apache.http.ConnectionClosedException: Premature end of chunk coded message body: closing chunk expected',
    ],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc',
      'org.apache.http.MalformedChunkCodingException: Bad chunk header: zz',
    ],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n',
      'org.apache.http.MalformedChunkCodingException: Unexpected content at the end of chunk',
    ],
  ])('%j', async (answer, failure) => {
    expect(await failureAfter(answer)).toBe(failure);
  });

  it('does not hang past the time-out', async () => {
    const { port } = await answering(['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel']);
    const failure = await failureOf(newClient(), asked(port, { responseTimeout: 20 }));
    expect(failure).toBe('java.net.SocketTimeoutException: Read timed out');
  });
});
