import { isIP } from 'node:net';
import { JavaError, type JavaUrl, parseUrl } from '../../java/index.js';
import { type Follow, type HttpHeader, type HttpTarget, type MakeHead, RequestHeaders } from '../../protocol/index.js';
import { FORM } from './body.js';
import { JAVA } from './http-settings.js';

const ACCEPT = 'text/html, image/gif, image/jpeg, */*; q=0.2';

/** The address that a target was made of. */
const urls = new WeakMap<HttpTarget, JavaUrl>();
export const javaUrlOf = (target: HttpTarget): JavaUrl | undefined => urls.get(target);

/**
 * Where HttpURLConnection sends a request for an address: path and query go out as they are, and hardly anything is checked.
 * Throws IOException without a host, MalformedURLException for one in brackets that is no address, IllegalArgumentException
 * for a port that is none.
 */
export function javaTarget(url: JavaUrl): HttpTarget {
  const { protocol } = url;
  if (protocol !== 'http' && protocol !== 'https') throw notHttp(url);
  const secure = protocol === 'https';
  const { host, defaultPort, file } = url;
  if (host === '') throw new JavaError('java.io.IOException', 'Failed to select a proxy');
  if (host.startsWith('[') && !isIP(host.slice(1, -1)))
    throw new JavaError('java.net.MalformedURLException', 'Unrecognized IPv6 address format');
  const port = url.port === -1 ? defaultPort : url.port;
  if (port > 65535) throw new JavaError('java.lang.IllegalArgumentException', `port out of range:${port}`);
  const path = file.startsWith('/') ? file : `/${file}`;
  const hostHeader = port === defaultPort ? host : `${host}:${port}`;
  const target = { secure, host, port, hostHeader, path, rawPath: path };
  urls.set(target, url);
  return target;
}

const CLASSES: Readonly<Record<string, string>> = { ftp: 'ftp.FtpURLConnection', mailto: 'mailto.MailToURLConnection' };
const HTTP = 'java.net.HttpURLConnection';

/** Other connections are taken for HTTP's, in vain. */
function notHttp({ protocol, file }: JavaUrl): JavaError {
  const found = CLASSES[protocol];
  if (found === undefined) return new JavaError('java.net.MalformedURLException', `no !/ found in url spec:${file}`);
  const name = `sun.net.www.protocol.${found}`;
  return new JavaError(
    'java.lang.ClassCastException',
    `class ${name} cannot be cast to class ${HTTP} (${name} and ${HTTP} are in module java.base of loader 'bootstrap')`,
  );
}

/** URLConnection.addRequestProperty. Throws IllegalArgumentException for what would break the head in two. */
export function checkJavaHeader({ name, value }: HttpHeader): void {
  if (/[\n:]/.test(name))
    throw new JavaError('java.lang.IllegalArgumentException', `Illegal character(s) in message header field: ${name}`);
  if (/\n(?![ \t])/.test(value))
    throw new JavaError('java.lang.IllegalArgumentException', `Illegal character(s) in message header value: ${value}`);
}

/** HttpURLConnection.writeRequests: what the caller set, then what Java adds, all of it in UTF-8. */
export const javaHead: MakeHead = ({ method, target, headers, entity, proxy }, { proxyAuthorization }, shows) => {
  const { names } = headers;
  let added = '';
  if (!names.has('user-agent')) added += `User-Agent: Java/${JAVA}\r\n`;
  if (!names.has('host')) added += `Host: ${target.hostHeader}\r\n`;
  if (!names.has('accept')) added += `Accept: ${ACCEPT}\r\n`;
  const relayed = proxy !== undefined && !target.secure;
  if (relayed && !names.has('proxy-connection')) added += 'Proxy-Connection: keep-alive\r\n';
  if (relayed && proxyAuthorization !== undefined) added += `Proxy-Authorization: ${proxyAuthorization}\r\n`;
  if (!relayed && !names.has('connection')) added += 'Connection: keep-alive\r\n';
  if (method === 'POST' && entity && !names.has('content-type')) added += `Content-type: ${FORM}\r\n`;
  shows.shown = '';
  const uri = relayed ? `http://${target.hostHeader}${target.path}` : target.path;
  let own = '';
  // Java drops this one in silence.
  for (const { name, value } of headers.list)
    if (name.toLowerCase() !== 'transfer-encoding') own += `${name}: ${value}\r\n`;
  const head = `${method} ${uri} HTTP/1.1\r\n${own}${added}\r\n`;
  return ASCII.test(head) ? head : Buffer.from(head).toString('latin1');
};

const ASCII = /^[\0-\x7f]*$/;

/**
 * HttpURLConnection.followRedirect: never to another protocol, and not further than the twentieth answer; a POST becomes a
 * GET with no headers of its own.
 */
export const javaRedirects: Follow = {
  goes: ({ target }, { status, location }) => {
    if (location === undefined || status < 300 || status > 307 || status === 306 || status === 304) return false;
    return hopFrom(target, location) !== undefined;
  },
  next: (request, { status, location = '' }) => {
    // 305 would make its place the proxy of the same request, without end.
    const url = status === 305 ? undefined : hopFrom(request.target, location);
    if (url === undefined) throw tooMany();
    const target = javaTarget(url);
    if (request.method === 'POST' && status !== 307)
      return { ...request, target, method: 'GET', entity: undefined, headers: new RequestHeaders([]) };
    const away = target.host !== request.target.host || target.port !== request.target.port;
    return { ...request, target, headers: headersFor(target, request.headers, away) };
  },
  checkHops: (hops) => {
    if (hops >= 20) throw tooMany();
  },
};

/** The same headers with the new host; who somebody is, is not told elsewhere. */
function headersFor({ hostHeader }: HttpTarget, { list }: RequestHeaders, away: boolean): RequestHeaders {
  const kept = away ? list.filter(({ name }) => !/^(?:authorization|cookie)$/i.test(name)) : list;
  return new RequestHeaders(
    kept.map((header) => (header.name.toLowerCase() === 'host' ? { name: header.name, value: hostHeader } : header)),
  );
}

const tooMany = (): JavaError => new JavaError('java.net.ProtocolException', 'Server redirected too many  times (20)');

/** undefined = it is not gone there. */
function hopFrom(target: HttpTarget, location: string): JavaUrl | undefined {
  const from = javaUrlOf(target);
  const absolute = urlOrNot(location);
  if (absolute === undefined) return urlOrNot(location, from);
  return absolute.protocol === from?.protocol ? absolute : undefined;
}

function urlOrNot(text: string, from?: JavaUrl): JavaUrl | undefined {
  try {
    return parseUrl(text, from);
  } catch (error) {
    if (error instanceof JavaError) return undefined;
    throw error;
  }
}
