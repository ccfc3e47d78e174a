import { JavaError, type JavaUrl, parseUri, parseUrl } from '../../java/index.js';
import { relativeUrl } from '../../query/index.js';

/**
 * Where a Location leads from an address: blanks escaped, `..` taken out, what is no URI encoded (ConversionUtils 5.6.3).
 * Throws MalformedURLException or URISyntaxException.
 */
export function redirectUrl(from: JavaUrl, given: string, removeDots: boolean): JavaUrl {
  const location = (removeDots ? withoutSlashDotDot(given) : given).replaceAll(' ', '%20');
  return sanitized(relativeUrl(from, location));
}

/** The address read anew, from now on with a query that begins at the first `?`; encoded as a whole when it is no URI (`%` too). */
export function sanitized(url: JavaUrl): JavaUrl {
  try {
    const text = url.toString();
    parseUri(text);
    return parseUrl(text);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
  }
  const query = url.query === undefined ? '' : `?${quoted(url.query, NOT_QUERY)}`;
  const ref = url.ref === undefined ? '' : `#${quoted(url.ref, NOT_QUERY)}`;
  const text = `${url.protocol}://${url.authority ?? ''}${quoted(url.path, NOT_PATH)}${query}${ref}`;
  parseUri(text);
  return parseUrl(text);
}

const NOT_PATH = /[^\w\-!.~'()*:@&=+$,;/\u0080-\uffff]/g;
const NOT_QUERY = /[^\w\-!.~'()*:@&=+$,;/?[\]\u0080-\uffff]/g;

const quoted = (text: string, odd: RegExp): string =>
  text.replace(odd, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** `/segment/..` of the path is taken out (ConversionUtils.removeSlashDotDot). */
function withoutSlashDotDot(given: string): string {
  const url = given.trim();
  if (url.length < 4 || !url.includes('/..')) return url;
  const scheme = url.indexOf('://');
  const start = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
  const mark = url.indexOf('?') > 0 ? url.indexOf('?') : url.indexOf('#');
  const end = mark > 0 ? mark : url.length;
  const path = url.slice(start, end);
  const kept: string[] = [];
  for (const segment of path.split('/').filter((one) => one !== '')) {
    const before = kept.at(-1);
    if (segment === '..' && before !== undefined && before !== '..') kept.pop();
    else kept.push(segment);
  }
  let clean = path.startsWith('/') ? '/' : '';
  kept.forEach((segment, i) => {
    clean += segment + (i < kept.length - 1 || path.endsWith('/') ? '/' : '');
  });
  return url.slice(0, start) + clean + url.slice(end);
}
