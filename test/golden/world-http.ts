/** What the world answers to an HTTP request; the paths are those of the recordings. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';
import { jsonDocument, multipart, page, rawRequest, XML_TYPE, xmlDocument } from './world-pages.js';

/** What one world remembers between two requests. */
export interface WorldState {
  readonly root: string;
  seq: number;
  flaky: number;
}

interface Ask {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly url: URL;
  readonly state: WorldState;
}
type Route = (ask: Ask, found: RegExpExecArray) => void;

export function answer(request: IncomingMessage, response: ServerResponse, body: Buffer, state: WorldState): void {
  const url = urlOf(request);
  const ask = { request, response, body, url, state };
  for (const [pattern, route] of ROUTES) {
    const found = pattern.exec(url.pathname);
    if (found === null) continue;
    route(ask, found);
    return;
  }
  byKind(ask);
}

function urlOf({ url = '/', headers }: IncomingMessage): URL {
  try {
    return new URL(url, `http://${headers.host || 'x'}`);
  } catch {
    return new URL('http://x/bad');
  }
}

function send({ response }: Ask, type: string | undefined, data: string | Buffer | undefined, status = 200): void {
  response.statusCode = status;
  if (type !== undefined) response.setHeader('Content-Type', type);
  response.end(data);
}

const ROUTES: readonly (readonly [RegExp, Route])[] = [
  [/\/status\/(\d{3})/, status],
  [/\/redirect(?:\/(\d+))?$/, redirect],
  [/^\/delay\/(\d+)/, (ask, [, ms]) => later(Math.min(Number(ms), 5000), () => send(ask, 'text/plain', 'waited\n'))],
  [/^\/drop$/, ({ request }) => void request.socket.destroy()],
  [/^\/headers$/, headers],
  [/^\/cookies$/, (ask) => send(ask, 'text/plain', String(ask.request.headers.cookie ?? 'none'))],
  [/^\/echo$/, (ask) => send(ask, ask.request.headers['content-type'] ?? 'application/octet-stream', ask.body)],
  [/^\/upload$/, upload],
  [/^\/bytes\/(\d+)/, (ask, [, n]) => send(ask, 'application/octet-stream', 'x'.repeat(Math.min(Number(n), 1e7)))],
  [/^\/gzip$/, (ask) => encoded(ask, 'gzip', zlib.gzipSync('gzipped '.repeat(50), { level: 9 }))],
  [/^\/deflate$/, (ask) => encoded(ask, 'deflate', zlib.deflateSync('deflated '.repeat(50), { level: 9 }))],
  [/^\/chunked$/, chunked],
  [/^\/charset\/(.+)/, charset],
  [/^\/basic\/([^/]+)\/([^/]+)/, basic],
  [/^\/etag$/, etag],
  [/^\/set-cookie$/, setCookie],
  [/^\/raw(\/|$)/, (ask) => send(ask, 'text/plain', rawRequest(ask.request, ask.body))],
  [/^\/reply$/, reply],
  [/^\/wire$/, wire],
  [/^\/file\//, file],
  [/^\/digest\/([^/]+)\/([^/]+)/, digest],
  [/^\/seq$/, (ask) => send(ask, 'text/plain', String(++ask.state.seq))],
  [/^\/flaky\/(\d+)/, flaky],
  [/^\/proxy-auth$/, (ask) => (ask.request.headers['proxy-authorization'] ? byKind(ask) : proxyAuth(ask))],
  [/^\/embedded$/, (ask) => send(ask, 'text/html;charset=utf-8', EMBEDDED)],
];

const EMBEDDED =
  '<html><head><link rel="stylesheet" href="/e/a.css"><script src="/e/b.js"></script></head><body background="/e/bg.png"><img src="/e/1.png"><img src="/e/1.png"><iframe src="/e/frame.html"></iframe><input type="image" src="/e/2.gif"></body></html>';

function byKind(ask: Ask): void {
  const { request, response, url } = ask;
  const { accept = '', 'content-type': type = '' } = request.headers;
  if (/\/login|\/signin|\/auth/i.test(url.pathname)) {
    response.setHeader('Set-Cookie', ['JSESSIONID=J1; Path=/', 'pref=dark; Path=/']);
  }
  const [kind, data] = bodyByKind(ask, accept + type, type);
  send(ask, kind, data);
}

function bodyByKind({ request, url, body }: Ask, wanted: string, type: string): readonly [string, string | Buffer] {
  const { pathname } = url;
  if (/\.(png|gif|jpe?g|ico|woff2?)$/i.test(pathname)) {
    return ['image/png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')];
  }
  if (/\.css$/i.test(pathname)) return ['text/css', 'body{background:#fff}\n'];
  if (/\.js$/i.test(pathname)) return ['application/javascript', 'var a=1;\n'];
  if (/\.xml$/i.test(pathname) || /xml/.test(type)) return [XML_TYPE, xmlDocument(pathname)];
  if (/json/.test(wanted) || /\.json$|\/api\//.test(pathname)) {
    return ['application/json', jsonDocument(request, url, body)];
  }
  return ['text/html;charset=utf-8', page(request, url, body)];
}

function proxyAuth(ask: Ask): void {
  ask.response.setHeader('Content-Type', 'text/plain');
  ask.response.setHeader('Proxy-Authenticate', 'Basic realm="world"');
  send(ask, undefined, 'proxy: who are you?', 407);
}

function status(ask: Ask, [, code = '200']: RegExpExecArray): void {
  const n = Number(code);
  ask.response.setHeader('Content-Type', 'text/plain');
  if (n >= 300 && n < 400 && n !== 304) ask.response.setHeader('Location', '/landed');
  send(ask, undefined, n === 204 || n === 304 ? undefined : `status ${code}\n`, n);
}

function redirect(ask: Ask, [, count]: RegExpExecArray): void {
  const n = Number(count || 1);
  ask.response.setHeader('Location', n > 1 ? `/redirect/${n - 1}` : '/landed');
  send(ask, undefined, undefined, 302);
}

function headers(ask: Ask): void {
  const sorted = Object.fromEntries(Object.entries(ask.request.headers).sort());
  send(ask, 'application/json', JSON.stringify(sorted, null, 1));
}

function upload(ask: Ask): void {
  const parts = multipart(ask.body, ask.request.headers['content-type']);
  send(ask, 'application/json', JSON.stringify({ length: ask.body.length, parts }, null, 1));
}

function encoded(ask: Ask, encoding: string, data: Buffer): void {
  ask.response.setHeader('Content-Type', 'text/plain');
  ask.response.setHeader('Content-Encoding', encoding);
  send(ask, undefined, data);
}

function chunked({ response }: Ask): void {
  response.setHeader('Content-Type', 'text/plain');
  response.write('first ');
  later(20, () => {
    response.write('second ');
    response.end('third');
  });
}

function charset(ask: Ask, [, name = '']: RegExpExecArray): void {
  const encodings: Record<string, BufferEncoding> = { 'utf-8': 'utf8', 'iso-8859-1': 'latin1', 'utf-16': 'utf16le' };
  const data = Buffer.from('<html><body>größe 日本 é</body></html>', encodings[name] ?? 'utf8');
  send(ask, name === 'none' ? 'text/html' : `text/html; charset=${name}`, data);
}

function basic(ask: Ask, [, user, password]: RegExpExecArray): void {
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  if (ask.request.headers.authorization === wanted) send(ask, 'text/plain', `welcome ${user}`);
  else challenge(ask, 'Basic realm="world"');
}

function digest(ask: Ask, [, user = '', password = '']: RegExpExecArray): void {
  const { authorization = '' } = ask.request.headers;
  const a: Record<string, string | undefined> = Object.fromEntries(
    [...authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, key, quoted, bare]) => [key, quoted ?? bare]),
  );
  const secret = md5(`${user}:world:${password}`);
  const wanted = md5([secret, a.nonce, a.nc, a.cnonce, a.qop, md5(`${ask.request.method}:${a.uri}`)].join(':'));
  if (a.response && a.response === wanted) send(ask, 'text/plain', `welcome ${user} ${a.uri} ${a.nc}`);
  else challenge(ask, 'Digest realm="world", nonce="n0nce", qop="auth", algorithm=MD5');
}

function challenge(ask: Ask, scheme: string): void {
  ask.response.setHeader('Content-Type', 'text/plain');
  ask.response.setHeader('WWW-Authenticate', scheme);
  send(ask, undefined, 'who are you?', 401);
}

function etag(ask: Ask): void {
  ask.response.setHeader('ETag', '"v1"');
  ask.response.setHeader('Last-Modified', 'Thu, 01 Jan 2026 00:00:00 GMT');
  if (ask.request.headers['if-none-match'] === '"v1"') send(ask, undefined, undefined, 304);
  else send(ask, 'text/plain', 'tagged');
}

function setCookie(ask: Ask): void {
  ask.response.setHeader('Content-Type', 'text/plain');
  ask.response.setHeader(
    'Set-Cookie',
    [...ask.url.searchParams].map(([name, value]) => `${name}=${value}; Path=/`),
  );
  send(ask, undefined, 'set');
}

function reply({ response, url: { searchParams } }: Ask): void {
  response.statusCode = Number(searchParams.get('status') || 200);
  response.statusMessage = searchParams.get('reason') ?? response.statusMessage;
  for (const line of searchParams.getAll('h')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    const old = response.getHeader(name);
    response.setHeader(name, old === undefined ? value : [old, value].flat().map(String));
  }
  response.end(searchParams.get('body') ?? undefined);
}

function wire({ request: { socket }, url: { searchParams } }: Ask): void {
  const parts = searchParams.has('hex')
    ? searchParams.getAll('hex').map((hex) => Buffer.from(hex, 'hex'))
    : searchParams.getAll('data').map((text) => Buffer.from(text, 'utf8'));
  const next = (): void => {
    if (socket.destroyed) return;
    const part = parts.shift();
    if (part === undefined) {
      socket.end();
      return;
    }
    socket.write(part);
    setTimeout(next, Number(searchParams.get('ms') || 0));
  };
  next();
}

const FILE_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html;charset=utf-8',
  '.css': 'text/css',
  '.xml': 'text/xml',
  '.svg': 'image/svg+xml',
  '.xhtml': 'application/xhtml+xml',
  '.txt': 'text/plain',
};

function file(ask: Ask): void {
  const { pathname } = ask.url;
  try {
    const data = fs.readFileSync(path.join(ask.state.root, path.basename(pathname)));
    send(ask, FILE_TYPES[path.extname(pathname)] ?? 'application/octet-stream', data);
  } catch {
    send(ask, 'text/plain', 'no such file\n', 404);
  }
}

function flaky(ask: Ask, [, every]: RegExpExecArray): void {
  const code = ++ask.state.flaky % Number(every) === 0 ? 500 : 200;
  send(ask, 'text/plain', `flaky ${ask.state.flaky}`, code);
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const later = (ms: number, callback: () => void): void => void setTimeout(callback, ms);
