import { describe, expect, it } from 'vitest';
import { laxRedirects, RequestHeaders } from '../../../src/protocol/index.js';
import { answering, failureOf, newClient, request, send } from './server.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const headersOf = (...list: readonly (readonly [string, string])[]) =>
  new RequestHeaders(list.map(([name, value]) => ({ name, value })));
const sentBy = async (over: Parameters<typeof request>[1], path = '/p') => {
  const { port, requests } = await answering([OK]);
  const outcome = await send(newClient(), request(`http://127.0.0.1:${port}${path}`, over));
  return { text: (requests[0] ?? '').replaceAll(String(port), 'N'), outcome };
};

describe('a request', () => {
  it('has its headers in the order of HttpClient', async () => {
    const headers = headersOf(['Connection', 'keep-alive'], ['X-A', '1']);
    const entity = { content: 'a=1', contentType: 'text/plain' };
    const { text, outcome } = await sentBy({ method: 'POST', headers, entity, cookie: 'c=d' });
    expect(text).toBe(
      'POST /p HTTP/1.1\r\nConnection: keep-alive\r\nX-A: 1\r\nCookie: c=d\r\nContent-Length: 3\r\nContent-Type: text/plain\r\n' +
        'Host: 127.0.0.1:N\r\nUser-Agent: Agent\r\n\r\na=1',
    );
    expect(outcome.shown).toMatch(/^Connection: keep-alive\nX-A: 1\nContent-Length: 3\n/);
    expect(outcome.sent).toBe(text.replace('N', outcome.shown.match(/:(\d+)/)?.[1] ?? '').length);
  });

  it('sends bytes as they are, and zero of them', async () => {
    const { text } = await sentBy({
      method: 'PUT',
      entity: { content: Buffer.from([0, 255]), contentType: undefined },
    });
    expect(text.endsWith('\r\n\r\n\0\xff')).toBe(true);
    expect((await sentBy({ method: 'PUT', entity: null })).text).toMatch('Content-Length: 0\r\n');
  });

  it('writes header values as one byte per character', async () => {
    const { text } = await sentBy({ headers: headersOf(['X', 'é€\r\nb\u0007']) });
    expect(text).toMatch('X: \xe9?  b?\r\n');
  });

  it('leaves what the caller has set', async () => {
    const headers = headersOf(['Host', 'h'], ['User-Agent', 'u'], ['Connection', 'x']);
    expect((await sentBy({ headers })).text).toBe(
      'GET /p HTTP/1.1\r\nHost: h\r\nUser-Agent: u\r\nConnection: x\r\n\r\n',
    );
  });

  it('cannot have a transfer encoding of its own beside a body', async () => {
    const { port } = await answering([OK]);
    const headers = headersOf(['Transfer-Encoding', 'chunked']);
    const asked = request(`http://127.0.0.1:${port}/`, { method: 'POST', headers, entity: null });
    expect(await failureOf(newClient(), asked)).toBe('org.apache.http.client.ClientProtocolException');
  });

  it('keeps its body back until the server wants it', async () => {
    const { port, requests } = await answering(['HTTP/1.1 100 Continue\r\n\r\n', OK]);
    const headers = headersOf(['Expect', '100-continue']);
    const entity = { content: 'body', contentType: undefined };
    const outcome = await send(newClient(), request(`http://127.0.0.1:${port}/`, { method: 'POST', headers, entity }));
    expect(requests[1]).toBe('body');
    expect(outcome.received).toBe(OK.length);
  });

  it.each([
    ['', '/'],
    ['/a/./b/../c', '/a/./b/../c'],
    ['/a//b%41%2F/', '/a/bA%2F/'],
    ['/ü?ü', '/%C3%BC?%C3%BC'],
    ['/p#frag', '/p'],
    ['?q', '/?q'],
  ])('%j is asked for as %j', async (path, asked) => {
    expect((await sentBy({}, path)).text.split(' ')[1]).toBe(asked);
  });
});

it('goes by HTTP only', async () => {
  expect(await failureOf(newClient(), request('ftp://localhost/x'))).toMatch(
    /^org\.apache\.http\.client\.ClientProtocolE/,
  );
});

describe('redirects that the client follows', () => {
  const to = (status: number, location = '/landed') =>
    `HTTP/1.1 ${status} Moved\r\nLocation: ${location}\r\nContent-Length: 1\r\n\r\nx`;
  const followed = async (answer: string, over: Parameters<typeof request>[1]) => {
    const served = await answering([answer, OK]);
    const outcome = await send(
      newClient(),
      request(`http://127.0.0.1:${served.port}/a/b`, { follow: laxRedirects, ...over }),
    );
    return { outcome, requests: served.requests };
  };
  const form = { content: 'a=1', contentType: 'application/x-www-form-urlencoded; charset=UTF-8' };

  it.each([
    [301, 'POST', 'GET /landed HTTP/1.1'],
    [302, 'DELETE', 'GET /landed HTTP/1.1'],
    [303, 'PUT', 'GET /landed HTTP/1.1'],
    [307, 'POST', 'POST /landed HTTP/1.1'],
    [308, 'DELETE', 'DELETE /landed?a=1 HTTP/1.1'],
  ])('%d for %s asks %s', async (status, method, line) => {
    const { outcome, requests } = await followed(to(status), { method, entity: form });
    expect(requests[1]?.split('\r\n')[0]).toBe(line);
    expect(outcome.received).toBe(OK.length);
  });

  it.each([
    [301, 'PUT'],
    [307, 'PATCH'],
    [300, 'GET'],
    [304, 'GET'],
  ])('%d for %s is an answer', async (status, method) => {
    const { outcome } = await followed(to(status), { method, entity: method === 'GET' ? undefined : form });
    expect(outcome.status).toBe(status);
  });

  it.each([
    ['c', '/a/c'],
    ['../x/./y', '/x/y'],
    ['/r//d', '/r/d'],
    ['/f#g', '/f'],
  ])('to %s leads to %s', async (location, path) => {
    expect((await followed(to(302, location), {})).outcome.path).toBe(path);
  });

  it('end when they go in circles, nowhere, or to what is no address', async () => {
    const fails = async (answer: string) => {
      const { port } = await answering([answer]);
      return failureOf(newClient(), request(`http://127.0.0.1:${port}/`, { follow: laxRedirects }));
    };
    const failure = 'org.apache.http.client.ClientProtocolException';
    expect(await fails(to(302, '/again'))).toBe(failure);
    expect(await fails(to(302, '/a b'))).toBe(failure);
    expect(await fails('HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n')).toBe(failure);
  });
});
