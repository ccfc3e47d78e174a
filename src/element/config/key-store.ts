import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import type { CheckContext, Test, User } from '../../model/index.js';
import { type Problem, problems, reasonOf } from '../../problem.js';
import { type ClientKey, type KeyEntry, readPkcs12 } from '../../protocol/index.js';

const FILE = 'javax.net.ssl.keyStore';
const PASSWORD = 'javax.net.ssl.keyStorePassword';
const LOG = 'o.a.j.u.SSLManager';

/** Which keys of the store are used, and how one is chosen. */
export interface KeyChoice {
  /** From 0, both included; -1 = to the last. */
  readonly start: number;
  readonly end: number;
  /** The variable with the alias; empty = one after the other. */
  readonly variable: string;
}

/**
 * The store that `-Djavax.net.ssl.keyStore` names, for all users (SSLManager and JmeterKeyStore 5.6.3): without a Keystore
 * Configuration its first key is used.
 */
export class KeyStore {
  #choice: KeyChoice = { start: 0, end: 0, variable: '' };
  #keys: readonly KeyEntry[] | undefined;
  #variable = '';
  #next = 0;

  constructor(private readonly test: Test) {}

  /** A store that is loaded stays as it is. Throws NullPointerException when it is loaded now and has no such keys. */
  configure(choice: KeyChoice, preload: boolean): void {
    this.#choice = choice;
    if (preload) this.#loaded();
  }

  /** The key for a handshake, undefined = none. Throws SSLException as Java's handshake does when there is no such alias. */
  choose(user: User): ClientKey | undefined {
    const keys = this.#loaded();
    if (keys.length === 0) return undefined;
    if (this.#variable === '') {
      const key = keys[this.#next];
      this.#next = (this.#next + 1) % keys.length;
      return key;
    }
    const alias = user.variables.get(this.#variable);
    if (!alias) throw sslError(`No var called '${this.#variable}' found`);
    const key = keys.find((one) => one.alias === alias);
    if (key === undefined) throw sslError(`No PrivateKey found for alias:'${alias}'`);
    return key;
  }

  #loaded(): readonly KeyEntry[] {
    if (this.#keys !== undefined) return this.#keys;
    const { start, end, variable } = this.#choice;
    const all = this.#read();
    const keys = all?.slice(start, end === -1 ? undefined : end + 1) ?? [];
    if (all !== undefined && keys.length === 0)
      throw new JavaError('java.lang.NullPointerException', 'No key(s) found');
    this.#keys = keys;
    this.#variable = variable;
    return keys;
  }

  /** undefined = there is no store, or none that can be read: JMeter goes on without any key. */
  #read(): KeyEntry[] | undefined {
    const { properties, workingDirectory, log } = this.test;
    const name = properties.system.get(FILE) ?? '';
    if (name === '') return undefined;
    try {
      return readPkcs12(fs.readFileSync(path.resolve(workingDirectory, name)), properties.system.get(PASSWORD) ?? '');
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      const why = missing ? reasonOf(error) : 'it is no PKCS#12 file, or the password is wrong';
      log.write('ERROR', LOG, `Can't load keystore '${name}'. Wrong password?`);
      this.test.warn?.(
        problems.elementWarns(`the key store ${name} cannot be read, no client certificates are sent: ${why}`),
      );
      return undefined;
    }
  }
}

export const keyStoreOf = (test: Test): KeyStore => test.state('key store', () => new KeyStore(test));

const MAGIC: Readonly<Record<string, string>> = { feedfeed: 'JKS', cececece: 'JCEKS' };

/** Java's own formats of key stores cannot be read. */
export function keyStoreProblems({ property }: CheckContext): readonly Problem[] {
  const name = property(FILE) ?? '';
  if (name === '' || !fs.existsSync(name)) return [];
  const format = MAGIC[fs.readFileSync(name).toString('hex', 0, 4)];
  if (format === undefined) return [];
  const target = `${path.basename(name, path.extname(name))}.p12`;
  const command = `keytool -importkeystore -srckeystore ${name} -destkeystore ${target} -deststoretype PKCS12`;
  return [
    problems.elementCannotRun(
      `the key store ${name} is in Java's own format ${format}; make it PKCS#12 with: ${command}`,
    ),
  ];
}

const sslError = (message: string): JavaError => new JavaError('javax.net.ssl.SSLException', message);
