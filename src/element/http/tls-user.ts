import fs from 'node:fs';
import path from 'node:path';
import type { Test, User } from '../../model/index.js';
import { ProblemError, problems, reasonOf } from '../../problem.js';
import { TlsClient, type TlsSettings } from '../../protocol/index.js';
import { keyStoreOf } from '../config/key-store.js';

const KEY = {};
const SHARED = {};
type Version = NonNullable<TlsSettings['minVersion']>;
const VERSIONS: readonly Version[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const LOG = 'o.a.j.u.HttpSSLProtocolSocketFactory';

/** Who the user is to servers that speak TLS: one for all his connections, as JMeter has an SSL context for each thread. */
export const tlsClientOf = (user: User): TlsClient =>
  user.state(KEY, () => {
    const { test } = user;
    const store = keyStoreOf(test);
    const all = test.state(SHARED, () => new TlsClient(tlsSettings(test)));
    return all.with(() => store.choose(user), test.properties.flag('https.sessioncontext.shared', false));
  });

/** What JMeter's properties say of handshakes, and ours of trust. */
export function tlsSettings(test: Test): TlsSettings {
  const { properties } = test;
  const protocol = properties.get('https.default.protocol', 'TLS');
  const listed = (properties.get('https.socket.protocols') ?? '').split(' ').filter((name) => name !== '');
  const known = VERSIONS.filter((version) => listed.includes(version));
  if (listed.length > 0 && known.length === 0)
    test.log.write('WARN', LOG, `Could not set protocol list: ${listed.join(' ')}.`);
  const ca = properties.get('meterless.tls.ca') || undefined;
  return {
    verify: properties.flag('meterless.tls.verify', false),
    ca: ca === undefined ? undefined : readAuthorities(path.resolve(test.workingDirectory, ca)),
    minVersion: known[0],
    maxVersion: known.at(-1) ?? VERSIONS.find((version) => version === protocol),
    ciphers: cipherNames(properties.get('https.cipherSuites') || (properties.get('https.socket.ciphers') ?? '')),
  };
}

function readAuthorities(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new ProblemError([problems.badSetting(`meterless.tls.ca: ${file} cannot be read: ${reasonOf(error)}`)]);
  }
}

/** Java's names of cipher suites in OpenSSL's words; those of TLS 1.3 are the same in both. */
export function cipherNames(list: string): string | undefined {
  const names = list.split(/, */).filter((name) => name !== '');
  return names.length === 0 ? undefined : names.map(cipherName).join(':');
}

function cipherName(name: string): string {
  const [, exchange, cipher] = /^(?:TLS|SSL)_(\w+)_WITH_(\w+)$/.exec(name) ?? [];
  if (exchange === undefined || cipher === undefined) return name;
  const words = cipher
    .replace(/AES_(\d+)_CBC/, 'AES$1')
    .replace(/AES_(\d+)_/, 'AES$1_')
    .replace('3DES_EDE_CBC', 'DES_CBC3')
    .replace('CHACHA20_POLY1305_SHA256', 'CHACHA20_POLY1305');
  return `${exchange === 'RSA' ? '' : `${exchange}_`}${words}`.replaceAll('_', '-');
}
