/** Servers on the loopback that answer with given bytes, and a client for them. */
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { afterAll } from 'vitest';
import { JavaError, parseUrl } from '../../../src/java/index.js';
import {
  type ClientSettings,
  HttpCall,
  HttpClient,
  type HttpRequest,
  RequestHeaders,
  systemResolver,
  targetOf,
} from '../../../src/protocol/index.js';
import { realClock } from '../../kit.js';

const servers: net.Server[] = [];
const sockets = new Set<net.Socket>();
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

/** A server; gives its port. */
export function listen(serve: (socket: net.Socket) => void, secure = false): Promise<number> {
  const serving = (socket: net.Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {});
    serve(socket);
  };
  const files = {
    key: fs.readFileSync('test/fixtures/tls/key.pem'),
    cert: fs.readFileSync('test/fixtures/tls/cert.pem'),
  };
  const server = secure ? tls.createServer(files, serving) : net.createServer(serving);
  server.on('tlsClientError', () => {});
  servers.push(server);
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
}

export interface Served {
  readonly port: number;
  /** The requests as they came. */
  readonly requests: string[];
  /** How many connections were made. */
  connections: number;
}

/**
 * Answers the requests of all connections with the given texts, one byte per character, in order; the last one again and
 * again. `END` at its end closes the connection, `RESET` breaks it.
 */
export async function answering(answers: readonly string[], secure = false): Promise<Served> {
  let next = 0;
  const served = { port: 0, requests: [] as string[], connections: 0 };
  served.port = await listen((socket) => {
    served.connections++;
    socket.on('data', (data) => {
      served.requests.push(data.toString('latin1'));
      const answer = answers[Math.min(next++, answers.length - 1)] ?? '';
      const text = answer.replace(/END$|RESET$/, '');
      if (answer.endsWith('RESET')) socket.resetAndDestroy();
      else if (answer.endsWith('END')) socket.end(text, 'latin1');
      else socket.write(text, 'latin1');
    });
  }, secure);
  return served;
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export const newClient = (settings: Partial<ClientSettings> = {}): HttpClient =>
  new HttpClient(
    {
      userAgent: 'Agent',
      timeToLive: 60_000,
      validateAfter: 4900,
      idleTimeout: 0,
      retries: 0,
      retrySent: false,
      maxRedirects: 20,
      ...settings,
    },
    {
      now: () => realClock.now(),
      after: (ms, callback) => realClock.after(ms, callback),
      connectTo: (host, port) => ({ host, port }),
      resolve: systemResolver(() => realClock.now()),
    },
  );

export const request = (url: string, over: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  target: targetOf(parseUrl(url)),
  headers: new RequestHeaders([{ name: 'Connection', value: 'keep-alive' }]),
  cookie: undefined,
  entity: undefined,
  connectTimeout: 0,
  responseTimeout: 2000,
  proxy: undefined,
  localAddress: undefined,
  follow: undefined,
  keepBody: true,
  ...over,
});

/** What became of a request. */
export interface Outcome {
  readonly status: number;
  readonly reason: string;
  readonly body: string;
  /** The body when it was not made to bytes. */
  readonly text: string | undefined;
  readonly received: number;
  readonly sent: number;
  readonly shown: string;
  readonly path: string;
}

/** Sends; a failure is thrown as the client tells it. `started` gets the call. */
export function send(client: HttpClient, asked: HttpRequest, started?: (call: HttpCall) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const call = HttpCall.of(client, asked, {
      connected() {},
      firstByte() {},
      finished(answered) {
        const { head, received, sent, shown, request: last } = answered;
        resolve({
          status: head?.status ?? 0,
          reason: head?.reason ?? '',
          body: answered.body.toString('latin1'),
          text: answered.text,
          received,
          sent,
          shown: `${shown}`,
          path: last.target.path,
        });
        answered.release();
      },
      failed: reject,
    });
    call.start();
    started?.(call);
  });
}

/** What a request fails with, as JMeter would show it. */
export async function failureOf(client: HttpClient, asked: HttpRequest): Promise<string> {
  const error: unknown = await send(client, asked).then(
    ({ status }) => `status ${status}`,
    (failure: unknown) => failure,
  );
  return error instanceof JavaError ? String(error) : `not Java's: ${String(error)}`;
}
