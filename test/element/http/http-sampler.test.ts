import { describe, expect, it } from 'vitest';
import { cookieManager } from '../../../src/element/config/cookie-manager.js';
import { headerManager } from '../../../src/element/config/header-manager.js';
import { httpSampler, javaHttpSampler } from '../../../src/element/http/http-sampler.js';
import { JavaError } from '../../../src/java/index.js';
import { defaults, StopThread } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { place } from '../../kit-element.js';
import { answering, closedPort } from '../../protocol/http/server.js';
import { files, rows, sampler, take } from './taken.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain;charset=iso-8859-1\r\nContent-Length: 2\r\n\r\n\xe9!';
const lineOf = (request = ''): string => request.split('\r\n')[0] ?? '';
const bodyOf = (request = ''): string => request.slice(request.indexOf('\r\n\r\n') + 4);
const asked = async (...given: Parameters<typeof sampler> extends [number, ...infer R] ? R : never) => {
  const { port, requests } = await answering([OK]);
  const sample = await take(sampler(port, ...given));
  return { sample, request: (requests[0] ?? '').replaceAll(String(port), 'N'), port };
};

describe('an HTTP sample', () => {
  it('says all of a request and its answer', async () => {
    const { sample, request, port } = await asked({ path: '/p', use_keepalive: true });
    expect(request).toBe(
      'GET /p HTTP/1.1\r\nConnection: keep-alive\r\nHost: 127.0.0.1:N\r\nUser-Agent: Apache-HttpClient/4.5.14 (Java/17.0.15)\r\n\r\n',
    );
    expect(sample).toMatchObject({
      label: 'request',
      code: '200',
      message: 'OK',
      success: true,
      text: 'é!',
      dataType: 'text',
      encoding: 'iso-8859-1',
      bytes: OK.length,
      url: `http://127.0.0.1:${port}/p`,
      responseHeaders: 'HTTP/1.1 200 OK\nContent-Type: text/plain;charset=iso-8859-1\nContent-Length: 2\n',
      http: { method: 'GET', queryString: '', cookies: '' },
    });
    expect(sample.requestHeaders.split('\n')[0]).toBe('Connection: keep-alive');
    expect(sample.samplerData).toBe(`GET http://127.0.0.1:${port}/p\n\nGET data:\n\n\n[no cookies]\n`);
  });

  it.each([
    ['p q', [['a', 'b c', true]], 'GET /p%20q?a=b+c HTTP/1.1'],
    ['/p?x', [['a', 'b%20c']], 'GET /p?x&a=b%20c HTTP/1.1'],
    [
      '/p',
      [
        ['', 'v'],
        ['n', ''],
      ],
      'GET /p?n= HTTP/1.1',
    ],
  ] as const)('asks for %s with arguments', async (path, list, line) => {
    expect(lineOf((await asked({ path }, rows(...list))).request)).toBe(line);
  });

  it.each([
    ['a form', { method: 'POST' }, rows(['a', 'b c', true], ['d', 'e%20f'], [' ', 'x'], ['${u}', 'x']), 'a=b+c&d=e+f'],
    ['a raw body', { method: 'POST', postBodyRaw: true }, rows(['n', '{"é":1}']), '{"\xc3\xa9":1}'],
    ['values without names', { method: 'PUT' }, rows(['', 'a'], ['', 'b']), 'ab'],
    ['another charset', { method: 'POST', contentEncoding: 'ISO-8859-1' }, rows(['', 'é']), '\xe9'],
    ['no body for HEAD', { method: 'OPTIONS' }, rows(['', 'a']), ''],
  ])('sends %s', async (_, given, args, body) => {
    expect(bodyOf((await asked(given, args)).request)).toBe(body);
  });

  it('sends files, as parts or as the whole body', async () => {
    const parts = await asked({ method: 'POST' }, rows(['a', 'b']), files(['package.json', 'up', 'text/x']));
    expect(parts.request).toMatch(
      /Content-Disposition: form-data; name="a"\r\nContent-Type: text\/plain; charset=UTF-8\r\n/,
    );
    expect(parts.request).toMatch(/name="up"; filename="package.json"\r\nContent-Type: text\/x\r\n/);
    expect(parts.sample.http?.queryString).toMatch('<actual file content, not shown here>');
    const whole = await asked({ method: 'POST' }, undefined, files(['package.json', '', 'text/x']));
    expect(bodyOf(whole.request)).toMatch(/^\{/);
    expect(whole.request).toMatch('Content-Type: text/x\r\n');
    const missing = await asked({ method: 'POST' }, undefined, files(['absent', '', '']));
    expect(missing.sample.message).toMatch(/absent \(No such file or directory\)$/);
  });

  it('keeps the MD5 alone when told', async () => {
    const { sample } = await asked({ md5: true });
    expect(sample.bytes).toBe(OK.length);
    expect(sample.text).toMatch(/^[0-9a-f]{32}$/);
  });

  it('takes headers from managers: Host with the port, Content-Length never', async () => {
    const list = [
      { 'Header.name': 'host', 'Header.value': 'h' },
      { 'Header.name': 'Content-Length', 'Header.value': '7' },
      { 'Header.name': 'X', 'Header.value': 'y' },
    ];
    const manager = place(headerManager, { props: { 'HeaderManager.headers': list } });
    const { request } = await asked({}, undefined, undefined, [manager]);
    expect(request).toMatch(/^GET \/ HTTP\/1.1\r\nConnection: close\r\nHost: h:N\r\nX: y\r\nUser-Agent/);
  });
});

describe('a failure', () => {
  const failed = async (given: Record<string, string>) => {
    const sample = await take(sampler(9, given));
    expect(sample.success).toBe(false);
    return `${sample.label}|${sample.code.replace(/^.*: /, '')}|${sample.message.replace(/^[^:]*: /, '')}|${sample.url}`;
  };
  it.each([
    [{ protocol: 'foo' }, '|java.net.MalformedURLException|unknown protocol: foo|undefined'],
    [{ port: '-5' }, '|java.net.MalformedURLException|Invalid port number :-5|undefined'],
    [{ domain: 'a/b' }, "|java.net.MalformedURLException|Illegal character found in host: '/'|undefined"],
    [
      { domain: '', port: '' },
      'request|org.apache.http.client.ClientProtocolException|URI does not specify a valid host name: http:/|http:/',
    ],
    [
      { path: '/{' },
      'request|java.net.URISyntaxException|Illegal character in path at index 19: http://127.0.0.1:9/{|http://127.0.0.1:9/{',
    ],
    [{ method: 'A B' }, "request|java.lang.IllegalArgumentException|Unexpected method: 'A B'|http://127.0.0.1:9/"],
    [{ implementation: 'x' }, "request|java.lang.IllegalArgumentException|Unknown implementation type: 'x'|undefined"],
    [
      { ipSource: 'nix0', ipSourceType: '1' },
      'request|java.net.UnknownHostException|Cannot find interface nix0|http://127.0.0.1:9/',
    ],
  ])('%j', async (given, outcome) => {
    expect(await failed(given as Record<string, string>)).toBe(outcome);
  });

  it('of the cookies comes before that of the address', async () => {
    const cookies = place(cookieManager, { props: {} });
    const sample = await take(sampler(80, { domain: '', path: '/p' }, undefined, undefined, [cookies]));
    expect(sample.code).toBe('Non HTTP response code: java.lang.IllegalArgumentException');
    expect(sample.message).toBe('Non HTTP response message: Host may not be blank');
  });

  it('of the line is told with its class', async () => {
    const sample = await take(sampler(await closedPort(), {}));
    expect(sample.code).toBe('Non HTTP response code: org.apache.http.conn.HttpHostConnectException');
    expect(sample.text).toMatch(/^org\.apache\.http\.conn\.HttpHostConnectException: Connect to .*\n\tat /);
    expect(sample.dataType).toBe('text');
  });

  it('is a redirect without a location', async () => {
    const { port } = await answering(['HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n']);
    const { message } = await take(sampler(port, { path: '/p' }));
    expect(message).toMatch(/Missing location header in redirect for GET http:\/\/127.0.0.1:\d+\/p HTTP\/1.1$/);
  });
});

describe('redirects', () => {
  const to = (location: string) => `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;

  it('are followed, each hop a sub-sample', async () => {
    const { port } = await answering([to('a/../b c'), to('/end'), OK]);
    const sample = await take(sampler(port, { path: '/x/y', follow_redirects: true }));
    expect(sample.subSamples?.map(({ label, code, url }) => `${label} ${code} ${url?.replace(/.*:\d+/, '')}`)).toEqual([
      'request-0 302 /x/y',
      'request-1 302 /x/b%20c',
      'request-2 200 /end',
    ]);
    expect(sample).toMatchObject({ label: 'request', code: '200', text: 'é!', url: `http://127.0.0.1:${port}/end` });
    expect(sample.bytes).toBe(to('a/../b c').length + to('/end').length + OK.length);
  });

  it('end after as many as are allowed', async () => {
    const test = fakeTest();
    test.properties.set('httpsampler.max_redirects', '2');
    const { port } = await answering([to('/again')]);
    const sample = await take(sampler(port, { follow_redirects: true }), fakeUser({ test }));
    expect(sample.subSamples?.length).toBe(4);
    expect(sample.message).toBe('Non HTTP response message: Exceeded maximum number of redirects: 2');
  });

  it('are labelled by address when nothing is renamed', async () => {
    defaults.renameSubSamples = false;
    try {
      const { port } = await answering([to('/end'), OK]);
      const { subSamples } = await take(sampler(port, { follow_redirects: true }));
      expect(subSamples?.map(({ label }) => label)).toEqual([
        `http://127.0.0.1:${port}/`,
        `http://127.0.0.1:${port}/end`,
      ]);
    } finally {
      defaults.renameSubSamples = true;
    }
  });

  it('are followed by the client itself without sub-samples', async () => {
    const { port } = await answering([to('/end'), OK]);
    const sample = await take(sampler(port, { auto_redirects: true }));
    expect(sample.subSamples).toBeUndefined();
    expect(sample.url).toBe(`http://127.0.0.1:${port}/end`);
  });
});

describe("Java's own client", () => {
  it('sends its own headers and counts no bytes sent', async () => {
    const { sample, request } = await asked(
      { implementation: 'Java', use_keepalive: true, method: 'POST' },
      rows(['a', 'b c', true]),
    );
    expect(request).toBe(
      'POST / HTTP/1.1\r\nConnection: keep-alive\r\nContent-Length: 5\r\nUser-Agent: Java/17.0.15\r\nHost: 127.0.0.1:N\r\n' +
        'Accept: text/html, image/gif, image/jpeg, */*; q=0.2\r\nContent-type: application/x-www-form-urlencoded\r\n\r\na=b+c',
    );
    expect(sample).toMatchObject({
      sentBytes: 0,
      connectTime: 0,
      requestHeaders: 'Connection: keep-alive\nContent-Length: 5\n',
    });
  });

  it('asks twice when nothing comes, and takes what is short', async () => {
    const dropped = await answering(['END']);
    const failed = await take(sampler(dropped.port, { implementation: 'Java' }));
    expect(failed.message).toBe('Non HTTP response message: Unexpected end of file from server');
    expect(dropped.connections).toBe(2);
    const short = await answering(['HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhelloEND']);
    expect(await take(sampler(short.port, { implementation: 'Java' }))).toMatchObject({ code: '200', text: 'hello' });
  });

  it('knows few methods', async () => {
    const sample = await take(sampler(9, { implementation: 'Java', method: 'PATCH' }));
    expect(sample.message).toBe('Non HTTP response message: Invalid HTTP method: PATCH');
  });

  it('is what a plan with the class in full means', () => {
    expect(javaHttpSampler.props).toBe(httpSampler.props);
    expect(javaHttpSampler.tags).toEqual(['org.apache.jmeter.protocol.http.sampler.HTTPSampler']);
  });
});

it('leaves the token of the user among the variables, once a server has answered', async () => {
  const user = fakeUser({ test: fakeTest() });
  await take(sampler(await closedPort(), {}), user);
  expect(user.variables.get('__jmeter.U_T__')).toBeUndefined();
  const { port } = await answering([OK]);
  await take(sampler(port, {}), user);
  expect(user.variables.get('__jmeter.U_T__')).toBe(user.threadName);
});

describe('a text of an HTTP Request that throws', () => {
  // Recorded with JMeter 5.6.3: HTTPSamplerBase.sample catches every exception, also those that would stop the thread.
  it.each([
    [new JavaError('java.lang.NumberFormatException', 'For input string: "a"'), 'java.lang.NumberFormatException'],
    [new StopThread('End of sequence'), 'org.apache.jorphan.util.JMeterStopThreadException'],
  ])('is its error, without a name where the name throws: %s', async (thrown, javaClass) => {
    const { port } = await answering([OK]);
    const placed = sampler(port, { path: '/p' });
    const failing = (user: ReturnType<typeof fakeUser>) =>
      Object.defineProperty(Object.create(placed.props(user)), 'name', {
        get() {
          throw thrown;
        },
      });
    const sample = await take({ ...placed, props: failing } as typeof placed);
    expect(sample).toMatchObject({
      label: '',
      success: false,
      code: `Non HTTP response code: ${javaClass}`,
      message: `Non HTTP response message: ${thrown.message}`,
    });
  });

  it('makes an error of the answer when it is one of what follows', async () => {
    const { port } = await answering([
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 17\r\n\r\n<img src="a.png">',
    ]);
    const placed = sampler(port, { path: '/p', image_parser: true });
    const failing = (user: ReturnType<typeof fakeUser>) =>
      Object.defineProperty(Object.create(placed.props(user)), 'embeddedAllow', {
        get() {
          throw new JavaError('java.lang.NumberFormatException', 'x');
        },
      });
    const user = fakeUser();
    user.test.properties.set('HTTPResponse.parsers', 'htmlParser');
    user.test.properties.set('htmlParser.className', 'org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser');
    user.test.properties.set('htmlParser.types', 'text/html');
    const sample = await take({ ...placed, props: failing } as typeof placed, user);
    expect(sample).toMatchObject({ label: 'request', code: 'Non HTTP response code: java.lang.NumberFormatException' });
    expect(sample.url).toContain('/p');
  });
});
