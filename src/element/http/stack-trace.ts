import type { JavaError } from '../../java/index.js';

/** What a stack trace shows of the request that failed. */
export interface Thrown {
  readonly secure: boolean;
  /** Connecting had a limit. */
  readonly timed: boolean;
  /** It follows a redirect. */
  readonly following: boolean;
  /** The head of an answer had come. */
  readonly answered: boolean;
}

/**
 * The stack trace that JMeter 5.6.3 on Java 17 makes the data of a failed sample, for its size counts and plans look for
 * its causes. Frames are known for what usually fails; elsewhere those between the failure and the sampler are missing.
 */
export function stackTrace(error: JavaError, thrown?: Thrown): string {
  if (thrown === undefined) return `${error}\n${lines([...outside(error), ...SAMPLER])}`;
  const frames = [...inside(error, thrown), ...(thrown.following ? FOLLOWING : []), ...PROXY, ...SAMPLER];
  return `${error}\n${lines(frames)}${causeOf(error, thrown, frames.length)}`;
}

const lines = (frames: readonly string[]): string => frames.map((frame) => `\tat ${frame}\n`).join('');

function outside({ javaClass, message }: JavaError): readonly string[] {
  if (javaClass === 'java.net.MalformedURLException') return ADDRESS;
  return message.startsWith('Exceeded maximum number of redirects') ? TOO_MANY : [];
}

/** The frames of a failure inside the request: by class, and by what the message says. */
function inside({ javaClass, message }: JavaError, { secure, answered }: Thrown): readonly string[] {
  // On these lines the frames of reading are others.
  if (javaClass === 'java.net.SocketTimeoutException' && (secure || answered)) return EXECUTED;
  const rule = RULES.find(([name, says]) => name === javaClass && says.test(message));
  return rule === undefined ? EXECUTED : rule[2];
}

/** A refused connection has a cause, of whose frames those below are only counted: all but the topmost. */
function causeOf({ javaClass, message }: JavaError, { secure, timed }: Thrown, depth: number): string {
  if (javaClass !== REFUSED) return '';
  const why = message.slice(message.lastIndexOf(MARK) + MARK.length);
  const frames = [...(timed ? TIMED : UNTIMED), ...SOCKET, ...(secure ? SECURE : PLAIN), ...OPERATOR];
  return `Caused by: java.net.ConnectException: ${why}\n${lines(frames)}\t... ${depth - 1} more\n`;
}
const REFUSED = 'org.apache.http.conn.HttpHostConnectException';
const MARK = ' failed: ';

/** Frames from `method:line` by class; the file is named after the outermost class. */
function of(name: string, ...calls: readonly string[]): string[] {
  const file = `${name.replace(/^.*[./]/, '').replace(/\$.*/, '')}.java`;
  return calls.map((call) => {
    const [method, line] = call.split(':');
    return `${name}.${method}(${line === undefined ? 'Native Method' : `${file}:${line}`})`;
  });
}

const HTTP = 'org.apache.http.impl';
const JMETER = 'org.apache.jmeter.protocol.http.sampler';
const NIO = 'java.base/sun.nio.ch';
const NET = 'java.base/java.net';

const SAMPLER = [
  ...of(`${JMETER}.HTTPSamplerBase`, 'sample:1311', 'sample:1300'),
  ...of(
    'org.apache.jmeter.threads.JMeterThread',
    'doSampling:651',
    'executeSamplePackage:570',
    'processSampler:501',
    'run:268',
  ),
  ...of('java.base/java.lang.Thread', 'run:840'),
];
const PROXY = of(`${JMETER}.HTTPSamplerProxy`, 'sample:66');
const processing = (line: number): string[] => [
  ...of(`${JMETER}.HTTPSamplerBase`, `followRedirects:${line}`, 'resultProcessing:1776'),
  ...of(`${JMETER}.HTTPAbstractImpl`, 'resultProcessing:554'),
  ...of(`${JMETER}.HTTPHC4Impl`, 'sample:738'),
];
const FOLLOWING = [...PROXY, ...processing(1682)];
const TOO_MANY = [...processing(1712), ...PROXY];
const ADDRESS = [...of(`${NET}.URL`, '<init>:480', '<init>:365'), ...of(`${JMETER}.HTTPSamplerBase`, 'getUrl:1135')];

const EXECUTED = of(`${JMETER}.HTTPHC4Impl`, 'executeRequest:940', 'sample:651');
const CLIENT = [...of(`${HTTP}.client.CloseableHttpClient`, 'execute:83'), ...EXECUTED];
const CHAIN = [
  ...of(`${HTTP}.execchain.ProtocolExec`, 'execute:186'),
  ...of(`${HTTP}.execchain.RetryExec`, 'execute:89'),
  ...of(`${HTTP}.execchain.RedirectExec`, 'execute:110'),
  ...of(`${HTTP}.client.InternalHttpClient`, 'doExecute:185'),
  ...CLIENT,
];
const connecting = (line: number): string[] => [
  ...of(`${HTTP}.conn.DefaultHttpClientConnectionOperator`, `connect:${line}`),
  ...of(`${JMETER}.HTTPHC4Impl$JMeterDefaultHttpClientConnectionOperator`, 'connect:409'),
  ...of(`${HTTP}.conn.PoolingHttpClientConnectionManager`, 'connect:376'),
  ...of(`${HTTP}.execchain.MainClientExec`, 'establishRoute:393', 'execute:236'),
  ...CHAIN,
];
const RECEIVING = [
  ...of(`${HTTP}.conn.DefaultHttpResponseParser`, 'parseHead:56'),
  ...of(`${HTTP}.io.AbstractMessageParser`, 'parse:259'),
  ...of(`${HTTP}.DefaultBHttpClientConnection`, 'receiveResponseHeader:163'),
  ...of(`${HTTP}.conn.CPoolProxy`, 'receiveResponseHeader:157'),
  ...of('org.apache.http.protocol.HttpRequestExecutor', 'doReceiveResponse:273', 'execute:125'),
  ...of(`${HTTP}.execchain.MainClientExec`, 'execute:272'),
  ...CHAIN,
];

const REFUSED_BY = connecting(156);
const UNTIMED = [
  ...of(`${NIO}.Net`, 'connect0', 'connect:579', 'connect:568'),
  ...of(`${NIO}.NioSocketImpl`, 'connect:593'),
];
const TIMED = [
  ...of(`${NIO}.Net`, 'pollConnect', 'pollConnectNow:672'),
  ...of(`${NIO}.NioSocketImpl`, 'timedFinishConnect:547', 'connect:602'),
];
const SOCKET = [...of(`${NET}.SocksSocketImpl`, 'connect:327'), ...of(`${NET}.Socket`, 'connect:633')];
const PLAIN = of('org.apache.http.conn.socket.PlainConnectionSocketFactory', 'connectSocket:75');
const SECURE = [
  ...of('org.apache.http.conn.ssl.SSLConnectionSocketFactory', 'connectSocket:368'),
  ...of(`${JMETER}.hc.LazyLayeredConnectionSocketFactory`, 'connectSocket:87'),
];
const OPERATOR = of(`${HTTP}.conn.DefaultHttpClientConnectionOperator`, 'connect:142');
const RESOLVING = [
  ...of(`${NET}.InetAddress`, 'getAllByName0:1533', 'getAllByName:1385', 'getAllByName:1306'),
  ...of(`${HTTP}.conn.SystemDefaultDnsResolver`, 'resolve:45'),
  ...connecting(112),
];
const LOOK_UP = [
  ...of(`${NET}.Inet6AddressImpl`, 'lookupAllHostAddr'),
  ...of(`${NET}.InetAddress$PlatformNameService`, 'lookupAllHostAddr:934'),
  ...of(`${NET}.InetAddress`, 'getAddressesFromNameService:1543'),
  ...of(`${NET}.InetAddress$NameServiceAddresses`, 'get:852'),
  ...RESOLVING,
];
const KNOWN_AS_UNKNOWN = [...of(`${NET}.InetAddress$CachedAddresses`, 'get:801'), ...RESOLVING];
const NO_RESPONSE = [...of(`${HTTP}.conn.DefaultHttpResponseParser`, 'parseHead:141'), ...RECEIVING];
const TIMED_OUT = [
  ...of(`${NIO}.NioSocketImpl`, 'timedRead:288', 'implRead:314', 'read:355'),
  ...of(`${NIO}.NioSocketImpl$1`, 'read:808'),
  ...of(`${NET}.Socket$SocketInputStream`, 'read:966'),
  ...of(`${HTTP}.io.SessionInputBufferImpl`, 'streamRead:137', 'fillBuffer:153', 'readLine:280'),
  ...of(`${HTTP}.conn.DefaultHttpResponseParser`, 'parseHead:138'),
  ...RECEIVING,
];
const NO_HOST = [...of(`${HTTP}.client.CloseableHttpClient`, 'determineTarget:95'), ...CLIENT];
const uri = (...calls: readonly string[]): string[] => [
  ...of(`${NET}.URI$Parser`, 'fail:2976', ...calls, 'parse:3177'),
  ...of(`${NET}.URI`, '<init>:623'),
  ...of(`${NET}.URL`, 'toURI:1056'),
  ...of(`${JMETER}.HTTPHC4Impl`, 'sample:625'),
];
const NO_METHOD = of(`${JMETER}.HTTPHC4Impl`, 'createHttpRequest:830', 'sample:626');
const NO_COOKIES = [
  ...of('org.apache.http.util.Args', 'notBlank:74'),
  ...of('org.apache.http.cookie.CookieOrigin', '<init>:52'),
  ...of(
    'org.apache.jmeter.protocol.http.control.HC4CookieHandler',
    'getCookiesForUrl:228',
    'getCookieHeaderForURL:179',
  ),
  ...of('org.apache.jmeter.protocol.http.control.CookieManager', 'getCookieHeaderForURL:357'),
  ...of(`${JMETER}.HTTPHC4Impl`, 'setConnectionCookie:1382', 'setupRequest:1310', 'sample:627'),
];
const NO_TYPE = [
  ...of('org.apache.http.entity.ContentType', 'parse:321'),
  ...of(`${JMETER}.HTTPHC4Impl`, 'setupHttpEntityEnclosingRequestData:1602', 'handleMethod:891', 'sample:646'),
];
const NO_PORT = [...of(`${NET}.InetSocketAddress`, 'checkPort:152', '<init>:197'), ...connecting(137)];
const CUT = [
  ...of(`${HTTP}.io.ContentLengthInputStream`, 'read:178'),
  ...of(`${HTTP}.conn.EofSensorInputStream`, 'read:135', 'read:148'),
  ...of(`${JMETER}.HTTPSamplerBase`, 'readResponse:1950'),
  ...of(`${JMETER}.HTTPAbstractImpl`, 'readResponse:475'),
  ...of(`${JMETER}.HTTPHC4Impl`, 'sample:678'),
];

type Rule = readonly [javaClass: string, says: RegExp, frames: readonly string[]];
const RULES: readonly Rule[] = [
  [REFUSED, /^/, REFUSED_BY],
  ['java.net.UnknownHostException', /: /, LOOK_UP],
  ['java.net.UnknownHostException', /^/, KNOWN_AS_UNKNOWN],
  ['org.apache.http.NoHttpResponseException', /^/, NO_RESPONSE],
  ['java.net.SocketTimeoutException', /^Read timed out/, TIMED_OUT],
  ['org.apache.http.client.ClientProtocolException', /^URI does not/, NO_HOST],
  [
    'java.net.URISyntaxException',
    /^Illegal character in authority/,
    uri('parseAuthority:3324', 'parseHierarchical:3221'),
  ],
  ['java.net.URISyntaxException', /^Illegal character in query/, uri('checkChars:3147', 'parseHierarchical:3235')],
  ['java.net.URISyntaxException', /^/, uri('checkChars:3147', 'parseHierarchical:3229')],
  ['java.lang.IllegalArgumentException', /^Unexpected method/, NO_METHOD],
  ['java.lang.IllegalArgumentException', /^Host may not be blank/, NO_COOKIES],
  ['java.lang.IllegalArgumentException', /^port out of range/, NO_PORT],
  ['java.lang.IllegalArgumentException', /^Missing location/, of(`${JMETER}.HTTPHC4Impl`, 'sample:694')],
  ['org.apache.http.ParseException', /^Invalid content type/, NO_TYPE],
  ['org.apache.http.ConnectionClosedException', /Content-Length delimited/, CUT],
];
