/** What JMeter 5.6.3 says of servers that do something wrong: recorded from a plan with the same samplers. */
import fs from 'node:fs';
import type net from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { allFaults, type Fault } from '../../protocol/http/faults/index.js';
import { faultServer } from '../../protocol/http/faults/line.js';
import { rows, sampler, take } from './taken.js';

/** A row as it was recorded; sizes and success of what has no answer are always the same. */
interface Row {
  readonly code: string;
  readonly message: string;
  /** Whether a body began before it broke. */
  readonly latency?: boolean;
  readonly success?: boolean;
  readonly bytes?: number;
  readonly sent?: number;
  /** The codes of the samples below. */
  readonly below?: readonly string[];
}

const recorded: Readonly<Record<string, readonly Row[]>> = JSON.parse(
  fs.readFileSync('test/protocol/http/faults/recorded.json', 'utf8'),
);
/** OpenSSL tells less of a broken handshake than Java does (docs/differences.md); and what a race decides. */
const UNLIKE =
  /^TLS: (?:a huge|alert (?:unrec|close|of an)|a SSLv2|certificate required|noise in)|answers before|ended before the request|upload: reset/;
/** What lasts as long as we wait. */
const WAITS = /^slow|stalls$|then (?:nothing|never)$|^https proxy: (?:noise|never|200 with a body)$/;
const waits = ({ name }: Fault): boolean =>
  WAITS.test(name) || recorded[name]?.some(({ message }) => /timed out/.test(message)) === true;
const hurries = (fault: Fault): boolean => !waits(fault);
/** JMeter waits for a proxy's answer to CONNECT without end. */
const ENDLESS = /^https proxy: (?:noise|never|200, then never|200 with a body|502 cut)$/;

const servers: net.Server[] = [];
const sockets = new Set<net.Socket>();
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

async function rowsOf(fault: Fault): Promise<Row[]> {
  const server = await faultServer(fault.serve, fault.secured);
  server.on('connection', (socket: net.Socket) => sockets.add(socket));
  servers.push(server);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { body, ...given } = fault.request;
  const request: Record<string, string | boolean> = { method: 'GET', path: '/', use_keepalive: true };
  for (const [key, value] of Object.entries(given))
    request[key] = typeof value === 'string' ? value.replaceAll('PORT', `${port}`) : value;
  // Only who is to time out is short of time.
  if (hurries(fault)) request.response_timeout = '5000';
  if (hurries(fault) && request.connect_timeout) request.connect_timeout = '5000';
  const placed = sampler(port, request, typeof body === 'string' ? rows(['', body]) : undefined);
  const user = fakeUser();
  const found: Row[] = [];
  for (let i = 0; i < fault.samples; i++) found.push(rowOf(await take(placed, user), port));
  return found;
}

function rowOf(sample: Sample, port: number): Row {
  const code = sample.code.replace('Non HTTP response code: ', '');
  let message = sample.message.replace('Non HTTP response message: ', '').replaceAll(`:${port}`, ':PORT');
  if (message.length > 300) message = `${message.length} characters`;
  const below = sample.subSamples?.map((sub) => sub.code.replace('Non HTTP response code: ', ''));
  const { success, bytes, sentBytes: sent } = sample;
  const sizes = code === sample.code ? { success, bytes, sent } : { latency: sample.latency > 0 };
  return { code, message, ...sizes, ...(below && { below }) };
}

/** Some at a time, so that no server has to wait for its turn. */
async function takeAll(faults: readonly Fault[]): Promise<ReadonlyMap<string, readonly Row[]>> {
  const found = new Map<string, readonly Row[]>();
  const waiting = [...faults];
  const work = async (): Promise<void> => {
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift())
      found.set(fault.name, await rowsOf(fault));
  };
  await Promise.all(Array.from({ length: 24 }, work));
  return found;
}

describe('a server that does something wrong', async () => {
  // Whose time is short is not to be kept waiting by megabytes.
  const found = new Map([...(await takeAll(allFaults.filter(waits))), ...(await takeAll(allFaults.filter(hurries)))]);
  it.each(allFaults.filter(({ name }) => name in recorded && !UNLIKE.test(name)))('$name', ({ name }) => {
    expect(found.get(name)).toEqual(recorded[name]);
  });
  it.each(allFaults.filter(({ name }) => ENDLESS.test(name)))('does not hang us: $name', ({ name }) => {
    expect(found.get(name)?.[0]?.code).toMatch(/SocketTimeout|502|SSL|Closed|ConnectTimeout/);
  });
  it('fails each sample that it should', () => {
    for (const { name } of allFaults) expect(found.get(name)?.length, name).toBeGreaterThan(0);
  });
});
