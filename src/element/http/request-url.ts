import { type JavaUrl, javaTrim, parseUrl, toInt, urlEncode, urlEncodeIn, urlOfParts } from '../../java/index.js';
import type { HttpArgument, HttpProps } from './http-props.js';

/** The texts that an address is made of, and the address. */
interface Made {
  readonly path: string;
  readonly domain: string;
  readonly protocol: string;
  readonly method: string;
  readonly encoding: string;
  readonly port: string;
  readonly rows: readonly HttpArgument[];
  readonly url: JavaUrl;
}

const last = new WeakMap<object, Made>();
const QUERY_METHODS = new Set(['GET', 'DELETE', 'OPTIONS']);
const NO_ROWS: readonly HttpArgument[] = [];

/**
 * The address of a sampler's request, each property evaluated as often as JMeter does (HTTPSamplerBase.getUrl 5.6.3). Throws
 * MalformedURLException.
 */
export function requestUrl(props: HttpProps, self: object): JavaUrl {
  const given = props.path;
  const path = given.includes(' ') ? given.replaceAll(' ', '%20') : given;
  if (path.startsWith('http://') || path.startsWith('https://')) return parseUrl(path);
  const { domain } = props;
  const protocol = props.protocol || 'http';
  const { method } = props;
  const asks = QUERY_METHODS.has(method);
  const encoding = asks ? props.contentEncoding : '';
  const rows = asks ? props.arguments.rows : NO_ROWS;
  const query = rows.length === 0 ? '' : undefined;
  const known = last.get(self);
  // Arguments that hold `${…}` are another list each time.
  const port = rows === known?.rows || query === '' ? readPort(props, protocol) : undefined;
  if (
    known !== undefined &&
    known.port === port &&
    known.path === path &&
    known.domain === domain &&
    known.protocol === protocol &&
    known.method === method &&
    known.encoding === encoding &&
    known.rows === rows
  )
    return known.url;
  const text = query ?? queryString(rows, encoding || 'UTF-8');
  const at = port ?? readPort(props, protocol);
  const url = makeUrl(protocol, domain, at, withQuery(path, protocol, text));
  last.set(self, { path, domain, protocol, method, encoding, port: at, rows, url });
  return url;
}

/** The port as text, empty for the protocol's own; a port that is not is evaluated twice. */
function readPort(props: HttpProps, protocol: string): string {
  const first = props.port;
  if (first === '') return '';
  const port = portOf(first);
  void props.protocol;
  const scheme = protocol.toLowerCase();
  if (port === 0 || (scheme === 'http' && port === 80) || (scheme === 'https' && port === 443)) return '';
  return props.port;
}

const portOf = (text: string): number => toInt(javaTrim(text)) ?? 0;

function makeUrl(protocol: string, domain: string, port: string, file: string): JavaUrl {
  const host = protocol.toLowerCase() === 'file' ? undefined : domain;
  if (port === '') return urlOfParts(protocol, host, -1, file);
  return urlOfParts(protocol, host, portOf(port) || (protocol.toLowerCase() === 'https' ? 443 : 80), file);
}

function withQuery(path: string, protocol: string, query: string): string {
  const whole = protocol.toLowerCase() === 'file' || path.startsWith('/') ? path : `/${path}`;
  return query === '' ? whole : `${whole}${path.includes('?') ? '&' : '?'}${query}`;
}

/** Arguments as a query; names in UTF-8 whatever the charset is. One without a name is left out. */
export function queryString(rows: readonly HttpArgument[], encoding: string): string {
  let text = '';
  let first = true;
  for (const row of rows) {
    const encodes = row.alwaysEncode || row.plain;
    const name = encodes ? urlEncode(row.name) : row.name;
    if (name === '') continue;
    if (!first) text += '&';
    first = false;
    text += name + row.metadata;
    // A charset that is not known leaves the value out.
    text += encodes ? (urlEncodeIn(row.value, encoding) ?? '') : row.value;
  }
  return text;
}
