import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tcpSampler } from '../../../src/element/tcp/tcp-sampler.js';
import { Properties, type Sample, type User } from '../../../src/model/index.js';
import { fakeTest, fakeUser, SimulatedClock } from '../../kit.js';
import { type Given, place, planElement, takeSample } from '../../kit-element.js';
import { openServer, turns } from './server.js';

let server: Awaited<ReturnType<typeof openServer>>;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const TEXT = 'TCPClientImpl';
const BINARY = 'BinaryTCPClientImpl';
const PREFIXED = 'LengthPrefixedBinaryTCPClientImpl';
const READ = 'org.apache.jmeter.protocol.tcp.sampler.ReadException: ';
const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

const tcp = (request: string, props: Record<string, Given> = {}) =>
  place(tcpSampler, {
    name: 'tcp',
    props: {
      'TCPSampler.server': '127.0.0.1',
      'TCPSampler.port': `${server.port}`,
      'TCPSampler.timeout': '5000',
      'TCPSampler.request': request,
      ...Object.fromEntries(Object.entries(props).map(([key, value]) => [`TCPSampler.${key}`, value])),
    },
  });

function userWith(properties: Readonly<Record<string, string>>): User {
  const set = new Properties();
  for (const [name, value] of Object.entries(properties)) set.set(name, value);
  return fakeUser({ test: fakeTest({ properties: set }) });
}

async function take(placed: ReturnType<typeof tcp>, user = fakeUser()): Promise<Sample> {
  const sample = await takeSample(placed, user);
  if (sample === undefined) throw new Error('no sample');
  return sample;
}
/** Takes a sample that waits for more than comes: its time is over once all was read. */
async function late(
  placed: ReturnType<typeof tcp>,
  over: Partial<User> = {},
): Promise<readonly [string, string, string]> {
  const clock = new SimulatedClock();
  const user = fakeUser({ test: fakeTest({ clock }), ...over });
  const { length } = server.heard;
  const taken = take(placed, user);
  await server.quiet(length);
  await clock.advance(6000);
  const { code, message, text } = await taken;
  return [code, message, text];
}
const told = async (...given: Parameters<typeof take>): Promise<readonly [string, string, string]> => {
  const { code, message, text } = await take(...given);
  return [code, message, text];
};

describe('TCPClientImpl', () => {
  it('ends where a read ends with the end byte, not at one in the middle', async () => {
    expect(await told(tcp('!S:a\nb|W|S:c\n', { EolByte: '10' }))).toEqual(['200', 'OK', 'a\nbc\n']);
  });

  it('takes the end of the stream for the end, and a reset for an error with what came', async () => {
    expect(await told(tcp('!S:abc|W|E'))).toEqual(['200', 'OK', 'abc']);
    expect(await told(tcp('!S:abc|W|R'))).toEqual(['500', `${READ}Error reading from server, bytes read: 3`, 'abc']);
  });

  it('fails when its time is over, with what came', async () => {
    const message = `${READ}Error reading from server, bytes read: 3`;
    expect(await late(tcp('!S:a|W|S:bc'))).toEqual(['500', message, 'abc']);
    const sample = await take(tcp('!S:abc|W|R'));
    expect(sample).toMatchObject({ message, dataType: 'text', encoding: 'UTF-8', sentBytes: 0, bytes: 3 });
  });

  it('waits anew for each read', async () => {
    const clock = new SimulatedClock();
    const user = fakeUser({ test: fakeTest({ clock }) });
    const { length } = server.heard;
    let over = false;
    const taken = take(tcp('!S:a'), user).finally(() => {
      over = true;
    });
    await server.quiet(length);
    await clock.advance(4000);
    // By the same connection the server is asked for more, and has it sent to whoever reads.
    void take(tcp('!S:\n', { 'meterless.part': 'send' }), user);
    await server.quiet(length + 1);
    await clock.advance(4000);
    expect(over).toBe(false);
    await clock.advance(1500);
    expect((await taken).text).toBe('a\n');
  });

  it('shows in the sampler data what it sent, or how it could not connect', async () => {
    expect((await take(tcp('!E'))).samplerData).toBe('!E');
    const sample = await take(tcp('x', { port: '70000', soLinger: '3' }));
    expect([sample.message, sample.samplerData]).toEqual([
      'java.lang.IllegalArgumentException: port out of range:70000',
      'Host: 127.0.0.1 Port: 70000\nReuse: true Close: false\n[SOLINGER: 3 EOL: 0 noDelay: false]',
    ]);
  });

  it('is 0 for an end byte that is no number, and off for one that is no byte', async () => {
    expect(await told(tcp('!S:a|W|H:6200', { EolByte: 'x' }))).toEqual(['200', 'OK', 'ab\0']);
    expect((await take(tcp('!H:61ff', { EolByte: '-1' }))).code).toBe('200');
    expect((await late(tcp('!H:61ff', { EolByte: '255' })))[0]).toBe('500');
  });

  it('counts bytes that are no UTF-8 as what they became', async () => {
    const sample = await take(tcp('!H:c3a9ff|E'));
    expect([sample.text, sample.bytes]).toEqual(['é\ufffd', 5]);
  });

  it('fails in a charset that nobody knows', async () => {
    const sample = await take(tcp('x'), userWith({ 'tcp.charset': 'klingon' }));
    expect([sample.message, sample.encoding]).toEqual(['java.io.UnsupportedEncodingException: klingon', 'UTF-8']);
  });
});

describe('BinaryTCPClientImpl', () => {
  it('sends and shows hex, and takes running out of time for the end', async () => {
    expect(await late(tcp(hex('!H:00ff'), { classname: BINARY }))).toEqual(['200', 'OK', '00ff']);
  });

  it('fails then when it looks for an end byte', async () => {
    expect(await late(tcp(hex('!S:a'), { classname: BINARY, EolByte: '10' }))).toEqual([
      '500',
      `${READ}Socket timed out while looking for EOM`,
      '61',
    ]);
    expect((await take(tcp(hex('!S:a|W|R'), { classname: BINARY }))).message).toBe(
      `${READ}Problems while trying to read`,
    );
  });

  it('refuses what is no hex', async () => {
    const said = 'java.lang.IllegalArgumentException: Hex-encoded binary string contains an';
    expect((await take(tcp('abc', { classname: BINARY }))).message).toBe(`${said} uneven no. of digits`);
    expect((await take(tcp('abxg', { classname: BINARY }))).message).toBe(`${said} invalid hex digit in 'xg'`);
  });
});

describe('LengthPrefixedBinaryTCPClientImpl', () => {
  const framed = (steps: string, props: Record<string, Given> = {}) =>
    tcp(hex(steps), { classname: PREFIXED, ...props });

  it('sends the length in front, and reads as many bytes as the answer says', async () => {
    expect(await told(framed('!H:0003616263'))).toEqual(['200', 'OK', '616263']);
    expect(server.heard.join('')).toMatch(/\0\x0d!H:0003616263$/);
  });

  it('is empty when the length comes in pieces, and filled up when the stream ends too early', async () => {
    const sample = await take(framed('!H:00|W|H:0161'));
    expect([sample.code, sample.text, sample.latency]).toEqual(['200', '', 0]);
    expect((await take(framed('!H:000461|W|E'))).text).toBe('61000000');
  });

  it('says nothing of why it could not read', async () => {
    expect(await late(framed('!H:000361'))).toEqual(['500', READ, '610000']);
    expect((await take(framed('!H:ffff'))).message).toBe('java.lang.NegativeArraySizeException: -1');
  });

  it('knows prefixes of 2 and 4 bytes', async () => {
    const user = userWith({ 'tcp.binarylength.prefix.length': '3' });
    expect((await take(framed('!H:00'), user)).message).toMatch(/Length must be specified as either 2 or 4\.$/);
    expect((await take(tcp('00'.repeat(40_000), { classname: PREFIXED }))).message).toMatch(/signed short int\.$/);
  });
});

describe('connections', () => {
  it('are kept for all samplers of a user, by server and login', async () => {
    const user = fakeUser();
    const first = await take(tcp('!S:a\n', { EolByte: '10' }), user);
    expect(first.code).toBe('200');
    // A line that was closed is used again: nothing comes, and that is a success.
    expect(await told(tcp('!S:ab|E'), user)).toEqual(['200', 'OK', 'ab']);
    expect(await told(tcp('!S:ab|E'), user)).toEqual(['200', 'OK', '']);
    expect(await told(tcp('!S:ab|E', { reUseConnection: 'false' }), user)).toEqual(['200', 'OK', 'ab']);
  });

  it('are closed behind an error', async () => {
    const user = fakeUser();
    expect((await take(tcp('!S:a|W|R'), user)).code).toBe('500');
    expect(await told(tcp('!S:b\n', { EolByte: '10' }), user)).toEqual(['200', 'OK', 'b\n']);
  });

  it('are reset with a linger of 0, and closed otherwise', async () => {
    const closing = { EolByte: '10', closeConnection: 'true' };
    const before = server.resets.length;
    for (const [soLinger, resets] of [
      ['', 0],
      ['1', 0],
      ['0', 1],
      ['x', 2],
    ] as const) {
      await take(tcp('!S:a\n', { ...closing, soLinger }));
      await turns(20);
      expect(server.resets.length - before, soLinger).toBe(resets);
    }
    expect((await take(tcp('x', { soLinger: '-1' }))).message).toMatch(/invalid value for SO_LINGER$/);
  });

  it('are made even for a class that is not there', async () => {
    const sample = await take(tcp('x', { classname: 'Mine' }));
    expect([sample.code, sample.message, sample.dataType]).toEqual(['500', 'Protocol handler not found', '']);
    const warned = tcpSampler.check?.(planElement(tcpSampler, { 'TCPSampler.classname': 'Mine' }), CONTEXT);
    expect(warned?.map(({ code }) => code)).toEqual(['W213']);
  });

  it('end the wait when the user is interrupted', async () => {
    const user = fakeUser();
    const { length } = server.heard;
    const taken = take(tcp('!S:a', { timeout: '0' }), user);
    await server.quiet(length);
    user.onInterrupt?.();
    expect((await taken).message).toBe(`${READ}Error reading from server, bytes read: 1`);
  });
});

const CONTEXT = {
  planFile: 'plan.jmx',
  compileScript: () => ({ code: '', severity: 'error' as const, text: '' }),
  standIns: { find: () => undefined },
  property: () => undefined,
};

describe('status', () => {
  const rules = { 'tcp.status.prefix': 'code=', 'tcp.status.suffix': ';' };

  it('takes 400 to 599 for success, and nothing else', async () => {
    const user = userWith(rules);
    const ok = await take(tcp('!S:code=404;|E'), user);
    expect([ok.code, ok.success, ok.message]).toEqual(['404', true, 'No status property file']);
    expect((await take(tcp('!S:code=200;|E', { reUseConnection: 'false' }), user)).success).toBe(false);
  });

  it('is 999 when there is none, and an error when it is no number', async () => {
    const user = userWith(rules);
    expect(await told(tcp('!S:x|E'), user)).toEqual(['999', 'Status value not found', 'x']);
    expect(await told(tcp('!S:code=x;|E', { reUseConnection: 'false' }), user)).toEqual([
      '500',
      'java.lang.NumberFormatException: For input string: "x"',
      '',
    ]);
  });
});

describe('ends of our own', () => {
  const until = (steps: string, rule: string, value: string, more: Record<string, Given> = {}) =>
    tcp(steps, { 'meterless.until': rule, 'meterless.untilValue': value, ...more });

  it('leaves what follows for the next sample', async () => {
    const user = fakeUser();
    expect(await told(until('!S:one\r\ntwo\r|W|S:\n', 'bytes', '\\r\\n'), user)).toEqual(['200', 'OK', 'one\r\n']);
    const second = until('', 'hex', '0d0a', { 'meterless.part': 'read' });
    expect(await told(second, user)).toEqual(['200', 'OK', 'two\r\n']);
  });

  it('takes as many bytes as the length says', async () => {
    const user = fakeUser();
    const length = (value: string): readonly [string, string] => ['length', value];
    expect((await take(until('!H:00|W|H:02616263', ...length('2')), user)).text).toBe('\0\x02ab');
    expect((await take(until('!H:0400|W|H:6162', ...length('2,little,inclusive')), fakeUser())).text).toBe('\x04\0ab');
  });

  it('ends where a pattern matches', async () => {
    const user = fakeUser();
    expect((await take(until('!S:é1;|W|S:ok 12.\nmore', 'regex', 'ok \\d+\\.'), user)).text).toMatch(/1;ok 12\.$/);
    const rest = await take(until('', 'regex', 'e', { 'meterless.part': 'read' }), user);
    expect(rest.text).toBe('\nmore');
  });

  it('ends when nothing came for a while, and not before something came', async () => {
    const clock = new SimulatedClock();
    const user = fakeUser({ test: fakeTest({ clock }) });
    const idle = (steps: string) => until(steps, 'idle', '40');
    const { length } = server.heard;
    const taken = take(idle('!W'), user);
    await server.quiet(length);
    await clock.advance(100);
    void take(tcp('!S:a|W|S:b', { 'meterless.part': 'send' }), user);
    await server.quiet(length + 1);
    await clock.advance(50);
    expect((await taken).text).toBe('ab');
  });

  it('fails when the answer stays incomplete', async () => {
    expect(await told(until('!S:abc|W|E', 'bytes', 'x'))).toEqual([
      '500',
      `${READ}the connection was closed before the answer was complete, bytes read: 3`,
      'abc',
    ]);
    expect((await late(until('!S:abc', 'bytes', 'x')))[1]).toBe(`${READ}Read timed out, bytes read: 3`);
  });

  it('sends without waiting, and reads later', async () => {
    const user = fakeUser();
    expect(await told(tcp('!S:late\n', { 'meterless.part': 'send' }), user)).toEqual(['200', 'OK', '']);
    expect(await told(tcp('', { 'meterless.part': 'read', EolByte: '10' }), user)).toEqual(['200', 'OK', 'late\n']);
  });

  it('keeps connections of several names', async () => {
    const user = fakeUser();
    const named = (name: string, request: string, part: string) =>
      tcp(request, { 'meterless.socket': name, 'meterless.part': part, EolByte: '10' });
    await take(named('a', '!S:first\n', 'send'), user);
    await take(named('b', '!S:second\n', 'send'), user);
    expect((await take(named('b', '', 'read'), user)).text).toBe('second\n');
    expect((await take(named('a', '', 'read'), user)).text).toBe('first\n');
  });

  it('are refused before the run when they are wrong', () => {
    const wrong = (props: Record<string, Given>): readonly string[] =>
      (tcpSampler.check?.(planElement(tcpSampler, props), CONTEXT) ?? []).map(({ text }) => text);
    const both = (rule: string, value: string) => ({
      'TCPSampler.meterless.until': rule,
      'TCPSampler.meterless.untilValue': value,
    });
    expect(wrong(both('lines', ''))).toEqual([expect.stringContaining('until: lines is not one of')]);
    for (const [rule, value] of [
      ['bytes', ''],
      ['hex', 'abc'],
      ['length', '9'],
      ['length', '2,odd'],
      ['regex', '('],
      ['idle', '0'],
    ] as const)
      expect(wrong(both(rule, value)), `${rule} ${value}`).toHaveLength(1);
    expect(wrong({ 'TCPSampler.meterless.part': 'both' })).toHaveLength(1);
    expect(wrong(both('bytes', '${x}'))).toEqual([]);
  });
});

describe('an answer without end', () => {
  it('fails at its limit instead of filling the memory', async () => {
    const user = userWith({ 'meterless.tcp.answer.limit': '1000000' });
    const sample = await take(tcp('!F', { timeout: '0' }), user);
    expect([sample.code, sample.text]).toEqual(['500', '']);
    expect(sample.message).toMatch(/^java\.io\.IOException: the answer is too long, bytes read: \d+$/);
  });

  it('does not let a length reserve what never comes', async () => {
    const user = userWith({ 'tcp.binarylength.prefix.length': '4' });
    const sample = await take(tcp(hex('!H:7fffffff61|W|E'), { classname: PREFIXED }), user);
    expect(sample.message).toMatch(/the answer is too long/);
  });
});

it('never takes a read for a success that the class does not', async () => {
  // All three classes on one line: the connection is shared, the client is not.
  const user = fakeUser();
  expect((await take(tcp('!S:a\n', { classname: TEXT, EolByte: '10' }), user)).text).toBe('a\n');
  expect((await take(tcp(hex('!S:a\n'), { classname: BINARY, EolByte: '10' }), user)).text).toBe('610a');
});
