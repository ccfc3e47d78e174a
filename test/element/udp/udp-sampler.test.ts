import dgram from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { udpSampler } from '../../../src/element/udp/udp-sampler.js';
import type { Sample } from '../../../src/model/index.js';
import { fakeTest, fakeUser, SimulatedClock } from '../../kit.js';
import { type Given, place, planElement, takeSample } from '../../kit-element.js';

/** Answers what is asked behind `!`: `S:text`, `X:size`; anything else is echoed. */
const server = dgram.createSocket('udp4');
server.on('message', (datagram, { address, port }) => {
  const text = datagram.toString('latin1');
  if (!text.startsWith('!')) return server.send(datagram, port, address);
  for (const step of text.slice(1).split('|')) {
    const value = step.slice(2);
    server.send(step[0] === 'X' ? Buffer.alloc(Number(value), 'x') : value, port, address);
  }
  return undefined;
});
beforeAll(() => new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const udp = (data: string, props: Record<string, Given> = {}) =>
  place(udpSampler, {
    name: 'udp',
    props: {
      hostname: '127.0.0.1',
      port: `${server.address().port}`,
      timeout: '80',
      waitresponse: true,
      data,
      ...props,
    },
  });
async function take(placed: ReturnType<typeof udp>, user = fakeUser()): Promise<Sample> {
  const sample = await takeSample(placed, user);
  if (sample === undefined) throw new Error('no sample');
  udpSampler.threadFinished?.(placed.props(user), user, placed);
  return sample;
}
const message = async (...given: Parameters<typeof take>): Promise<string> => (await take(...given)).message;
/** Turns of the loop that both sides share. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
const HEX = 'kg.apc.jmeter.samplers.HexStringUDPDecoder';

describe('UDP Request', () => {
  it('takes the first datagram for the answer, and says nothing of it', async () => {
    const sample = await take(udp('!S:one|S:two'));
    expect(sample).toMatchObject({
      code: '200',
      message: '',
      success: true,
      dataType: 'text',
      samplerData: '!S:one|S:two',
    });
    expect([sample.text, sample.bytes]).toEqual(['one', 3]);
  });

  it('sends text in Windows-1252, or hex', async () => {
    expect((await take(udp('é€ł'))).data.toString('hex')).toBe('e9803f');
    expect((await take(udp('00FF', { encodeclass: HEX }))).text).toBe('00ff');
    expect(await message(udp('0', { encodeclass: HEX }))).toMatch(/^java\.lang\.IllegalArgumentException: Hex-encoded/);
  });

  it('loses what is larger than its buffer', async () => {
    expect((await take(udp('!X:5000'))).bytes).toBe(4096);
  });

  it('is done at once when it does not wait', async () => {
    const sample = await take(udp('x', { waitresponse: false }));
    expect([sample.code, sample.bytes]).toEqual(['200', 0]);
  });

  it('sends nothing when there is nothing, and waits; later all that comes is one answer', async () => {
    const clock = new SimulatedClock();
    const user = fakeUser({ test: fakeTest({ clock }) });
    const placed = udp('${data}');
    const next = (data: string) => {
      user.variables.put('data', data);
      return takeSample(placed, user);
    };
    expect((await next('!S:a|S:b|S:c'))?.text).toBe('a');
    const rest = next('');
    await turns(20);
    await clock.advance(6000);
    expect((await rest)?.text).toBe('bc');
    const nothing = next('');
    await turns(20);
    await clock.advance(6000);
    expect((await nothing)?.message).toBe(
      'java.net.SocketTimeoutException: Timeout exceeded while reading from socket',
    );
    udpSampler.threadFinished?.(placed.props(user), user, placed);
  });

  it('tells that nobody listens when it waits, or with the next datagram', async () => {
    const taken = dgram.createSocket('udp4');
    await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve));
    const port = `${taken.address().port}`;
    await new Promise<void>((resolve) => taken.close(resolve));
    const user = fakeUser();
    const silent = udp('x', { port, waitresponse: false });
    expect((await takeSample(silent, user))?.success).toBe(true);
    await turns(20);
    expect(await message(silent, user)).toBe('java.net.PortUnreachableException');
    expect(await message(udp('x', { port }))).toBe('java.net.PortUnreachableException');
  });

  it('fails as the plugin does when it gets no socket', async () => {
    const nothing = /^java\.lang\.NullPointerException: Cannot invoke "java\.nio\.channels\.DatagramChannel\.write/;
    expect(await message(udp('x', { bind_address: '127.0.0.1', bind_port: `${server.address().port}` }))).toMatch(
      nothing,
    );
    expect(await message(udp('x', { port: '0' }))).toMatch(nothing);
    expect(await message(udp('x', { hostname: 'nosuch.invalid' }))).toBe(
      'java.nio.channels.UnresolvedAddressException',
    );
    expect(await message(udp('x', { port: 'abc' }))).toBe('java.lang.NumberFormatException: For input string: "abc"');
    expect(await message(udp('x', { port: '70000' }))).toMatch(/port out of range:70000$/);
    expect(await message(udp('x', { timeout: '-1' }))).toBe('java.lang.IllegalArgumentException: Negative timeout');
    expect(await message(udp('x'.repeat(70_000)))).toBe('java.io.IOException: Message too long');
  });

  it('takes being interrupted for the end of its time', async () => {
    const user = fakeUser();
    const taken = take(udp('', { timeout: '0' }), user);
    await turns(20);
    user.onInterrupt?.();
    expect((await taken).message).toMatch(/^java\.net\.SocketTimeoutException/);
  });

  it('goes where --connect-to says', async () => {
    const test = fakeTest({ connectTo: () => ({ host: '127.0.0.1', port: server.address().port }) });
    expect((await take(udp('hi', { hostname: 'far.invalid', port: '53' }), fakeUser({ test }))).text).toBe('hi');
  });

  it('warns of a class that is not there', () => {
    const codes = (encodeclass: string): readonly (string | undefined)[] =>
      (udpSampler.check?.(planElement(udpSampler, { encodeclass }), CONTEXT) ?? []).map(({ code }) => code);
    expect([codes('my.Decoder'), codes(HEX), codes('')]).toEqual([['W213'], [], []]);
  });
});

const CONTEXT = {
  planFile: 'plan.jmx',
  compileScript: () => ({ code: '', severity: 'error' as const, text: '' }),
  standIns: { find: () => undefined },
  property: () => undefined,
};
