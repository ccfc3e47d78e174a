/** The bzm HTTP2 Sampler; what is expected was recorded with plugin 3.0.1 in JMeter 5.6.3. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Asked, EXECUTION, host, JETTY, newUser, ports, take, told, UPLOAD, useServers } from './bzm-servers.js';

useServers();

describe('what the bzm sampler sends', () => {
  it('a Host for people alone, and a head counted as HTTP/1.1 with line feeds', async () => {
    const sample = await take({});
    expect(sample.text).toBe(`GET HTTP/2\n:method=GET\n:authority=${host()}\n:scheme=https\n:path=/echo\n`);
    expect(sample.requestHeaders).toBe(`Host: ${host()}\n`);
    expect(sample.sentBytes).toBe(`GET /echo HTTP/1.1\nHost: ${host()}\n\n`.length);
  });

  it('of the headers of a name the last, in the place of the first', async () => {
    const given = [
      ['X-A', '1'],
      ['X-B', 'b'],
      ['x-a', '2'],
      ['Connection', 'close'],
      ['Content-Length', '5'],
      ['', 'v'],
    ] as const;
    expect((await take({ headers: given })).requestHeaders).toBe(`x-a: 2\nX-B: b\nHost: ${host()}\n`);
  });

  it('the Host of the Header Manager to people only', async () => {
    const sample = await take({ headers: [['Host', 'other.test']] });
    expect(sample.requestHeaders).toBe(`Host: other.test:${ports.secure}\n`);
    expect(sample.text).toContain(`:authority=${host()}\n`);
  });

  it.each<[string, Asked, string, string]>([
    [
      'a form',
      {
        method: 'POST',
        args: [
          ['a', '1 2', true],
          ['b', 'ü&=', true],
          ['c', '%20'],
        ],
      },
      'application/x-www-form-urlencoded;charset=utf-8',
      'a=1+2&b=%C3%BC%26%3D&c=+',
    ],
    [
      'a form, by name',
      {
        method: 'PUT',
        args: [
          ['a', '1'],
          ['b', '2'],
          ['a', '3'],
        ],
      },
      'application/x-www-form-urlencoded;charset=utf-8',
      'a=1&a=3&b=2',
    ],
    ['text', { method: 'DELETE', raw: '{}' }, 'application/octet-stream', '{}'],
    ['text with GET', { raw: '{}' }, 'application/octet-stream', '{}'],
    ['text of a type', { method: 'POST', raw: '{}', headers: [['Content-Type', 'a/b']] }, 'a/b', '{}'],
  ])('%s', async (_name, asked, type, body) => {
    const sample = await take(asked);
    expect(sample.text).toContain(`\ncontent-type=${type}\n`);
    expect(sample.text.endsWith(`\n${body}`)).toBe(true);
    expect(sample.requestHeaders).toContain(`Content-Length: ${body.length}\n`);
    const type1 = asked.headers === undefined ? '' : `Content-Type: ${type}\n`;
    expect(sample.sentBytes).toBe(`${asked.method ?? 'GET'} /echo HTTP/1.1\n${type1}Host: ${host()}\n\n${body}`.length);
  });

  it('forms shown in UTF-8, whatever they are sent in', async () => {
    const props = { 'HTTPSampler.contentEncoding': 'ISO-8859-1' };
    const sample = await take({ method: 'POST', args: [['a', 'ü', true]], props });
    expect([sample.http?.queryString, sample.text.split('\n').at(-1)]).toEqual(['a=%C3%BC', 'a=%FC']);
  });

  it('parts with an empty line too many, and quotes twice', async () => {
    const sample = await take({ method: 'POST', args: [['a', '1 2', true]], uploads: [[UPLOAD, 'f', '']] });
    const [, boundary = ''] =
      /^content-type=multipart\/form-data; boundary="("JettyHttpClient-[a-z\d]{24}")"$/m.exec(sample.text) ?? [];
    const file = fs.readFileSync(UPLOAD, 'latin1');
    expect(sample.text).toContain(
      `\n--${boundary}\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\r\n1+2\r\n--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="server.pem"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n${file}\r\n--${boundary}--\r\n`,
    );
    expect(sample.http?.queryString).toBe(
      `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: UTF-8\r\n\r\n1+2\r\n--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="server.pem"\r\nContent-Type: \r\nContent-Transfer-Encoding: binary\r\n\r\n<actual file content, not shown here>\r\n--${boundary}--\r\n`,
    );
  });

  it.each<[string, Asked, string]>([
    ['a part without a file', { uploads: [['/none.txt', 'f', 'a/b']] }, 'java.nio.file.NoSuchFileException /none.txt'],
    [
      'a part without a name',
      {
        uploads: [
          [UPLOAD, 'f', ''],
          [UPLOAD, '', ''],
        ],
      },
      'java.lang.IllegalStateException Param name is blank',
    ],
    [
      'a body without a file',
      { uploads: [['/none.txt', '', 'a/b']] },
      `${EXECUTION} java.nio.file.NoSuchFileException: /none.txt`,
    ],
    ['a folder', { uploads: [['/', '', '']] }, `${EXECUTION} java.io.IOException: Is a directory`],
    [
      'a charset that is none',
      { raw: 'x', props: { 'HTTPSampler.contentEncoding': 'nope' } },
      'java.nio.charset.UnsupportedCharsetException nope',
    ],
    ['a method of its own', { method: 'HEAD' }, 'java.lang.UnsupportedOperationException Method HEAD is not supported'],
    [
      'a name that is none',
      { headers: [['Bad Name', '1']] },
      `${EXECUTION} ${JETTY}.http2.hpack.HpackException$StreamException: Invalid header name: 'bad name'`,
    ],
  ])('not %s', async (_name, asked, failure) => {
    expect(told(await take({ method: 'POST', ...asked }))).toBe(failure);
  });
});

describe('what the bzm sampler tells of answers', () => {
  it.each([
    ['/500', '500', 'Server Error'],
    ['/299', '299', '299'],
  ])('Jetty names of codes: %s', async (path, code, message) => {
    const sample = await take({ path });
    expect([sample.code, sample.message]).toEqual([code, message]);
    expect(sample.responseHeaders.startsWith(`HTTP/2.0 ${code} ${message}\n`)).toBe(true);
  });

  it('headers counted twice', async () => {
    const sample = await take({ path: '/500' });
    expect(sample.bytes).toBe(122);
  });

  it('names of HTTP/1.1 headers as Jetty spells them, and the reason as it came', async () => {
    const sample = await take({ path: '/500', server: 'older' });
    expect(sample.responseHeaders).toMatch(
      /^HTTP\/1\.1 500 Internal Server Error\nContent-Type: text\/plain\nx-a: 1\nx-a: 2\n/,
    );
  });

  it('bodies decoded: as asked for without the headers of it, else with them', async () => {
    const unasked = await take({ path: '/gzip' });
    expect([unasked.text.length, unasked.responseHeaders]).toEqual([
      350,
      'HTTP/2.0 200 OK\ncontent-type: text/plain\ncontent-encoding: gzip\n',
    ]);
    const asked = await take({ path: '/gzip', headers: [['Accept-Encoding', 'deflate, gzip;q=1']] });
    expect([asked.text.length, asked.responseHeaders]).toEqual([
      350,
      'HTTP/2.0 200 OK\ncontent-type: text/plain\nContent-Length: 350\n',
    ]);
  });

  it('bodies that cannot be decoded', async () => {
    expect((await take({ path: '/badgzip' })).text).toBe('not gzip');
    const asked = await take({ path: '/badgzip', headers: [['Accept-Encoding', 'gzip']] });
    expect(told(asked)).toBe(`${EXECUTION} java.util.zip.ZipException: Invalid gzip bytes`);
  });

  it('no bodies over the capacity', async () => {
    expect(told(await take({ path: '/huge' }))).toBe(
      'java.lang.IllegalArgumentException Buffering capacity 2097152 exceeded',
    );
    const user = newUser({ 'httpJettyClient.maxBufferSize': '4000000' });
    expect((await take({ path: '/huge' }, user)).success).toBe(true);
  });
});
