import { asciiUri, JavaError, type JavaUrl, parseUri, parseUrl } from '../../java/index.js';
import { httpError } from './error.js';

/** Where a request goes: an address taken apart. */
export interface Target {
  readonly secure: boolean;
  /** As the address writes it; IPv6 in brackets. */
  readonly host: string;
  /** The port to connect to. */
  readonly port: number;
  /** The Host header: the port only when the address has one. */
  readonly hostHeader: string;
  /** Path and query as they are sent. */
  readonly path: string;
  /** The same before other scripts' letters are escaped. */
  readonly rawPath: string;
  /** Why no request can go there, which HttpClient finds only when it is asked to. */
  readonly failure?: JavaError;
  /** What a proxy is told when that is something else: segments as they stand. */
  readonly relayedPath?: string;
}

/** What needs no rewriting, if no two slashes follow one another. */
const PLAIN = /^\/[\w\-.~!$'()*+,;=:@&/]*(?:\?[\w\-.~!$'()*+,;=:@&/?[\]]*)?$/;

interface Server {
  readonly host: string;
  readonly port: number;
  readonly hostHeader: string;
}
/** A server, and the last place there that needed no rewriting: many requests go to the same. */
interface Known {
  readonly protocol: string;
  readonly authority: string;
  readonly server: Server;
  target: Target | undefined;
}
const servers = new Map<string, Known>();
let lastServer: Known | undefined;

function knownServer(protocol: string, authority: string): Known | undefined {
  if (lastServer?.authority === authority && lastServer.protocol === protocol) return lastServer;
  const server = servers.get(`${protocol}:${authority}`);
  if (server !== undefined) lastServer = server;
  return server;
}

/** The place of a path at a server; undefined = it needs rewriting. */
function plainTarget(known: Known, secure: boolean, path: string): Target | undefined {
  if (known.target?.path === path) return known.target;
  if (!PLAIN.test(path) || path.includes('//')) return undefined;
  const { host, port, hostHeader } = known.server;
  known.target = { secure, host, port, hostHeader, path, rawPath: path };
  return known.target;
}

/**
 * Where the request for an address goes and what its request line says, as HttpClient 4.5.14 rewrites it. Throws
 * URISyntaxException for characters that may not stand there; what else is wrong is its `failure`.
 */
export function targetOf(url: JavaUrl): Target {
  const secure = url.protocol === 'https';
  const authority = url.authority ?? '';
  const known = knownServer(url.protocol, authority);
  const plain = known !== undefined && url.ref === undefined ? plainTarget(known, secure, url.file) : undefined;
  if (plain !== undefined) return plain;
  const uri = parseUri(url.toString());
  const rawPath = normalPath(uri.path) + (uri.query === undefined ? '' : `?${uri.query}`);
  const path = asciiUri(rawPath);
  const server = serverOf(url, uri.authority);
  if (server instanceof JavaError) return { secure, ...NOWHERE, path, rawPath, failure: server };
  // HttpClient has no route for it, and keeps to itself why.
  if (url.protocol !== 'http' && !secure) return { secure, ...server, path, rawPath, failure: httpError.protocol() };
  if (servers.size > 10_000) servers.clear();
  servers.set(`${url.protocol}:${authority}`, { protocol: url.protocol, authority, server, target: undefined });
  const target = { secure, ...server, path, rawPath };
  if (!uri.path.includes('//')) return target;
  return { ...target, relayedPath: asciiUri(uri.path + (uri.query === undefined ? '' : `?${uri.query}`)) };
}

const NOWHERE: Server = { host: '', port: -1, hostHeader: '' };

/** The address of a target, as HttpClient knows it after the request: rewritten, without a fragment. */
export const urlOfTarget = ({ secure, hostHeader, rawPath }: Target): JavaUrl =>
  parseUrl(rawPath, parseUrl(`${secure ? 'https' : 'http'}://${hostHeader}`));

/**
 * Where a Location leads from a target, as DefaultRedirectStrategy 4.5.14 has it: dot segments taken out, all segments
 * decoded and encoded anew. Throws ClientProtocolException for what is no address.
 */
export function redirectTarget(from: Target, location: string): Target {
  const [, scheme, rest] = /^([^:/?#]*):(.?)/s.exec(location) ?? [];
  if (scheme !== undefined && (!SCHEME.test(scheme) || rest === '' || rest === '#')) throw httpError.protocol();
  try {
    // URIUtils.resolve keeps the path before a bare query.
    const place = location.startsWith('?') ? from.rawPath.replace(/\?.*$/, '') + location : location;
    const url = parseUrl(place, urlOfTarget(from));
    parseUri(url.toString());
    const segments: string[] = [];
    const given = url.path.slice(1).split('/').map(decodeSegment);
    for (const segment of given) {
      if (segment === '..') segments.pop();
      else if (segment !== '.') segments.push(segment);
    }
    if (given.at(-1) === '.' || given.at(-1) === '..') segments.push('');
    const path = `/${segments.map(encodeSegment).join('/')}`;
    const query = url.query === undefined ? '' : `?${url.query}`;
    const target = targetOf(parseUrl(`${url.protocol}://${url.authority?.toLowerCase() ?? ''}${path}${query}`));
    // A wrong port shows only when it is connected to.
    if (target.failure?.javaClass.startsWith('org.')) throw target.failure;
    return target;
  } catch (error) {
    throw error instanceof JavaError ? httpError.protocol() : error;
  }
}

const SCHEME = /^[a-z][a-z\d+.-]*$/i;

/** URIUtils.extractHost 4.5.14. */
function serverOf(url: JavaUrl, authority: string | undefined): Server | JavaError {
  const bare = authority?.slice(authority.lastIndexOf('@') + 1) ?? '';
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?/.exec(bare);
  const host = match?.[1] ?? '';
  if (host === '' || /%[0-2]\d|%7f|%a0/i.test(host) || /\s/.test(host))
    return httpError.protocol(`URI does not specify a valid host name: ${url}`);
  const written = match?.[2] ? Number(match[2]) : -1;
  const port = written > 0 ? written : url.protocol === 'https' ? 443 : 80;
  if (port > 65535) return new JavaError('java.lang.IllegalArgumentException', `port out of range:${port}`);
  return { host, port, hostHeader: written >= 0 ? `${host}:${written}` : host };
}

/** Empty segments are left out, and then all are decoded and encoded anew; otherwise the path stays. */
function normalPath(path: string): string {
  if (path === '') return '/';
  if (!path.includes('//')) return path;
  const segments = path.slice(1).split('/');
  const kept = segments.filter((segment, i) => segment !== '' || i === segments.length - 1);
  return `/${kept.map((segment) => encodeSegment(decodeSegment(segment))).join('/')}`;
}

/** A byte for each character, so that other scripts' letters are lost. */
function decodeSegment(segment: string): string {
  if (!/[%\u0080-\uffff]/.test(segment)) return segment;
  const bytes = segment.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const encodeSegment = (text: string): string =>
  text.replace(/[^\w\-.*!~'();:@&=+$,]+/g, (run) =>
    [...Buffer.from(run)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
