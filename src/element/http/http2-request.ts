import { JavaError } from '../../java/index.js';
import type { Sample } from '../../model/index.js';
import { Http2Call, type Http2Terms } from '../../protocol/index.js';
import { newSample } from './answer.js';
import { setError } from './error-sample.js';
import {
  type Ask,
  type Asking,
  type Taken,
  type TakeRequest,
  takenBy,
  takeRequestBy,
  takesLater,
} from './http-request.js';

/** Takes requests as HttpClient4 does, over HTTP/2 where the server speaks it. */
export const takeHttp2Request =
  (terms: Http2Terms): TakeRequest =>
  (asking, ask, taking) =>
    takeRequestBy((client, request, listener) => new Http2Call(client, request, listener, terms), asking, ask, taking);

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'DELETE']);

/** Takes requests as the bzm HTTP2 plugin 3.0 does over Jetty's client: what it counts and how it fails is its own. */
export function takeBzmRequest(terms: Http2Terms): TakeRequest {
  const take = takeHttp2Request(terms);
  return takesLater(async (asking, ask) => {
    if (!METHODS.has(ask.method)) return refused(asking, ask);
    const taken = await takenBy(take, asking, ask);
    if (taken === undefined || taken.cached) return taken;
    if (taken.sample.code.startsWith(CODE)) reword(taken.sample, asking);
    else recount(taken.sample);
    return taken;
  });
}

function refused(asking: Asking, ask: Ask): Taken {
  const sample = newSample(asking, ask);
  const now = asking.user.test.clock.now();
  sample.start(now);
  sample.end(now);
  setError(sample, new JavaError('java.lang.UnsupportedOperationException', `Method ${ask.method} is not supported`));
  return { sample, url: ask.url };
}

/** The plugin counts the headers twice: as they are shown, and as they are sent. */
function recount(sample: Sample): void {
  const { responseHeaders } = sample;
  const fields = responseHeaders.slice(responseHeaders.indexOf('\n') + 1);
  const asSent = fields.length + fields.split('\n').length - 1 + 2;
  sample.headersSize = responseHeaders.length + asSent + 3;
  sample.bodySize = 0;
}

const CODE = 'Non HTTP response code: ';
const MESSAGE = 'Non HTTP response message: ';
const EXECUTION = 'java.util.concurrent.ExecutionException';

/** Jetty's listener tells every failure of the line as the cause of another. */
function reword(sample: Sample, { props }: Asking): void {
  const name = sample.code.slice(CODE.length);
  const message = sample.message.slice(MESSAGE.length);
  if (name.startsWith('java.lang.')) return;
  const cause = (javaClass: string, text: string): void =>
    void setError(sample, new JavaError(EXECUTION, `${javaClass}: ${text}`));
  if (name === 'java.net.SocketTimeoutException')
    setError(
      sample,
      new JavaError('java.util.concurrent.TimeoutException', `Total timeout ${props.responseTimeout} ms elapsed`),
    );
  else if (name.endsWith('HttpHostConnectException')) cause('java.net.ConnectException', 'Connection refused');
  else if (name.endsWith('ConnectTimeoutException')) cause('java.net.SocketTimeoutException', 'Connect Timeout');
  else if (name.endsWith('UnknownHostException')) cause(name, message.replace(/: [^:]*$/, ''));
  else cause(name, message);
}
