/** Where the bzm HTTP2 Sampler goes and how it fails; what is expected was recorded with plugin 3.0.1 in JMeter 5.6.3. */
import { describe, expect, it } from 'vitest';
import { authManager } from '../../../src/element/config/auth-manager.js';
import { cookieManager } from '../../../src/element/config/cookie-manager.js';
import { type Given, place } from '../../kit-element.js';
import { closedPort } from '../../protocol/http/server.js';
import { type Asked, EXECUTION, host, JETTY, newUser, ports, take, told, useServers } from './bzm-servers.js';

useServers();

describe('where the bzm sampler goes', () => {
  const FOLLOW = { 'HTTPSampler.follow_redirects': true };
  const AUTO = { 'HTTPSampler.auto_redirects': true };

  it('with the body again when redirects are followed', async () => {
    const sample = await take({ path: '/302', method: 'POST', raw: 'x', props: FOLLOW });
    expect(sample.subSamples?.map(({ code }) => code)).toEqual(['302', '200']);
    expect(sample.text).toMatch(/^GET HTTP\/2\n[\s\S]*\nx$/);
  });

  it('without it when Jetty follows', async () => {
    const sample = await take({ path: '/302', method: 'POST', raw: 'x', props: AUTO });
    expect(sample.text).toBe(`GET HTTP/2\n:method=GET\n:authority=${host()}\n:scheme=https\n:path=/echo\n`);
    expect([sample.url, sample.sentBytes]).toEqual([
      `https://${host()}/echo`,
      `POST /302 HTTP/1.1\nHost: ${host()}\n\nx`.length,
    ]);
    expect((await take({ path: '/302', method: 'PUT', raw: 'x', props: AUTO })).text).toMatch(/^PUT [\s\S]*\nx$/);
  });

  it.each<[string, string, string]>([
    ['/loop', 'GET', `${EXECUTION} ${JETTY}.client.HttpResponseException: Max redirects exceeded 8`],
    ['/nowhere', 'GET', `${EXECUTION} ${JETTY}.client.HttpResponseException: Invalid 'Location' header: null`],
    [
      '/301',
      'DELETE',
      `${EXECUTION} ${JETTY}.client.HttpResponseException: HTTP protocol violation: received 301 for non GET/HEAD/POST/PUT request`,
    ],
  ])('not to %s', async (path, method, failure) => {
    expect(told(await take({ path, method, props: AUTO }))).toBe(failure);
  });

  it('nowhere without a Location', async () => {
    expect(told(await take({ path: '/nowhere' }))).toBe(
      'java.lang.IllegalArgumentException Missing location header in redirect',
    );
  });

  it('for the resources of a page, which Jetty follows, with the sampler’s thread', async () => {
    const sample = await take({ path: '/page', props: { 'HTTPSampler.image_parser': true } });
    expect(sample.subSamples?.map(({ code, text }) => `${code} ${text.split(' ')[0]}`)).toEqual([
      '200 <img',
      '200 GET',
      '200 GET',
      '500 status',
    ]);
    expect(sample.subSamples?.some(({ threadName }) => threadName.startsWith('ResDownload'))).toBe(false);
    expect(sample.message).toBe(
      `Embedded resource download error:https://${host()}/500 code:500 message:Server Error, `,
    );
  });
});

describe('whom the bzm sampler knows', () => {
  it('cookies by itself, and twice with a Cookie Manager', async () => {
    const user = newUser();
    await take({ path: '/cookies' }, user);
    const alone = await take({}, user);
    expect([alone.text.includes('\ncookie=a=1; b=2\n'), alone.http?.cookies, alone.requestHeaders]).toEqual([
      true,
      '',
      `Host: ${host()}\n`,
    ]);
    const manager = place(cookieManager, {});
    const other = newUser();
    await take({ path: '/cookies', configs: [manager] }, other);
    const twice = await take({ configs: [manager] }, other);
    expect([twice.text.includes('\ncookie=a=1; b=2; a=1; b=2\n'), twice.http?.cookies]).toEqual([true, 'a=1; b=2']);
  });

  it('logins when the server asks, and shows them from then on', async () => {
    const login = {
      'Authorization.url': `https://${host()}/`,
      'Authorization.username': 'u',
      'Authorization.password': 'p',
      'Authorization.realm': 'r',
    };
    const configs = [place(authManager, { props: { 'AuthManager.auth_list': [login] } })];
    const user = newUser();
    const [first, second] = [
      await take({ path: '/basic', configs }, user),
      await take({ path: '/basic', configs }, user),
    ];
    expect([first.text, first.requestHeaders]).toEqual(['in', `Host: ${host()}\n`]);
    expect([second.requestHeaders, second.sentBytes]).toEqual([
      `Host: ${host()}\nAuthorization: Basic dTpw\n`,
      first.sentBytes,
    ]);
  });
});

describe('what the bzm sampler speaks', () => {
  it.each<[string, Readonly<Record<string, Given>>]>([
    ['without HTTP/2', { 'HTTP2Sampler.enableHttp2': false }],
    ['without ALPN', { 'HTTP2Sampler.alpnEnabled': false }],
    ['of old', { 'HTTP2Sampler.profile': 'legacy' }],
  ])('HTTP/1.1 %s', async (_name, props) => {
    expect((await take({ props })).text).toBe(`GET HTTP/1.1\nhost=${host()}\n`);
  });

  it('asks for HTTP/2 without TLS from the second request on', async () => {
    const user = newUser();
    const [first, second] = [await take({ server: 'old' }, user), await take({ server: 'old' }, user)];
    expect([first.text.split('\n')[0], second.text]).toEqual(['GET HTTP/1.1', '"h2c"']);
    expect(second.requestHeaders).toBe(
      `Upgrade: h2c\nHTTP2-Settings: AAEAABAAAAMAAABkAAQAAP__AAUAAEAAAAYAABAA\nConnection: Upgrade, HTTP2-Settings\nHost: 127.0.0.1:${ports.old}\n`,
    );
  });

  it('goes on in HTTP/2 where the server takes that up', async () => {
    const props = { 'HTTP2Sampler.http1_upgrade': true, 'HTTP2Sampler.profile': 'browser-like' };
    const user = newUser();
    const sample = await take({ server: 'switching', props }, user);
    expect([sample.responseHeaders.split('\n')[0], sample.requestHeaders.split('\n')[0]]).toEqual([
      'HTTP/2.0 200 OK',
      'Upgrade: h2c',
    ]);
  });

  it('goes on in HTTP/2 no more than once', async () => {
    const props = { 'HTTP2Sampler.http1_upgrade': true, 'HTTP2Sampler.profile': 'browser-like' };
    expect((await take({ server: 'switched', props })).success).toBe(false);
  });

  it('begins with HTTP/2 when told so, and from then on without being told', async () => {
    const user = newUser();
    const sample = await take({ server: 'plain', props: { 'HTTP2Sampler.http2PriorKnowledge': true } }, user);
    expect(sample.text).toContain(`:path=/echo\nhost=127.0.0.1:${ports.plain}\n`);
    expect((await take({ server: 'plain' }, user)).text).toContain(':path=/echo\n');
    const falls = await take({ server: 'old', props: { 'HTTP2Sampler.http2PriorKnowledge': true } }, user);
    expect([falls.text.split('\n')[0], falls.latency, falls.connectTime]).toEqual(['GET HTTP/1.1', 0, 0]);
  });
});

describe('how the bzm sampler fails', () => {
  it.each([
    ['/reset', 'java.io.IOException: internal_error'],
    ['/refuse', 'java.io.IOException: refused_stream_error'],
    ['/cancel', 'java.io.IOException: cancel_stream_error'],
    ['/gone', 'java.io.IOException: cancel_stream_error/input_shutdown'],
  ])('for %s', async (path, message) => {
    const sample = await take({ path });
    expect(told(sample)).toBe(`${EXECUTION} ${message}`);
    expect(sample.sentBytes).toBe(`GET ${path} HTTP/1.1\nHost: ${host()}\n\n`.length);
  });

  it('when nobody listens, without a word of connecting', async () => {
    const sample = await take({ props: { 'HTTPSampler.port': `${await closedPort()}` } });
    expect([told(sample), sample.connectTime]).toEqual([
      `${EXECUTION} java.net.ConnectException: Connection refused`,
      0,
    ]);
  });

  it('over HTTP/1.1 after an error of the protocol, and remembers nothing of it', async () => {
    const user = newUser();
    const sample = await take({ path: '/wrong', method: 'POST', raw: 'x' }, user);
    expect(sample.text).toMatch(/^POST HTTP\/1\.1\n[\s\S]*\nx$/);
    expect((await take({}, user)).text).toMatch(/^GET HTTP\/2\n/);
  });

  it('over HTTP/1.1 when the time is over, and stays with it', async () => {
    const user = newUser();
    const sample = await take({ path: '/hang2', props: { 'HTTPSampler.response_timeout': '60' } }, user);
    expect([sample.text.split('\n')[0], sample.latency]).toEqual(['GET HTTP/1.1', 0]);
    expect((await take({}, user)).text).toMatch(/^GET HTTP\/1\.1\n/);
  });

  it.each<[string, Asked]>([
    ['in vain', { path: '/hang' }],
    ['when it must not', { path: '/hang2', props: { 'HTTP2Sampler.fallbackEnabled': false } }],
  ])('for good when the time is over %s', async (_name, { path = '', props }) => {
    const sample = await take({ path, props: { 'HTTPSampler.response_timeout': '60', ...props } });
    expect(told(sample)).toBe('java.util.concurrent.TimeoutException Total timeout 60 ms elapsed');
  });

  it('where an answer breaks off', async () => {
    expect(told(await take({ path: '/half' }))).toBe(`${EXECUTION} java.io.IOException: internal_error`);
  });

  it('not when the server has not seen the request', async () => {
    const user = newUser();
    await take({}, user);
    const sample = await take({ path: '/unseen' }, user);
    expect([sample.text.split('\n')[0], sample.latency]).toEqual(['GET HTTP/2', 0]);
  });
});
