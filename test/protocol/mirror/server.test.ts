import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MirrorServer } from '../../../src/protocol/index.js';

const said: string[] = [];
let server: MirrorServer;
let port = 0;
beforeEach(async () => {
  said.length = 0;
  server = new MirrorServer((line) => said.push(line));
  port = await server.listen(0, '127.0.0.1');
});
afterEach(() => server.close());

/** What comes back for a request, to the end of the connection. */
function ask(...parts: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', async () => {
      socket.setNoDelay();
      for (const part of parts) {
        socket.write(part, 'latin1');
        // Separate writes must reach the server as separate packets.
        await new Promise((next) => setTimeout(next, 20));
      }
    });
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
const HEAD = 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n';

describe('the HTTP mirror', () => {
  it('answers with the request it got', async () => {
    const request = 'GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Odd: \xe9\r\n\r\n';
    expect(await ask(request)).toBe(HEAD + request);
  });

  it('waits for a body of known length, also when it comes in pieces', async () => {
    const head = 'POST / HTTP/1.1\r\ncontent-length: 10\r\n\r\n';
    expect(await ask(head, '01234', '56789')).toBe(`${HEAD}${head}0123456789`);
  });

  it('sets status, headers and a cookie when asked by headers', async () => {
    const request =
      'POST / HTTP/1.1\r\nX-ResponseStatus: 404 Gone\r\nX-SetHeaders: A: 1|B: 2\r\nX-SetCookie: c=d\r\nX-ResponseLength: 4\r\n\r\n';
    expect(await ask(request)).toBe(
      'HTTP/1.0 404 Gone\r\nContent-Type: text/plain\r\nA: 1\r\nB: 2\r\nSet-Cookie: c=d\r\n\r\nPOST',
    );
  });

  it('redirects, takes a status and speaks when asked by the query of a GET', async () => {
    expect(await ask('GET /?redirect=%2Fx&v HTTP/1.1\r\n\r\n')).toMatch(
      /^HTTP\/1.0 302 Temporary Redirect\r\nContent-Type: text\/plain\r\nLocation: \/x\r\n\r\nGET/,
    );
    expect(said).toEqual(['GET /?redirect=%2Fx&v HTTP/1.1', 'Location: /x']);
    expect(await ask('GET /?status=503+Busy HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.0 503\+Busy\r\n/);
    expect(await ask('POST /?status=503 HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.0 200 OK\r\n/);
    expect(await ask('GET /?status=1&%zz HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.0 1\r\n/);
  });

  it('cuts only the blocks that were read with the headers', async () => {
    const body = 'x'.repeat(3000);
    const request = `POST / HTTP/1.1\r\nX-ResponseLength: 5\r\nContent-Length: 3000\r\n\r\n${body}`;
    expect(await ask(request)).toBe(`${HEAD}POST ${request.slice(1024)}`);
  });

  it('sleeps before the rest, and ends an exchange whose numbers are none', async () => {
    const request = 'GET / HTTP/1.1\r\nX-Sleep: 1\r\n\r\n';
    expect(await ask(request)).toBe(HEAD + request);
    expect(await ask('GET / HTTP/1.1\r\nX-ResponseLength: few\r\n\r\n')).toBe(HEAD);
    const soon = 'GET / HTTP/1.1\r\nX-Sleep: soon\r\n\r\n';
    expect(await ask(soon)).toBe(HEAD + soon);
  });

  it('says nothing to what is no request', async () => {
    const answer = new Promise<string>((resolve) => {
      let got = '';
      const socket = net.connect(port, '127.0.0.1', () => socket.end('hello\n'));
      socket.on('data', (bytes) => {
        got += String(bytes);
      });
      socket.on('close', () => resolve(got));
    });
    expect(await answer).toBe('');
  });
});
