import { type JavaUrl, javaTrim, parseUrl, toInt, urlEncode, urlEncodeIn, urlOfParts } from '../../java/index.js';
import type { HttpArgument, HttpProps } from './http-props.js';

/** The address that was made last for a sampler, and the texts that it was made of. */
interface Made {
  path: string;
  domain: string;
  protocol: string;
  method: string;
  encoding: string;
  port: string;
  rows: readonly HttpArgument[];
  url: JavaUrl;
}

const last = new WeakMap<object, Made>();
const NO_ROWS: readonly HttpArgument[] = [];

/**
 * The address of a sampler's request, each property evaluated as often as JMeter does (HTTPSamplerBase.getUrl 5.6.3). Throws
 * MalformedURLException.
 */
export function requestUrl(props: HttpProps, self: object): JavaUrl {
  const given = props.path;
  const path = given.includes(' ') ? given.replaceAll(' ', '%20') : given;
  if (!path.startsWith('/') && (path.startsWith('http://') || path.startsWith('https://'))) return parseUrl(path);
  const { domain } = props;
  const protocol = props.protocol || 'http';
  const { method } = props;
  const asks = method === 'GET' || method === 'DELETE' || method === 'OPTIONS';
  const encoding = asks ? props.contentEncoding : '';
  const rows = asks ? props.arguments.rows : NO_ROWS;
  const query = rows.length === 0 ? '' : undefined;
  const known = last.get(self);
  // Arguments that hold `${…}` are another list each time.
  const port = rows === known?.rows || query === '' ? readPort(props, protocol) : undefined;
  const sameText =
    known !== undefined &&
    known.path === path &&
    known.method === method &&
    known.encoding === encoding &&
    known.rows === rows;
  if (sameText && isAt(known, protocol, domain, port)) return known.url;
  const text = query ?? queryString(rows, encoding || 'UTF-8');
  const at = port ?? readPort(props, protocol);
  const file = withQuery(path, protocol, text);
  if (known === undefined || !isAt(known, protocol, domain, at)) {
    const url = makeUrl(protocol, domain, at, file);
    last.set(self, { path, domain, protocol, method, encoding, port: at, rows, url });
    return url;
  }
  known.path = path;
  known.method = method;
  known.encoding = encoding;
  known.rows = rows;
  known.url = known.url.withFile(file);
  return known.url;
}

const isAt = (known: Made, protocol: string, domain: string, port: string | undefined): boolean =>
  known.port === port && known.domain === domain && known.protocol === protocol;

/** The port as text, empty for the protocol's own; a port that is not is evaluated twice. */
function readPort(props: HttpProps, protocol: string): string {
  const first = props.port;
  if (first === '') return '';
  const port = portOf(first);
  void props.protocol;
  if (port === 0 || (port === 80 && isScheme(protocol, 'http')) || (port === 443 && isScheme(protocol, 'https')))
    return '';
  return props.port;
}

const isScheme = (protocol: string, scheme: string): boolean => protocol.toLowerCase() === scheme;
const portOf = (text: string): number => toInt(javaTrim(text)) ?? 0;

function makeUrl(protocol: string, domain: string, port: string, file: string): JavaUrl {
  const host = isScheme(protocol, 'file') ? undefined : domain;
  if (port === '') return urlOfParts(protocol, host, -1, file);
  return urlOfParts(protocol, host, portOf(port) || (isScheme(protocol, 'https') ? 443 : 80), file);
}

function withQuery(path: string, protocol: string, query: string): string {
  const whole = path.startsWith('/') || isScheme(protocol, 'file') ? path : `/${path}`;
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
