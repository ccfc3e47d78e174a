/** Oddities of HttpURLConnection, each as JMeter 5.6.3 on Java 17 shows it. */
import { describe, expect, it } from 'vitest';
import { headerManager } from '../../../src/element/config/header-manager.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { place } from '../../kit-element.js';
import { answering } from '../../protocol/http/server.js';
import { files, type Request, rows, sampler, take } from './taken.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const to = (location: string): string => `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
const java = (port: number, request: Request = {}, ...rest: [Parameters<typeof sampler>[2]?, ...unknown[]]) =>
  sampler(port, { implementation: 'Java', ...request }, ...(rest as []));
const headers = (...list: readonly (readonly [string, string])[]) =>
  place(headerManager, {
    props: { 'HeaderManager.headers': list.map(([name, value]) => ({ 'Header.name': name, 'Header.value': value })) },
  });

describe('a Java connection', () => {
  it.each([
    ['/a//b/../c|{}', 'GET /a//b/../c|{} HTTP/1.1'],
    ['/gr\u00f6\u00dfe', 'GET /gr\xc3\xb6\xc3\x9fe HTTP/1.1'],
    ['?x=1#f', 'GET /?x=1 HTTP/1.1'],
  ])('sends the path %s as it stands, in UTF-8', async (path, line) => {
    const { port, requests } = await answering([OK]);
    await take(java(port, { path }));
    expect(requests[0]?.split('\r\n')[0]).toBe(line);
  });

  it('sends headers in UTF-8, Transfer-Encoding never', async () => {
    const { port, requests } = await answering([OK]);
    const configs = [headers(['X-A', '\u20ac'], ['Transfer-Encoding', 'chunked'])];
    await take(sampler(port, { implementation: 'Java' }, undefined, undefined, configs));
    expect(requests[0]).toContain('X-A: \xe2\x82\xac\r\n');
    expect(requests[0]).not.toContain('chunked');
  });

  it.each([
    ['a header that breaks the head', {}, [headers(['X:Z', 'a'])], 'Illegal character(s) in message header field: X:Z'],
    ['a port that is none', { port: '65536' }, [], 'port out of range:65536'],
  ])('loses the sample of %s', async (_, request, configs, message) => {
    const sample = await take(sampler(9, { implementation: 'Java', ...request }, undefined, undefined, configs));
    expect(sample).toMatchObject({ label: '', message: `Non HTTP response message: ${message}` });
    expect(sample.code).toBe('Non HTTP response code: java.lang.IllegalArgumentException');
    expect(sample.url).toBeUndefined();
  });

  it('keeps the sample of what is an IOException', async () => {
    const none = await take(java(9, { domain: '', port: '' }));
    expect(none).toMatchObject({ label: 'request', message: 'Non HTTP response message: Failed to select a proxy' });
    const put = await take(java(9, { method: 'PUT', DO_MULTIPART_POST: true }, rows(['a', 'b'])));
    expect(put).toMatchObject({
      label: 'request',
      code: 'Non HTTP response code: java.net.ProtocolException',
      http: { queryString: '' },
    });
    expect(put.requestHeaders).toBe('Connection: close\n');
  });

  it('shows no body that was never sent', async () => {
    const { port } = await answering([OK]);
    const sample = await take(java(port, { method: 'POST' }, undefined, files(['nix', '', 'a/b'])));
    expect(sample).toMatchObject({
      code: 'Non HTTP response code: java.nio.file.NoSuchFileException',
      http: { queryString: '' },
    });
  });

  it('writes the arguments of a multipart body as one text', async () => {
    const { port, requests } = await answering([OK]);
    const request = { method: 'POST', DO_MULTIPART_POST: true, contentEncoding: 'UTF-16' };
    await take(java(port, request, rows(['a', '1'], ['b', '2'])));
    expect(requests[0]?.split('\xfe\xff').length).toBe(2);
    expect(requests[0]).toMatch(/--7d159c1302d0y0--\r\n$|-7d159c1302d0y0--\r\n$/);
  });
});

describe('redirects that Java follows itself', () => {
  const auto = { auto_redirects: true };

  it('end with the twentieth answer', async () => {
    const { port, requests } = await answering([to('/again')]);
    const sample = await take(java(port, auto));
    expect(sample).toMatchObject({
      code: 'Non HTTP response code: java.net.ProtocolException',
      message: 'Non HTTP response message: Server redirected too many  times (20)',
      url: `http://127.0.0.1:${port}/`,
    });
    expect(requests.length).toBe(20);
  });

  it('keep the address as it is written', async () => {
    const { port, requests } = await answering([to('/a//%41#f'), OK]);
    expect((await take(java(port, auto))).url).toBe(`http://127.0.0.1:${port}/a//%41#f`);
    expect(requests[1]).toMatch(/^GET \/a\/\/%41 HTTP/);
  });

  it.each(['mailto:a@b', 'foo:bar', 'https://127.0.0.1/'])('do not go to %s', async (location) => {
    const { port } = await answering([to(location)]);
    expect(await take(java(port, auto))).toMatchObject({ code: '302', success: true });
  });

  it('tell another host neither cookies nor who asks', async () => {
    const { port, requests } = await answering([OK]);
    const other = await answering([to(`http://127.0.0.1:${port}/x`), OK]);
    const configs = [headers(['Host', 'h:1'], ['Authorization', 'z'], ['Cookie', 'c=1'], ['X-A', 'b'])];
    await take(sampler(other.port, { implementation: 'Java', ...auto }, undefined, undefined, configs));
    const hop = requests[0] ?? '';
    expect(hop).toContain(`Host: 127.0.0.1:${port}\r\n`);
    expect(hop).toContain('X-A: b');
    expect(hop).not.toMatch(/Authorization|Cookie/);
  });

  it('begin a POST anew, with nothing but what Java adds', async () => {
    const { port, requests } = await answering([to('/end'), OK]);
    await take(java(port, { ...auto, method: 'POST' }, rows(['a', '1'])));
    expect(requests[1]).toMatch(
      /^GET \/end HTTP\/1.1\r\nUser-Agent: .*\r\nHost: .*\r\nAccept: .*\r\nConnection: keep-alive\r\n\r\n$/,
    );
  });
});

it('a redirect to nowhere that JMeter follows for Java loses the sample', async () => {
  const { port } = await answering(['HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n']);
  expect(await take(java(port, { follow_redirects: true }))).toMatchObject({
    label: '',
    code: 'Non HTTP response code: java.lang.NullPointerException',
  });
});

it('Java never asks the proxy of the command line for this machine', async () => {
  const { port, requests } = await answering([OK]);
  const test = fakeTest();
  test.properties.system.set('http.proxyHost', '127.0.0.1');
  test.properties.system.set('http.proxyPort', '9');
  test.properties.system.set('http.nonProxyHosts', 'elsewhere');
  expect((await take(java(port), fakeUser({ test }))).code).toBe('200');
  expect(requests.length).toBe(1);
});

it('Java has no login for the proxy of a sampler', async () => {
  const asks = 'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n';
  const { port, requests } = await answering([asks, OK]);
  const proxy = { proxyHost: '127.0.0.1', proxyPort: String(port), proxyUser: 'u', proxyPass: 'p' };
  expect((await take(java(80, { domain: 'server.test', ...proxy }))).code).toBe('407');
  expect(requests.length).toBe(1);
});
