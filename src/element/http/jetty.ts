/** How Jetty 12's client, which the bzm sampler asks with, makes heads, names codes, tells failures. */
import { STATUS_CODES } from 'node:http';
import { JavaError } from '../../java/index.js';
import { type HttpHeader, headerLine, type MakeHead, type ResponseHead, StreamReset } from '../../protocol/index.js';

/** The plugin brings Jetty along under names of its own. */
export const JETTY = 'com.blazemeter.jmeter.http2.shaded.org.eclipse.jetty';

/** A request's head: its headers are all there are, Connection the last of them. */
export const jettyHead: MakeHead = ({ method, target, headers, proxy }, { proxyAuthorization }, shows) => {
  const relayed = proxy !== undefined && !target.secure;
  let text = `${method} ${relayed ? `http://${target.hostHeader}` : ''}${target.rawPath} HTTP/1.1`;
  const isLast = ({ name }: HttpHeader): boolean => name.toLowerCase() === 'connection';
  for (const header of headers.list) if (!isLast(header)) text += headerLine(header.name, header.value);
  for (const { name, value } of headers.list.filter(isLast)) text += headerLine(name, value);
  if (relayed && proxyAuthorization !== undefined) text += headerLine('Proxy-Authorization', proxyAuthorization);
  shows.shown = '';
  return `${text}\r\n\r\n`;
};

/** Codes that Jetty's HttpStatus calls otherwise than Node does, and those that it has no name for. */
const REASONS: Readonly<Record<number, string>> = {
  203: 'Non Authoritative Information',
  208: '208',
  226: '226',
  420: 'Enhance your Calm',
  425: '425',
  451: 'Unavailable for Legal Reason',
  500: 'Server Error',
  506: '506',
  509: '509',
};

/** The reason that a response came with, or what Jetty calls its code: HTTP/2 sends none. */
export const jettyReason = ({ version, status, reason }: ResponseHead): string =>
  version !== 'HTTP/2.0' && reason !== '' ? reason : (REASONS[status] ?? STATUS_CODES[status] ?? `${status}`);

/** Names of headers in responses as Jetty knows them, by those in lower case. */
const NAMES = new Map(
  `Connection Cache-Control Date Pragma Proxy-Connection Trailer Transfer-Encoding Upgrade Via Warning Allow
    Content-Disposition Content-Encoding Content-Language Content-Length Content-Location Content-MD5 Content-Range
    Content-Transfer-Encoding Content-Type Expires Last-Modified Keep-Alive Accept-Ranges Access-Control-Allow-
    Origin Access-Control-Allow-Methods Access-Control-Allow-Headers Access-Control-Max-Age Access-Control-Allow-
    Credentials Access-Control-Expose-Headers Age Alt-Svc ETag Link Location Proxy-Authenticate Retry-After Server
    Servlet-Engine Timing-Allow-Origin Vary WWW-Authenticate Set-Cookie Set-Cookie2 MIME-Version X-Powered-By
    HTTP2-Settings Strict-Transport-Security`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);

/** How Jetty spells the name of a header that came over HTTP/1.1; over HTTP/2 all are in lower case. */
export const jettyName = (name: string, version: string): string =>
  version === 'HTTP/2.0' ? name : (NAMES.get(name.toLowerCase()) ?? name);

/** Codes of RFC 9113 under the names of Jetty's ErrorCode, where they are not the same in lower case. */
const RESETS: Readonly<Record<string, string>> = {
  SETTINGS_TIMEOUT: 'settings_timeout_error',
  STREAM_CLOSED: 'stream_closed_error',
  REFUSED_STREAM: 'refused_stream_error',
  CANCEL: 'cancel_stream_error',
  CONNECT_ERROR: 'http_connect_error',
  ENHANCE_YOUR_CALM: 'enhance_your_calm_error',
  INADEQUATE_SECURITY: 'inadequate_security_error',
  HTTP_1_1_REQUIRED: 'http_1_1_required_error',
};

/** Whether it is what the plugin asks again for over HTTP/1.1: errors of the protocol (ProtocolErrorException.isProtocolError), bodies that no server has seen. */
export const isProtocolError = (error: unknown): boolean =>
  error instanceof StreamReset &&
  (error.unseen || (!error.cut && /^(?:PROTOCOL|FRAME_SIZE)_ERROR$/.test(error.reason)));

const EXECUTION = 'java.util.concurrent.ExecutionException';

/** A failure of the line as Jetty's listener tells it: as the cause of another. What is not Java's stays as it is. */
export function jettyFailure(error: unknown): unknown {
  if (!(error instanceof JavaError)) return error;
  const { javaClass, message } = error;
  const because = (cause: string, text: string): JavaError => new JavaError(EXECUTION, `${cause}: ${text}`);
  if (error instanceof StreamReset) {
    const reason = RESETS[error.reason] ?? error.reason.toLowerCase();
    return because('java.io.IOException', error.cut ? 'cancel_stream_error/input_shutdown' : reason);
  }
  if (javaClass.startsWith('java.util.concurrent.')) return error;
  if (javaClass.endsWith('HttpHostConnectException'))
    return because('java.net.ConnectException', message.replace(/^.* failed: /, '').replace(/ \(.*\)$/, ''));
  if (javaClass.endsWith('ConnectTimeoutException'))
    return because('java.net.SocketTimeoutException', 'Connect Timeout');
  if (javaClass.endsWith('UnknownHostException')) return because(javaClass, message);
  // Jetty names the objects of the connection behind these.
  if (/NoHttpResponse|ConnectionClosed|TruncatedChunk/.test(javaClass))
    return because('java.io.EOFException', 'HttpConnectionOverHTTP');
  if (/ClientProtocol|MalformedChunk/.test(javaClass))
    return because(`${JETTY}.client.HttpResponseException`, 'HTTP protocol violation: bad response');
  const [, name] = /^Header name must be a valid HTTP token \["(.*)"\]$/.exec(message) ?? [];
  if (name !== undefined)
    return because(`${JETTY}.http2.hpack.HpackException$StreamException`, `Invalid header name: '${name}'`);
  if (message === 'Unsupported or unrecognized SSL message')
    return because('javax.net.ssl.SSLHandshakeException', 'Unrecognized SSL message, plaintext connection?');
  return because(javaClass, message);
}
