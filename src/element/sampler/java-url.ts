import { javaTrim, toInt } from '../../java/index.js';

/** Protocols that a Java runtime has a handler for. */
const KNOWN = /^(https?|ftp|file|mailto|jar|jrt|jmod):/i;
const AUTHORITY = /^\/\/([^/?#]*)/;

/**
 * `new java.net.URL(text)` as `toExternalForm()` prints it, or undefined where Java throws MalformedURLException: almost
 * everything is taken as it is, only the protocol must be known (lower-cased) and the port a number of at least -1.
 */
export function javaUrl(text: string): string | undefined {
  const trimmed = javaTrim(text).replace(/^url:/i, '');
  const protocol = KNOWN.exec(trimmed)?.[1];
  if (protocol === undefined) return undefined;
  const rest = trimmed.slice(protocol.length + 1);
  const [slashes = '', authority = ''] = AUTHORITY.exec(rest) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/^\[[^\]]*\]/, '');
  const port = /:(.*)$/.exec(host)?.[1] ?? '';
  if (port !== '' && (toInt(port) ?? -2) < -1) return undefined;
  if (/^jar$/i.test(protocol) && !rest.includes('!/')) return undefined;
  // An authority with nothing in it is not printed.
  return `${protocol.toLowerCase()}:${authority === '' ? rest.slice(slashes.length) : rest}`;
}
