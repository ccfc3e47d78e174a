import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../src/element/http/http-settings.js';
import { fakeUser } from '../../kit.js';

const speeds = (properties: Readonly<Record<string, string>>) => {
  const { test } = fakeUser();
  for (const [name, value] of Object.entries(properties)) test.properties.set(name, value);
  return settingsOf(test).client.speeds;
};

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
