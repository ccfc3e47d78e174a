import { describe, expect, it } from 'vitest';
import { stackTrace } from '../../../src/element/http/stack-trace.js';
import { JavaError } from '../../../src/java/index.js';

const PLAIN = { secure: false, timed: false, following: false, answered: false };
const REFUSED = new JavaError(
  'org.apache.http.conn.HttpHostConnectException',
  'Connect to localhost:1 [localhost/127.0.0.1] failed: Connection refused',
);
const error = (javaClass: string, message: string) => new JavaError(javaClass, message);

describe('a stack trace', () => {
  it('names what happened, where, and why', () => {
    const trace = stackTrace(REFUSED, PLAIN).split('\n');
    expect(trace[0]).toBe(`${REFUSED}`);
    expect(trace[1]).toBe(
      '\tat org.apache.http.impl.conn.DefaultHttpClientConnectionOperator.connect(DefaultHttpClientConnectionOperator.java:156)',
    );
    expect(trace[2]).toBe(
      '\tat org.apache.jmeter.protocol.http.sampler.HTTPHC4Impl$JMeterDefaultHttpClientConnectionOperator.connect(HTTPHC4Impl.java:409)',
    );
    expect(trace.slice(20, 23)).toEqual([
      '\tat java.base/java.lang.Thread.run(Thread.java:840)',
      'Caused by: java.net.ConnectException: Connection refused',
      '\tat java.base/sun.nio.ch.Net.connect0(Native Method)',
    ]);
    expect(trace.slice(-2)).toEqual(['\t... 19 more', '']);
  });

  // The sizes that JMeter 5.6.3 on Java 17 writes.
  it.each([
    [2551, REFUSED, {}],
    [2685, REFUSED, { secure: true }],
    [2592, REFUSED, { timed: true }],
    [3042, REFUSED, { following: true }],
    [2495, error('java.net.UnknownHostException', 'nosuch.invalid: Name or service not known'), {}],
    [2067, error('org.apache.http.NoHttpResponseException', '127.0.0.1:8993 failed to respond'), {}],
    [2677, error('java.net.SocketTimeoutException', 'Read timed out'), {}],
    [
      1109,
      error('org.apache.http.client.ClientProtocolException', 'URI does not specify a valid host name: http:/x'),
      {},
    ],
    [1157, error('java.net.URISyntaxException', 'Illegal character in path at index 19: http://127.0.0.1:1/{x}'), {}],
    [1157, error('java.net.URISyntaxException', 'Illegal character in authority at index 7: http://a.x y/x'), {}],
    [2209, error('java.net.UnknownHostException', 'nosuch.invalid'), {}],
    [1424, error('java.lang.IllegalArgumentException', 'Host may not be blank'), {}],
    [1990, error('java.lang.IllegalArgumentException', 'port out of range:99999'), {}],
    [1062, error('org.apache.http.ParseException', 'Invalid content type: '), {}],
    [891, error('java.lang.IllegalArgumentException', "Unexpected method: 'A B'"), {}],
  ])('has %i bytes: %s', (size, failure, over) => {
    expect(stackTrace(failure, { ...PLAIN, ...over })).toHaveLength(size);
  });

  it.each([
    [799, error('java.net.MalformedURLException', 'unknown protocol: foo')],
    [1108, error('java.io.IOException', 'Exceeded maximum number of redirects: 20')],
  ])('of the sampler itself has %i bytes: %s', (size, failure) => {
    expect(stackTrace(failure)).toHaveLength(size);
  });
});
