import { JavaError } from './error.js';
import { isIpv6 } from './net-uri.js';
import { toInt } from './number.js';

/** Protocols for which Java 17 has a handler. */
const KNOWN = new Set(['http', 'https', 'file', 'ftp', 'jar', 'mailto', 'jrt', 'jmod']);

const malformed = (message: string): JavaError => new JavaError('java.net.MalformedURLException', message);

/** All of an address that stands before its path. */
interface Place {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly authority: string | undefined;
  /** As text. */
  readonly start: string;
}

/** The parts of a java.net.URL; undefined where Java has null. */
export class JavaUrl {
  readonly #place: Place;
  /** Where the query's question mark stands in the file; -1 = there is none. */
  readonly #mark: number;
  readonly #text: string;

  constructor(
    place: Place,
    /** Path and query. */
    readonly file: string,
    mark: number,
    readonly ref: string | undefined,
  ) {
    this.#place = place;
    this.#mark = mark;
    this.#text = place.start + file + (ref === undefined ? '' : `#${ref}`);
  }

  /** In lower case. */
  get protocol(): string {
    return this.#place.protocol;
  }
  get host(): string {
    return this.#place.host;
  }
  /** -1 = none. */
  get port(): number {
    return this.#place.port;
  }
  get authority(): string | undefined {
    return this.#place.authority;
  }
  get path(): string {
    return this.#mark < 0 ? this.file : this.file.slice(0, this.#mark);
  }
  get query(): string | undefined {
    return this.#mark < 0 ? undefined : this.file.slice(this.#mark + 1);
  }
  get secure(): boolean {
    return this.protocol === 'https';
  }
  /** -1 for protocols without one. */
  get defaultPort(): number {
    return DEFAULT_PORTS[this.protocol] ?? -1;
  }
  get userInfo(): string | undefined {
    const at = this.authority?.indexOf('@') ?? -1;
    return at < 0 ? undefined : this.authority?.slice(0, at);
  }
  /** The address of another file in the same place; it may end with a fragment. */
  withFile(file: string): JavaUrl {
    return urlAt(this.#place, file);
  }
  /** The external form, as JMeter shows it. */
  toString(): string {
    return this.#text;
  }
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };

/**
 * `new URL(protocol, host, port, file)` of Java 17, which takes the pieces as they are; an undefined host is null, port -1
 * none. Throws MalformedURLException.
 */
export function urlOfParts(protocol: string, host: string | undefined, port: number, file: string): JavaUrl {
  const scheme = protocol.toLowerCase();
  const name = host?.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  if (host !== undefined && port < -1) throw malformed(`Invalid port number :${port}`);
  if (!KNOWN.has(scheme)) throw malformed(`unknown protocol: ${scheme}`);
  if (name !== undefined) checkHost(name);
  const authority = name === undefined || port === -1 ? name : `${name}:${port}`;
  return urlAt(placeOf(scheme, name ?? '', name === undefined ? -1 : port, authority), file);
}

const placeOf = (protocol: string, host: string, port: number, authority: string | undefined): Place => ({
  protocol,
  host,
  port,
  authority,
  start: `${protocol}:${authority ? `//${authority}` : ''}`,
});

function urlAt(place: Place, file: string): JavaUrl {
  const hash = file.indexOf('#');
  const rest = hash < 0 ? file : file.slice(0, hash);
  return new JavaUrl(place, rest, lastMark(rest), hash < 0 ? undefined : file.slice(hash + 1));
}

/** As lastIndexOf, which is slow: most files have one or none. */
function lastMark(file: string): number {
  let last = -1;
  for (let at = file.indexOf('?'); at >= 0; at = file.indexOf('?', at + 1)) last = at;
  return last;
}

/** `new URL(context, text)` of Java 17. Throws MalformedURLException. */
export function parseUrl(text: string, context?: JavaUrl): JavaUrl {
  const { spec, protocol: given, start, limit: end } = schemeOf(text);
  const inherits =
    context !== undefined && (given === undefined || (given === context.protocol && context.path.startsWith('/')));
  const protocol = inherits ? context.protocol : given;
  if (protocol === undefined) throw malformed(`no protocol: ${text}`);
  if (!KNOWN.has(protocol)) throw malformed(`unknown protocol: ${protocol}`);
  const hash = spec.indexOf('#', start);
  const limit = hash < 0 || hash > end ? end : hash;
  let ref = limit === end ? undefined : spec.slice(hash + 1, end);
  const base = inherits ? context : undefined;
  if (base !== undefined && start === limit && ref === undefined) ref = base.ref;
  const empty = base !== undefined && start === limit;
  const { host, port, authority, path, query } = parseRest(spec.slice(start, limit), base, empty);
  const place = placeOf(protocol, host, port, authority);
  return query === undefined
    ? new JavaUrl(place, path, -1, ref)
    : new JavaUrl(place, `${path}?${query}`, path.length, ref);
}

/** The scheme in front, if it is one, and what is left between blanks. */
function schemeOf(spec: string): { spec: string; protocol: string | undefined; start: number; limit: number } {
  let limit = spec.length;
  while (limit > 0 && spec.charCodeAt(limit - 1) <= 32) limit--;
  let start = 0;
  while (start < limit && spec.charCodeAt(start) <= 32) start++;
  if (/^url:/i.test(spec.slice(start, start + 4))) start += 4;
  const scheme = /^([A-Za-z][A-Za-z0-9.+-]*):/.exec(spec.slice(start, limit))?.[1];
  if (scheme === undefined) return { spec, protocol: undefined, start, limit };
  return { spec, protocol: scheme.toLowerCase(), start: start + scheme.length + 1, limit };
}

interface Parts {
  host: string;
  port: number;
  authority: string | undefined;
  path: string;
  query: string | undefined;
}

/** URLStreamHandler.parseURL: what stands behind the scheme, without the fragment. */
function parseRest(given: string, base: JavaUrl | undefined, empty: boolean): Parts {
  const parts: Parts = {
    host: base?.host ?? '',
    port: base?.port ?? -1,
    authority: base?.authority,
    path: base?.path ?? '',
    query: empty ? base?.query : undefined,
  };
  const mark = given.indexOf('?');
  let rest = given;
  if (mark >= 0) {
    parts.query = given.slice(mark + 1);
    rest = given.slice(0, mark);
  }
  if (rest.startsWith('//') && !rest.startsWith('////')) {
    const slash = rest.indexOf('/', 2);
    setAuthority(parts, slash < 0 ? rest.slice(2) : rest.slice(2, slash));
    rest = slash < 0 ? '' : rest.slice(slash);
  }
  if (rest.startsWith('/')) parts.path = rest;
  else if (rest !== '') parts.path = withoutDots(besides(parts, rest));
  else if (mark === 0) parts.path = `${parts.path.slice(0, Math.max(0, parts.path.lastIndexOf('/')))}/`;
  return parts;
}

/** A relative path takes the place of what stands behind the last slash. */
function besides({ path, authority }: Parts, rest: string): string {
  const slash = path.lastIndexOf('/');
  const separator = slash < 0 && authority !== undefined ? '/' : '';
  return path.slice(0, slash + 1) + separator + rest;
}

function setAuthority(parts: Parts, authority: string): void {
  parts.authority = authority;
  const at = authority.indexOf('@');
  const host = at < 0 ? authority : at === authority.lastIndexOf('@') ? authority.slice(at + 1) : '';
  const colon = host.startsWith('[') ? bracketEnd(host, authority) : host.indexOf(':');
  parts.host = colon < 0 ? host : host.slice(0, colon);
  const port = colon < 0 ? '' : host.slice(colon + 1);
  parts.port = port === '' ? -1 : portNumber(port);
  if (parts.port < -1) throw malformed(`Invalid port number :${parts.port}`);
  if (authority !== '') parts.path = '';
}

/** Integer.parseInt of a part of a text, which words its failure otherwise. */
function portNumber(text: string): number {
  const port = toInt(text);
  if (port !== undefined) return port;
  const odd = text.search(/[^\d+-]|(?!^)[+-]/);
  throw malformed(`Error at index ${odd < 0 ? 9 : odd} in: "${text}"`);
}

/** Where the port's colon stands behind an address in brackets; -1 without one. */
function bracketEnd(host: string, authority: string): number {
  const end = host.indexOf(']');
  if (end <= 2) throw malformed(`Invalid authority field: ${authority}`);
  if (!isIpv6(host.slice(1, end))) throw malformed(`Invalid host: ${host.slice(0, end + 1)}`);
  if (host.length === end + 1) return -1;
  if (host[end + 1] !== ':') throw malformed(`Invalid authority field: ${authority}`);
  return end + 1;
}

function withoutDots(given: string): string {
  if (!given.includes('/.') && !given.startsWith('./')) return given;
  let path = given;
  for (let i = path.indexOf('/./'); i >= 0; i = path.indexOf('/./')) path = path.slice(0, i) + path.slice(i + 2);
  for (let i = path.indexOf('/../'); i >= 0; ) {
    const before = i > 0 ? path.lastIndexOf('/', i - 1) : -1;
    if (before >= 0 && path.indexOf('/../', before) !== 0) {
      path = path.slice(0, before) + path.slice(i + 3);
      i = path.indexOf('/../');
    } else i = path.indexOf('/../', i + 3);
  }
  while (path.endsWith('/..')) {
    const i = path.indexOf('/..');
    const before = i > 0 ? path.lastIndexOf('/', i - 1) : -1;
    if (before < 0) break;
    path = path.slice(0, before + 1);
  }
  if (path.startsWith('./') && path.length > 2) path = path.slice(2);
  return path.endsWith('/.') ? path.slice(0, -1) : path;
}

/** IPAddressUtil.checkExternalForm: what would be taken for another part of the address when it is read again. */
function checkHost(host: string): void {
  const found = (host.startsWith('[') ? /[/?#\\]/ : /[/?#@\\[\]]/).exec(host)?.[0];
  if (found !== undefined) throw malformed(`Illegal character found in host: '${found}'`);
}
