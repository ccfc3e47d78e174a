import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../src/element/http/http-settings.js';
import { fakeUser } from '../../kit.js';

const speeds = (properties: Readonly<Record<string, string>>) => {
  const { test } = fakeUser();
  for (const [name, value] of Object.entries(properties)) test.properties.set(name, value);
  return settingsOf(test).client.speeds;
};

describe('the proxy of the JVM', () => {
  const proxies = (system: Readonly<Record<string, string>>) => {
    const { test } = fakeUser();
    for (const [name, value] of Object.entries(system)) test.properties.system.set(name, value);
    const { proxyFor, javaProxyFor } = settingsOf(test);
    const all = [proxyFor('h'), javaProxyFor('h', 'http'), javaProxyFor('h', 'https')];
    return all.map((proxy) => proxy && `${proxy.secure ? 'https' : 'http'}://${proxy.host}:${proxy.port}`);
  };
  it.each([
    [{}, [undefined, undefined, undefined]],
    [{ 'http.proxyHost': 'p' }, [undefined, 'http://p:80', undefined]],
    [{ 'http.proxyHost': 'p', 'http.proxyPort': '1' }, ['http://p:1', 'http://p:1', undefined]],
    [{ 'https.proxyHost': 'q' }, [undefined, undefined, 'http://q:443']],
    [
      { 'http.proxyHost': 'p', 'http.proxyPort': '1', 'http.proxyScheme': 'https' },
      ['https://p:1', 'http://p:1', undefined],
    ],
    [{ 'https.proxyHost': 'q', 'http.nonProxyHosts': 'x|h' }, [undefined, undefined, undefined]],
  ])('%j', (system, expected) => {
    expect(proxies(system)).toEqual(expected);
  });
});

describe('slow connections', () => {
  it.each([
    [{}, undefined],
    [{ 'httpclient.socket.http.cps': '0', 'httpclient.socket.https.cps': '-1' }, undefined],
    [{ 'httpclient.socket.http.cps': '9600' }, { plain: 9600, secure: 0 }],
    [{ 'httpclient.socket.https.cps': '1200' }, { plain: 0, secure: 1200 }],
  ])('%j', (properties, expected) => {
    expect(speeds(properties)).toEqual(expected);
  });
});
