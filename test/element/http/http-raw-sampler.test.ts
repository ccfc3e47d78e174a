import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpRawSampler } from '../../../src/element/http/http-raw-sampler.js';
import { parseRawResponse } from '../../../src/element/http/raw-response.js';
import { Sample } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { type Given, place, takeSample } from '../../kit-element.js';

/** Answers with what stands in the request's path. */
const answers: Readonly<Record<string, string>> = {
  '/ok': 'HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody',
  '/big': `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(9000)}`,
  '/empty': '',
};
const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (data) => {
    const path = / (\S+)/.exec(data.toString())?.[1] ?? '';
    if (path === '/reset') socket.resetAndDestroy();
    else if (path === '/echo') socket.end(data);
    else if (path !== '/hang') socket.end(answers[path] ?? '');
  });
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
});
afterAll(() => void server.close());

const raw = (props: Record<string, Given>) =>
  place(httpRawSampler, {
    name: 'raw',
    props: { hostname: '127.0.0.1', port: `${port}`, timeout: '400', parse: true, ...props },
  });
const ask = (path: string): string => `GET ${path} HTTP/1.1\r\n\r\n`;

async function take(placed: ReturnType<typeof raw>, user = fakeUser()): Promise<Sample> {
  const sample = await takeSample(placed, user);
  if (sample === undefined) throw new Error('no sample');
  return sample;
}

describe('HTTP Raw Request', () => {
  it('takes the answer apart, and is successful whatever its status', async () => {
    const sample = await take(raw({ data: ask('/ok') }));
    expect(sample).toMatchObject({ label: 'raw', code: '200', message: 'OK', success: true, dataType: 'text' });
    expect([sample.responseHeaders, sample.text, sample.bytes, sample.sentBytes]).toEqual(['A: b\r\n', 'body', 4, 0]);
  });

  it('takes it as a whole otherwise', async () => {
    const sample = await take(raw({ data: ask('/ok'), parse: false }));
    expect([sample.message, sample.text]).toEqual(['', answers['/ok']]);
  });

  it('sends a file behind the data', async () => {
    const sample = await take(raw({ data: ask('/echo'), fileName: 'LICENSE', parse: false }));
    expect(sample.text).toMatch(/^GET \/echo HTTP\/1\.1\r\n\r\n.*MIT|Apache|License/s);
  });

  it.each([
    ['a reset', { data: ask('/reset') }, 'java.net.SocketException: Connection reset'],
    [
      'silence',
      { data: ask('/hang'), timeout: '20' },
      'java.net.SocketTimeoutException: Timeout exceeded while reading from socket',
    ],
    ['a port that cannot be', { port: '70000' }, 'java.lang.IllegalArgumentException: port out of range:70000'],
    ['a port where nobody is', { port: '9' }, 'java.net.ConnectException: Connection refused'],
    ['a host that is none', { hostname: 'a..b' }, 'java.nio.channels.UnresolvedAddressException'],
    [
      'a missing file',
      { data: '', fileName: 'absent' },
      'java.io.FileNotFoundException: absent (No such file or directory)',
    ],
  ])('fails for %s', async (_, props, message) => {
    expect(await take(raw(props))).toMatchObject({ code: '500', message, success: false });
  });

  it('says how it was ended', async () => {
    const user = fakeUser();
    const taken = take(raw({ data: ask('/hang'), timeout: '' }), user);
    await new Promise((resolve) => setTimeout(resolve, 30));
    user.onInterrupt?.();
    expect((await taken).message).toBe('java.nio.channels.AsynchronousCloseException');
  });

  it('keeps no more than the limit and the packet that passes it', async () => {
    const user = fakeUser();
    user.test.properties.set('kg.apc.jmeter.samplers.ResultDataLimit', '1');
    const sample = await take(raw({ data: ask('/big'), parse: false }), user);
    expect(sample.text.length).toBe(4096);
  });

  it('never lets go of a socket that it kept', async () => {
    const user = fakeUser();
    const placed = raw({ data: ask('/ok'), keepalive: true });
    const codes = [await take(placed, user), await take(placed, user), await take(placed, user)];
    expect(codes.map(({ code, message, bytes }) => `${code} ${message} ${bytes > 0}`)).toEqual([
      '200 OK true',
      '200  false',
      '500 java.nio.channels.ClosedChannelException true',
    ]);
  });
});

describe('the answer of a raw request', () => {
  const parsed = (text: string): Sample => {
    const sample = new Sample();
    sample.setText(text);
    sample.code = 'as before';
    parseRawResponse(sample);
    return sample;
  };

  it.each([
    [
      'loses what stands behind the first CR LF of the body',
      'HTTP/1.1 201 Made\r\nA: b\r\n\r\none\r\ntwo',
      '201',
      'one',
    ],
    ['skips one line end in front of the body', 'HTTP/1.1 200 OK\r\n\r\n\r\nbody', '200', 'body'],
    ['takes lines that end in LF', 'HTTP/1.1 200 OK\nA: b\n\none\n\ntwo', '200', 'one\n\ntwo'],
    [
      'leaves a code of none of the five kinds',
      'HTTP/1.1 999 No\r\n\r\nbody',
      'as before',
      'HTTP/1.1 999 No\r\n\r\nbody',
    ],
    ['leaves a status without words', 'HTTP/1.1 204\r\n\r\n', 'as before', 'HTTP/1.1 204\r\n\r\n'],
  ])('%s', (_, text, code, body) => {
    const sample = parsed(text);
    expect([sample.code, sample.text]).toEqual([code, body]);
  });

  it('loses the sample when two line ends stand in front of the body', () => {
    expect(() => parsed('HTTP/1.1 200 OK\r\n\r\n\r\n\r\nbody')).toThrow('');
  });
});
