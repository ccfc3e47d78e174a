import net from 'node:net';
import { JavaError } from './error.js';

/** The parts of a java.net.URI, raw; undefined where Java has null. */
export interface JavaUri {
  readonly scheme: string;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

const SPLIT = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
/** Characters that may stand in a path, and in a query; beside them escapes, and letters of other scripts. */
const NOT_PATH = /[^\w\-!.~'()*:@&=+$,;/]/g;
const NOT_QUERY = /[^\w\-!.~'()*:@&=+$,;/?[\]]/g;
const NOT_NAME = /[^\w\-!.~'()*$,;:@&=+]/g;
const OTHER = /[\u0081-\uffff]/;
const NOT_OTHER = /[\p{Z}\p{Cc}]/u;

const syntax = (what: string, index: number, text: string): JavaError =>
  new JavaError('java.net.URISyntaxException', `${what} at index ${index}: ${text}`);

/** `new URI(text)` of an absolute address as Java 17 checks it. Throws URISyntaxException. */
export function parseUri(text: string): JavaUri {
  const match = SPLIT.exec(text);
  if (match === null) throw syntax('Expected scheme name', 0, text);
  const [, scheme = '', authority, path = '', query, fragment] = match;
  let index = scheme.length + 1;
  if (authority !== undefined) {
    index += 2;
    if (authority !== '') checkAuthority(text, index, authority);
    else if (path === '' && query === undefined && fragment === undefined)
      throw syntax('Expected authority', index, text);
    index += authority.length;
  }
  check(text, index, path, NOT_PATH, 'path');
  index += path.length + 1;
  if (query !== undefined) {
    check(text, index, query, NOT_QUERY, 'query');
    index += query.length + 1;
  }
  if (fragment !== undefined) check(text, index, fragment, NOT_QUERY, 'fragment');
  return { scheme, authority: authority === '' ? undefined : authority, path, query, fragment };
}

function check(text: string, at: number, part: string, odd: RegExp, what: string): void {
  const wrong = firstWrong(part, odd);
  if (wrong < 0) return;
  if (part[wrong] === '%') throw syntax('Malformed escape pair', at + wrong, text);
  throw syntax(`Illegal character in ${what}`, at + wrong, text);
}

/** The index of the first character that may not stand there; -1 = none. */
function firstWrong(part: string, odd: RegExp): number {
  odd.lastIndex = 0;
  for (let found = odd.exec(part); found !== null; found = odd.exec(part)) {
    const [char] = found;
    const fine =
      char === '%'
        ? /^%[\da-f]{2}/i.test(part.slice(found.index, found.index + 3))
        : OTHER.test(char) && !NOT_OTHER.test(char);
    if (!fine) return found.index;
  }
  return -1;
}

function checkAuthority(text: string, at: number, authority: string): void {
  const address = /^(?:[^@]*@)?\[([^\]]*)\](?::\d*)?$/.exec(authority);
  if (address) {
    if (!isIpv6(address[1] ?? '')) throw syntax('Malformed IPv6 address', at + authority.indexOf('[') + 1, text);
    return;
  }
  if (authority.includes('[')) throw syntax('Malformed IPv6 address', at + authority.indexOf('[') + 1, text);
  const wrong = firstWrong(authority, NOT_NAME);
  if (authority[wrong] === '%') throw syntax('Malformed escape pair', at + wrong, text);
  if (wrong >= 0) throw syntax('Illegal character in authority', at, text);
}

/** An IPv6 address as Java reads it, with a scope or without. */
export const isIpv6 = (text: string): boolean => net.isIPv6(text.replace(/%.*$/s, ''));

/** URI.toASCIIString: other scripts' letters as escaped UTF-8 of their composed form. */
export const asciiUri = (text: string): string =>
  ASCII.test(text)
    ? text
    : text.normalize('NFC').replace(/[^\0-\x7f]+/g, (run) => encodeURIComponent(run.toWellFormed()));

const ASCII = /^[\0-\x7f]*$/;
