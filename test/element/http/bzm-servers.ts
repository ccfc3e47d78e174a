/** Servers for the bzm HTTP2 Sampler, and what takes its samples. */
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import zlib from 'node:zlib';
import { afterAll, beforeAll } from 'vitest';
import { headerManager } from '../../../src/element/config/header-manager.js';
import { endHttpUser } from '../../../src/element/http/http-user.js';
import { http2Sampler } from '../../../src/element/http/http2-sampler.js';
import type { Sample } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place, takeSample } from '../../kit-element.js';
import { files, type Row, rows } from './taken.js';

const read = (name: string): Buffer => fs.readFileSync(`test/fixtures/tls/${name}`);
const keys = { key: read('server.key'), cert: read('server.pem') };
export const UPLOAD = 'test/fixtures/tls/server.pem';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}
const PLAIN = { 'content-type': 'text/plain' };
const seen = new Map<string, number>();

function answer(
  method: string,
  path: string,
  headers: http.IncomingHttpHeaders,
  body: Buffer,
  version: string,
): Answer {
  const to = (status: number, location: string): Answer => ({ status, headers: { location }, body: '' });
  switch (path) {
    case '/500':
      return { status: 500, headers: { ...PLAIN, 'x-a': ['1', '2'] }, body: 'status 500' };
    case '/299':
      return { status: 299, headers: {}, body: '' };
    case '/302':
      return to(302, '/echo');
    case '/301':
      return to(301, '/echo');
    case '/loop':
      return to(302, '/loop');
    case '/nowhere':
      return { status: 302, headers: {}, body: '' };
    case '/gzip':
      return {
        status: 200,
        headers: { ...PLAIN, 'content-encoding': 'gzip' },
        body: zlib.gzipSync('zipped '.repeat(50)),
      };
    case '/badgzip':
      return { status: 200, headers: { ...PLAIN, 'content-encoding': 'gzip' }, body: 'not gzip' };
    case '/huge':
      return { status: 200, headers: PLAIN, body: 'x'.repeat(3_000_000) };
    case '/cookies':
      return { status: 200, headers: { 'set-cookie': ['a=1; Path=/', 'b=2; Path=/'] }, body: '' };
    case '/basic':
      return headers.authorization === 'Basic dTpw'
        ? { status: 200, headers: PLAIN, body: 'in' }
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' }, body: 'who' };
    case '/page':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<img src="/1"><img src="/302"><img src="/500">',
      };
    default: {
      const shown = Object.entries(headers).map(([name, value]) => `${name}=${value}`);
      return {
        status: 200,
        headers: PLAIN,
        body: `${method} ${version}\n${shown.join('\n')}\n${body.toString('latin1')}`,
      };
    }
  }
}

const RESETS: Readonly<Record<string, number>> = {
  '/reset': http2.constants.NGHTTP2_INTERNAL_ERROR,
  '/refuse': http2.constants.NGHTTP2_REFUSED_STREAM,
  '/cancel': http2.constants.NGHTTP2_CANCEL,
  '/wrong': http2.constants.NGHTTP2_PROTOCOL_ERROR,
};

/** Node knows one option more than its types. */
const WITHOUT_DATE = { endStream: false, sendDate: false };

function onStream(stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders): void {
  stream.on('error', () => {});
  const path = headers[':path'] ?? '';
  const reset = RESETS[path];
  const count = (seen.get(path) ?? 0) + 1;
  seen.set(path, count);
  if (reset !== undefined) stream.close(reset);
  else if (path === '/gone') stream.session?.destroy();
  else if (path.startsWith('/hang')) return;
  else if (path === '/half') {
    stream.respond({ ':status': 200 });
    stream.write('half', () => stream.destroy(new Error('half')));
  } else if (path === '/unseen' && count === 1) {
    stream.session?.goaway(0, (stream.id ?? 3) - 2);
  } else {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      const {
        status,
        headers: fields,
        body,
      } = answer(headers[':method'] ?? '', path, headers, Buffer.concat(parts), 'HTTP/2');
      stream.respond({ ':status': status, ...fields } as http2.OutgoingHttpHeaders, WITHOUT_DATE);
      stream.end(body);
    });
  }
}

function onRequest(request: http.IncomingMessage, response: http.ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const path = request.url ?? '';
    if (path === '/hang') return;
    const { status, headers, body } = answer(
      request.method ?? '',
      path,
      request.headers,
      Buffer.concat(parts),
      'HTTP/1.1',
    );
    response.sendDate = false;
    response.writeHead(status, { ...headers } as http.OutgoingHttpHeaders);
    response.end(body);
  });
}

const secure = http2.createSecureServer({ ...keys, allowHTTP1: true });
const plain = http2.createServer();
for (const server of [secure, plain]) {
  server.on('stream', onStream);
  server.on('session', (session) => void session.on('error', () => {}));
  server.on('sessionError', () => {});
}
secure.on('request', (request, response) => {
  if (request.httpVersion !== '2.0') onRequest(request as never, response as never);
});
const older = https.createServer(keys, onRequest);
const old = http.createServer(onRequest);
old.on('upgrade', (request, socket) => {
  const body = JSON.stringify(request.headers.upgrade);
  socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
});
/** Takes the upgrade up, and speaks HTTP/2 on the connections that begin with it. */
const switching = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (data: Buffer) => {
    if (data.includes('Upgrade: h2c'))
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    else {
      socket.pause();
      socket.unshift(data);
      plain.emit('connection', socket);
    }
  });
});
/** Takes the upgrade up, and nothing else. */
const switched = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (data: Buffer) => {
    if (data.includes('Upgrade: h2c')) socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    else socket.end();
  });
});
const servers = { secure, plain, older, old, switching, switched };
export const ports = { secure: 0, plain: 0, older: 0, old: 0, switching: 0, switched: 0 };
const NAMES = ['secure', 'plain', 'older', 'old', 'switching', 'switched'] as const;
/** Opens the servers for the tests of a file. */
export function useServers(): void {
  beforeAll(async () => {
    for (const name of NAMES) {
      await new Promise<void>((resolve) => servers[name].listen(0, '127.0.0.1', resolve));
      const address = servers[name].address();
      if (address !== null && typeof address !== 'string') ports[name] = address.port;
    }
  });
  afterAll(() => {
    for (const user of users) endHttpUser(user);
    for (const server of Object.values(servers)) server.close();
  });
}

export interface Asked {
  readonly path?: string;
  readonly server?: keyof typeof ports;
  readonly method?: string;
  readonly args?: readonly Row[];
  readonly raw?: string;
  readonly uploads?: readonly (readonly [string, string, string])[];
  readonly headers?: readonly (readonly [string, string])[];
  readonly props?: Readonly<Record<string, Given>>;
  readonly configs?: readonly unknown[];
}

const users: ReturnType<typeof fakeUser>[] = [];
export const newUser = (properties: Readonly<Record<string, string>> = {}) => {
  const test = fakeTest();
  const parsers = {
    'HTTPResponse.parsers': 'html',
    'html.className': 'org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser',
    'html.types': 'text/html',
  };
  for (const [name, value] of Object.entries({ ...parsers, ...properties })) test.properties.set(name, value);
  const user = fakeUser({ test });
  users.push(user);
  return user;
};
type TestUser = ReturnType<typeof newUser>;

const headers = (list: readonly (readonly [string, string])[]) =>
  place(headerManager, {
    props: { 'HeaderManager.headers': list.map(([name, value]) => ({ 'Header.name': name, 'Header.value': value })) },
  });

export async function take(asked: Asked, user: TestUser = newUser()): Promise<Sample> {
  const { path = '/echo', server = 'secure', method = 'GET', args, raw, uploads, props = {}, configs = [] } = asked;
  const sent = raw === undefined ? args : ([['', raw]] as const);
  const placed = place(http2Sampler, {
    name: 'h2',
    props: {
      'HTTPSampler.domain': '127.0.0.1',
      'HTTPSampler.port': `${ports[server]}`,
      'HTTPSampler.protocol': server === 'secure' || server === 'older' ? 'https' : 'http',
      'HTTPSampler.path': path,
      'HTTPSampler.method': method,
      ...(raw === undefined ? {} : { 'HTTPSampler.postBodyRaw': true }),
      ...(sent === undefined ? {} : { 'HTTPsampler.Arguments': rows(...sent) }),
      ...(uploads === undefined ? {} : { 'HTTPsampler.Files': files(...uploads) }),
      ...props,
    },
    configs: [...(asked.headers === undefined ? [] : [headers(asked.headers)]), ...configs] as never,
  });
  const sample = await takeSample(placed, user);
  if (sample === undefined) throw new Error('no sample');
  return sample;
}

export const told = ({ code, message }: Sample): string =>
  `${code} ${message}`.replace('Non HTTP response code: ', '').replace('Non HTTP response message: ', '');
export const host = () => `127.0.0.1:${ports.secure}`;
export const EXECUTION = 'java.util.concurrent.ExecutionException';
export const JETTY = 'com.blazemeter.jmeter.http2.shaded.org.eclipse.jetty';
