import fs from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endHttpUser } from '../../../src/element/http/http-user.js';
import { http2AsyncController } from '../../../src/element/http/http2-async-controller.js';
import { http2RequestV1 } from '../../../src/element/http/http2-request-v1.js';
import type { CheckContext } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, planElement } from '../../kit-element.js';
import { sampler, take } from './taken.js';

const read = (name: string): Buffer => fs.readFileSync(`test/fixtures/tls/${name}`);
const keys = { key: read('server.key'), cert: read('server.pem') };
let sessions = 0;

/** Answers by the path; everything else is shown what it sent. */
function answer(stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders): void {
  stream.on('error', () => {});
  const path = headers[':path'] ?? '';
  switch (path) {
    case '/reset':
      stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
      return;
    case '/gone':
      stream.session?.destroy();
      return;
    case '/hang':
      return;
    case '/redirect':
      stream.respond({ ':status': 302, location: '/target' });
      stream.end();
      return;
    case '/circle':
      stream.respond({ ':status': 302, location: '/circle' });
      stream.end();
      return;
    case '/page':
      stream.respond({ ':status': 200, 'content-type': 'text/html' });
      stream.end('<img src="/1"><img src="/2"><img src="/3">');
      return;
    case '/status':
      stream.respond({ ':status': 404, 'x-a': ['1', '2'] });
      stream.end('no');
      return;
    default:
      stream.respond({ ':status': 200 });
      stream.on('data', () => {});
      if (headers[':method'] === 'HEAD') stream.end();
      else {
        const kept = Object.entries(headers).filter(([name]) => !['content-length'].includes(name));
        stream.write(kept.map(([name, value]) => `${name}=${value}`).join('\n'));
        stream.pipe(stream);
      }
  }
}
const secure = http2.createSecureServer({ ...keys, allowHTTP1: true });
const plain = http2.createServer();
for (const server of [secure, plain]) {
  server.on('stream', answer);
  server.on('session', (session) => {
    sessions++;
    session.on('error', () => {});
  });
  server.on('sessionError', () => {});
}
const older = https.createServer(keys, (request, response) => void response.end(`HTTP/${request.httpVersion}`));
const text = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (data) =>
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n${data.includes('PRI * HTTP/2') ? 'bad' : 'old'}`),
  );
});
const servers = { secure, plain, older, text };
const ports = { secure: 0, plain: 0, older: 0, text: 0 };
beforeAll(async () => {
  for (const name of ['secure', 'plain', 'older', 'text'] as const) {
    await new Promise<void>((resolve) => servers[name].listen(0, '127.0.0.1', resolve));
    const address = servers[name].address();
    if (address !== null && typeof address !== 'string') ports[name] = address.port;
  }
});
afterAll(() => {
  for (const server of Object.values(servers)) server.close();
});
beforeEach(() => {
  sessions = 0;
});

const userWith = (properties: Readonly<Record<string, string>> = {}) => {
  const test = fakeTest();
  for (const [name, value] of Object.entries(properties)) test.properties.set(name, value);
  return fakeUser({ test });
};
const PARSERS = {
  'HTTPResponse.parsers': 'html',
  'html.className': 'org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser',
  'html.types': 'text/html',
};

describe('an HTTP Request with meterless.http2', () => {
  const http = (over: Readonly<Record<string, Given>>, properties = { 'meterless.http2': 'true' }) => {
    const user = userWith(properties);
    return { user, take: () => take(sampler(ports.secure, { protocol: 'https', ...over } as never), user) };
  };

  it('goes by HTTP/2 where TLS agrees on it, headers as they would be otherwise', async () => {
    const { take, user } = http({ path: '/raw' });
    const sample = await take();
    expect(sample).toMatchObject({ code: '200', message: 'OK', success: true });
    expect(sample.text).toBe(
      `:method=GET\n:authority=127.0.0.1:${ports.secure}\n:scheme=https\n:path=/raw\nuser-agent=Apache-HttpClient/4.5.14 (Java/17.0.15)`,
    );
    expect(sample.requestHeaders).toBe('User-Agent: Apache-HttpClient/4.5.14 (Java/17.0.15)\n');
    expect(sample.responseHeaders).toMatch(/^HTTP\/2\.0 200 OK\ndate: /);
    expect(sample.bytes - sample.text.length).toBe(sample.headersSize);
    expect(sample.sentBytes).toBeGreaterThan(80);
    endHttpUser(user);
  });

  it('has one session for all its requests', async () => {
    const { take, user } = http({});
    const [first, second] = [await take(), await take()];
    expect([sessions, first.success, second.connectTime]).toEqual([1, true, 0]);
    endHttpUser(user);
  });

  it('sends bodies', async () => {
    const { take, user } = http({ method: 'POST', path: '/raw', postBodyRaw: 'true' });
    expect((await take()).text).toContain(':method=POST');
    endHttpUser(user);
  });

  it('speaks HTTP/1.1 with servers that know no better', async () => {
    const user = userWith({ 'meterless.http2': 'true' });
    const asked = await take(sampler(ports.older, { protocol: 'https' }), user);
    expect([asked.text, asked.responseHeaders.split('\n')[0]]).toEqual(['HTTP/1.1', 'HTTP/1.1 200 OK']);
    endHttpUser(user);
  });

  it('speaks HTTP/1.1 without TLS, unless told that servers know HTTP/2', async () => {
    const user = userWith({ 'meterless.http2': 'true' });
    expect((await take(sampler(ports.text, {}), user)).text).toBe('old');
    endHttpUser(user);
    const bold = userWith({ 'meterless.http2': 'h2c' });
    expect((await take(sampler(ports.plain, { path: '/x' }), bold)).text).toContain(':scheme=http\n');
    expect((await take(sampler(ports.text, {}), bold)).text).toBe('old');
    endHttpUser(bold);
  });

  it('waits no longer for a server that may know HTTP/2 than for an answer', async () => {
    const mute = net.createServer((socket) => void socket.on('error', () => {}));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    const port = address !== null && typeof address !== 'string' ? address.port : 0;
    const sample = await take(sampler(port, { response_timeout: '40' }), userWith({ 'meterless.http2': 'h2c' }));
    expect(sample.message).toBe('Non HTTP response message: Read timed out');
    mute.close();
  });

  it('follows redirects and loads resources over the same session', async () => {
    const properties = { 'meterless.http2': 'true', ...PARSERS };
    const moved = http({ path: '/redirect', follow_redirects: 'true' }, properties);
    const sample = await moved.take();
    expect(sample.subSamples?.map(({ code }) => code)).toEqual(['302', '200']);
    endHttpUser(moved.user);
    sessions = 0;
    const page = http({ path: '/page', image_parser: 'true', concurrentDwn: 'true' }, properties);
    expect((await page.take()).subSamples).toHaveLength(4);
    expect(sessions).toBe(1);
    endHttpUser(page.user);
  });

  it.each([
    ['/reset', 'java.io.IOException', 'HTTP/2 stream was reset: INTERNAL_ERROR'],
    ['/gone', 'org.apache.http.NoHttpResponseException', 'failed to respond'],
    ['/hang', 'java.net.SocketTimeoutException', 'Read timed out'],
  ])('fails for %s', async (path, code, message) => {
    const { take, user } = http({ path, response_timeout: '60' });
    const sample = await take();
    expect(sample).toMatchObject({ code: `Non HTTP response code: ${code}`, success: false });
    expect(sample.message).toContain(message);
    endHttpUser(user);
  });

  it('fails when redirects that the client follows lead in a circle', async () => {
    const { take, user } = http({ path: '/circle', auto_redirects: 'true' });
    expect((await take()).code).toBe('Non HTTP response code: org.apache.http.client.ClientProtocolException');
    endHttpUser(user);
  });

  it('can be ended', async () => {
    const { take, user } = http({ path: '/hang' });
    const taken = take();
    await new Promise((resolve) => setTimeout(resolve, 60));
    user.onInterrupt?.();
    expect((await taken).message).toBe('Non HTTP response message: Socket closed');
    endHttpUser(user);
  });

  it('is told of answers without a body', async () => {
    const { take, user } = http({ method: 'HEAD', path: '/raw' });
    expect(await take()).toMatchObject({ code: '200', text: '' });
    endHttpUser(user);
  });
});

describe('elements around it', () => {
  const context = {} as CheckContext;
  it('are refused or noted where they differ', () => {
    expect(http2RequestV1.check?.(planElement(http2RequestV1, {}), context)?.[0]?.severity).toBe('error');
    const severity = (props: Readonly<Record<string, Given>>) =>
      http2AsyncController.check?.(planElement(http2AsyncController, props), context)?.[0]?.severity;
    expect(severity({})).toBe('note');
    expect(severity({ 'blazemeter.http.controller.generateParentSample': 'true' })).toBe('error');
  });
});
