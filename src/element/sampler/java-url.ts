import { javaTrim } from '../../java/index.js';

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
  const authority = AUTHORITY.exec(rest)?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/^\[[^\]]*\]/, '');
  const port = /:(.*)$/.exec(host)?.[1] ?? '';
  if (port !== '' && !/^(-1|\d{1,9})$/.test(port)) return undefined;
  if (/^jar$/i.test(protocol) && !rest.includes('!/')) return undefined;
  return `${protocol.toLowerCase()}:${rest}`;
}
