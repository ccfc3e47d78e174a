/** Oddities of HttpClient as JMeter 5.6.3 uses it, each seen in its results. */
import { describe, expect, it } from 'vitest';
import { cacheManager } from '../../../src/element/config/cache-manager.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { place } from '../../kit-element.js';
import { answering } from '../../protocol/http/server.js';
import { files, sampler, take } from './taken.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const to = (location: string): string => `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
const page = (body: string, type = 'text/html'): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe('parts of a body', () => {
  const sent = async (type: string, encoding = 'UTF-8') => {
    const { port, requests } = await answering([OK]);
    const list = [{ 'Argument.name': 'a', 'Argument.value': 'v', 'HTTPArgument.content_type': type }];
    const request = { method: 'POST', DO_MULTIPART_POST: true, contentEncoding: encoding };
    const sample = await take(sampler(port, request, { 'Arguments.arguments': list }));
    return { sample, request: requests[0] ?? '' };
  };

  it.each([
    ['Text/X', 'text/x; charset=UTF-8'],
    ['a/b;q="x y" ; r="z";s', 'a/b; q="x y"; r=z; s'],
    ['a/b; q=1, c/d', 'a/b; q=1'],
  ])('have the type %s', async (type, written) => {
    expect((await sent(type)).request).toContain(`Content-Type: ${written}\r\n`);
  });

  it.each([
    [' ', 'java.lang.IllegalArgumentException', 'MIME type may not be blank'],
    ['a/b, c', 'java.lang.IllegalArgumentException', 'MIME type may not contain reserved characters'],
    ['a/b; charset=nope', 'java.nio.charset.UnsupportedCharsetException', 'nope'],
  ])('cannot have the type %s', async (type, error, message) => {
    expect((await sent(type)).sample).toMatchObject({
      code: `Non HTTP response code: ${error}`,
      message: `Non HTTP response message: ${message}`,
    });
  });

  it('are parted by a boundary in the charset of the body', async () => {
    expect((await sent('a/b', 'UTF-16')).request).toMatch(/\r\n\r\n--\xfe\xff\0[^\0]/);
  });

  it('have no file without a name', async () => {
    const sample = await take(
      sampler(9, { method: 'POST', DO_MULTIPART_POST: true }, undefined, files(['', 'f', 'a/b'])),
    );
    expect(sample.message).toBe('Non HTTP response message: Filename must not be null or empty');
  });
});

it('a bare query as Location keeps the path when HttpClient follows', async () => {
  const { port, requests } = await answering([to('?y=2'), OK]);
  await take(sampler(port, { path: '/a/b?x=1', auto_redirects: true }));
  expect(requests[1]).toMatch(/^GET \/a\/b\?y=2 /);
});

it('the cache knows the answer by the address that the client was led to', async () => {
  const fresh = 'HTTP/1.1 200 OK\r\nCache-Control: max-age=99\r\nContent-Length: 2\r\n\r\nok';
  const { port, requests } = await answering([to('/end'), fresh, to('/end'), fresh]);
  const user = fakeUser();
  const placed = sampler(port, { auto_redirects: true }, undefined, undefined, [
    place(cacheManager, { props: { useExpires: true } }),
  ]);
  expect((await take(placed, user)).code).toBe('200');
  expect((await take(placed, user)).code).toBe('200');
  expect(requests.length).toBe(4);
});

it('a proxy is told the path as it stands', async () => {
  const { port, requests } = await answering([OK]);
  await take(sampler(80, { domain: 'Server.test', path: '/a//b', proxyHost: '127.0.0.1', proxyPort: String(port) }));
  expect(requests[0]).toMatch(/^GET http:\/\/server\.test\/a\/\/b HTTP/);
  const blank = await take(sampler(80, { proxyHost: 'a b', proxyPort: '1' }));
  expect(blank.message).toBe('Non HTTP response message: Host name may not contain blanks');
});

describe('an answer', () => {
  it('with an empty Content-Type is text', async () => {
    const { port } = await answering([page('x', '')]);
    expect((await take(sampler(port, {}))).dataType).toBe('text');
  });

  it('takes its charset from a meta tag, and nothing more', async () => {
    const { port } = await answering([page('<meta http-equiv="content-type" content="image/png; charset=latin1">')]);
    expect(await take(sampler(port, {}))).toMatchObject({ dataType: 'text', encoding: 'latin1' });
  });

  it('has its MD5 in the charset of its body', async () => {
    const { port } = await answering([page('\0a', 'text/plain; charset=utf-16')]);
    const { data } = await take(sampler(port, { md5: true }));
    expect(data.toString('latin1')).toMatch(/^[\da-f]{32}$/);
  });

  it('leaves the name of the connections in a variable', async () => {
    const { port } = await answering([OK]);
    const user = fakeUser();
    await take(sampler(port, {}), user);
    expect(user.variables.get('__jmeter.U_T__')).toBe(user.threadName);
  });
});

describe('resources of a page', () => {
  const parsing = () => {
    const test = fakeTest();
    test.properties.set('HTTPResponse.parsers', 'html');
    test.properties.set('html.className', 'org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser');
    test.properties.set('html.types', 'text/html');
    return test;
  };

  it('stand beside it behind a redirect, though there are no containers', async () => {
    const test = parsing();
    test.properties.set('httpsampler.separate.container', 'false');
    const { port } = await answering([to('/p'), page('<img src="i">'), OK]);
    const request = { follow_redirects: true, image_parser: true };
    const { subSamples } = await take(sampler(port, request), fakeUser({ test }));
    expect(subSamples?.map(({ label, url }) => `${label} ${url?.replace(/.*\//, '')}`)).toEqual([
      'request-0 ',
      'request-1 p',
      'request-2 i',
    ]);
  });

  it.each([
    [true, '444bcb3a3fcf8389296c49467f27e1d6'],
    [false, 'ok'],
  ])('are kept as their MD5 when they are loaded at the same time: %s', async (concurrentDwn, data) => {
    const test = parsing();
    test.properties.set('httpsampler.embedded_resources_use_md5', 'true');
    const { port } = await answering([page('<img src="i">'), OK]);
    const sample = await take(sampler(port, { image_parser: true, concurrentDwn }), fakeUser({ test }));
    expect(sample.subSamples?.map((sub) => sub.data.toString())).toEqual([sample.data.toString(), data]);
    expect(sample.subSamples?.at(-1)?.bytes).toBe(OK.length);
  });

  it('name the thread that loads them in frames', async () => {
    const { port } = await answering([page('<iframe src="f">'), page('<img src="i"><img src="j">'), OK]);
    const sample = await take(
      sampler(port, { image_parser: true, concurrentDwn: true, concurrentPool: '4' }),
      fakeUser({ test: parsing() }),
    );
    const [, frame] = sample.subSamples ?? [];
    expect(frame?.subSamples?.map(({ threadName }) => threadName)).toEqual([
      '',
      'ResDownload-Thread-3',
      'ResDownload-Thread-3',
    ]);
  });
});
