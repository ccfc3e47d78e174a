import fs from 'node:fs';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyStoreProblems } from '../../../src/element/config/key-store.js';
import { keystoreConfig } from '../../../src/element/config/keystore-config.js';
import { cipherNames, tlsSettings } from '../../../src/element/http/tls-user.js';
import { type CheckContext, Variables } from '../../../src/model/index.js';
import { readPkcs12 } from '../../../src/protocol/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { place } from '../../kit-element.js';
import { sampler, take } from './taken.js';

const fixture = (name: string): string => `test/fixtures/tls/${name}`;
const read = (name: string): Buffer => fs.readFileSync(fixture(name));

/** Says who asks, with which version, and whether the session was known. */
const server = tls.createServer(
  {
    key: read('server.key'),
    cert: read('server.pem'),
    ca: read('ca.pem'),
    requestCert: true,
    rejectUnauthorized: false,
  },
  (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      const body = `${socket.getPeerCertificate().subject?.CN ?? 'nobody'} ${socket.getProtocol()} ${socket.getCipher().standardName}`;
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    });
  },
);
server.on('tlsClientError', () => {});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
});
afterAll(() => void server.close());

interface Terms {
  readonly properties?: Readonly<Record<string, string>>;
  /** A key store in use. */
  readonly store?: string;
  readonly config?: Readonly<Record<string, string>>;
}

function userWith({ properties = {}, store, config }: Terms) {
  const test = fakeTest();
  for (const [name, value] of Object.entries(properties)) test.properties.set(name, value);
  if (store !== undefined) {
    test.properties.system.set('javax.net.ssl.keyStore', fixture(store));
    test.properties.system.set('javax.net.ssl.keyStorePassword', 'secret');
  }
  const user = fakeUser({ test, variables: new Variables(new Map()) });
  if (config !== undefined) {
    const placed = place(keystoreConfig, { props: config });
    placed.element.testStarted?.(placed.props(user), user, placed);
  }
  return user;
}
const asks = () => sampler(port, { protocol: 'https', domain: 'localhost' });
const said = async (user: ReturnType<typeof userWith>): Promise<string> => {
  const sample = await take(asks(), user);
  return sample.success
    ? sample.text.split(' ', 2).join(' ')
    : sample.message.replace('Non HTTP response message: ', '');
};

describe('client certificates', () => {
  it('are sent only if there is a key store', async () => {
    expect(await said(userWith({}))).toBe('nobody TLSv1.3');
  });

  it('are of the first key when nothing else is said', async () => {
    expect(await said(userWith({ store: 'clients.p12' }))).toBe('alice TLSv1.3');
  });

  it('are of each key in turn, a session of TLS 1.3 serving twice', async () => {
    const user = userWith({ store: 'clients.p12', config: { clientCertAliasVarName: '', preload: 'True' } });
    const heard = [await said(user), await said(user), await said(user), await said(user)];
    expect(heard.map((text) => text.split(' ')[0])).toEqual(['alice', 'alice', 'bob', 'bob']);
  });

  it('are of the key that a variable names, asked anew for each handshake', async () => {
    const user = userWith({ store: 'clients.p12', config: { clientCertAliasVarName: 'who' } });
    expect(await said(user)).toBe("No var called 'who' found");
    user.variables.put('who', 'carol');
    expect(await said(user)).toBe("No PrivateKey found for alias:'carol'");
    user.variables.put('who', 'bob');
    expect(await said(user)).toBe('bob TLSv1.3');
  });

  it('are those between two indexes', async () => {
    expect(await said(userWith({ store: 'clients.p12', config: { startIndex: '1', endIndex: 'x' } }))).toBe(
      'bob TLSv1.3',
    );
    expect(() => userWith({ store: 'clients.p12', config: { startIndex: '2', endIndex: '1' } })).toThrow('Alias start');
    expect(() => userWith({ store: 'clients.p12', config: { startIndex: '2', preload: 'true' } })).toThrow('No key(s)');
  });

  it('are not sent when the password is wrong, and the user is told', async () => {
    const user = userWith({ store: 'clients.p12' });
    user.test.properties.system.set('javax.net.ssl.keyStorePassword', 'wrong');
    expect(await said(user)).toBe('nobody TLSv1.3');
  });
});

describe('key stores', () => {
  it('of older programs, with triple DES and RC2, are read', () => {
    const [entry, more] = readPkcs12(read('legacy.p12'), 'secret');
    expect([entry?.alias, more]).toEqual(['alice', undefined]);
    expect(entry?.chain.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  it("of Java's own format are refused with the command that converts them", () => {
    const property = (name: string) => (name === 'javax.net.ssl.keyStore' ? fixture('java.jks') : undefined);
    // Only what is asked of a check's context here.
    const [problem] = keyStoreProblems({ property } as CheckContext);
    expect(problem?.text).toContain('keytool -importkeystore');
  });
});

describe('trust', () => {
  it('is given to everybody', async () => {
    expect(await said(userWith({}))).toMatch('nobody');
  });

  it('can be insisted on', async () => {
    const properties = { 'meterless.tls.verify': 'true' };
    const sample = await take(asks(), userWith({ properties }));
    expect(sample.code).toBe('Non HTTP response code: javax.net.ssl.SSLHandshakeException');
    expect(sample.message).toMatch(
      /PKIX path building failed: .* unable to find valid certification path to requested target/,
    );
    const known = userWith({ properties: { ...properties, 'meterless.tls.ca': fixture('ca.pem') } });
    expect(await said(known)).toBe('nobody TLSv1.3');
  });

  it('needs the right name', async () => {
    const properties = { 'meterless.tls.verify': 'true', 'meterless.tls.ca': fixture('ca.pem') };
    const sample = await take(sampler(port, { protocol: 'https' }), userWith({ properties }));
    expect(sample.code).toBe('Non HTTP response code: javax.net.ssl.SSLPeerUnverifiedException');
  });
});

describe('handshakes', () => {
  it('are of the versions that the properties allow', async () => {
    expect(await said(userWith({ properties: { 'https.socket.protocols': 'SSLv3 TLSv1.2' } }))).toBe('nobody TLSv1.2');
    expect(await said(userWith({ properties: { 'https.default.protocol': 'TLSv1.2' } }))).toBe('nobody TLSv1.2');
    expect(
      tlsSettings(userWith({ properties: { 'https.socket.protocols': 'SSLv3' } }).test).minVersion,
    ).toBeUndefined();
  });

  it('offer the ciphers that the properties allow', async () => {
    const properties = {
      'https.socket.protocols': 'TLSv1.2',
      'https.cipherSuites': 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_256_CBC_SHA',
    };
    expect((await take(asks(), userWith({ properties }))).text).toContain('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256');
    expect(cipherNames(`${properties['https.cipherSuites']},TLS_AES_128_GCM_SHA256`)).toBe(
      'ECDHE-ECDSA-AES128-GCM-SHA256:AES256-SHA:TLS_AES_128_GCM_SHA256',
    );
    expect(cipherNames('')).toBeUndefined();
    const older = { 'https.socket.ciphers': 'TLS_RSA_WITH_AES_256_CBC_SHA' };
    expect(tlsSettings(userWith({ properties: older }).test).ciphers).toBe('AES256-SHA');
  });
});
