import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import { readPkcs12, TlsClient } from '../../protocol/index.js';

interface Certificate {
  readonly twoWay: boolean;
  readonly certificate: string;
  readonly certificatePassword: string;
}

const CLIENTS = {};

/**
 * Who the user is to brokers that speak TLS: TLS 1.2, every certificate is trusted. Throws JavaError for an unknown library,
 * which would make it, and for a client certificate that is not there or cannot be read.
 */
export function tlsOf(test: Test, library: string | undefined, given: Certificate): TlsClient {
  if (library === undefined)
    throw new JavaError('java.lang.IllegalArgumentException', 'Failed to find MQTTFactory named');
  const clients = test.state(CLIENTS, () => new Map<string, TlsClient>());
  const { twoWay } = given;
  const file = twoWay ? findFile(test, given.certificate) : '';
  const password = twoWay ? given.certificatePassword : '';
  const key = JSON.stringify([file, password]);
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = newClient(file, password);
  clients.set(key, client);
  return client;
}

function newClient(file: string, password: string): TlsClient {
  const settings = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
  if (file === '') return new TlsClient(settings);
  let entry: ReturnType<typeof readPkcs12>[number] | undefined;
  try {
    [entry] = readPkcs12(fs.readFileSync(file), password);
  } catch (error) {
    throw new JavaError('java.io.IOException', error instanceof Error ? error.message : String(error));
  }
  return new TlsClient(settings, () => entry);
}

/** As it is, from the working directory; then beside the plan. */
function findFile({ workingDirectory, planDirectory }: Test, name: string): string {
  const here = path.resolve(workingDirectory, name);
  if (fs.existsSync(here)) return here;
  const beside = path.join(planDirectory, name);
  if (fs.existsSync(beside)) return beside;
  throw new JavaError('java.lang.RuntimeException', `Cannot find file : ${beside}`);
}
