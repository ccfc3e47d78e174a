import { describe, expect, it } from 'vitest';
import { fakeTest } from '../../kit.js';
import type { Given } from '../../kit-element.js';
import { unmask, upgrading } from '../../protocol/websocket/server.js';
import { filters, Scene, said } from './scene.js';

const textFrame = (text: string): string => `81${hex(text.length)}${Buffer.from(text).toString('hex')}`;
const hex = (n: number): string => n.toString(16).padStart(2, '0');

async function reading(frames: string, kind: keyof typeof filters, props: Readonly<Record<string, Given>>) {
  const scene = new Scene(await upgrading(frames));
  await scene.take('open');
  scene.configs = [filters[kind]('f', props)];
  return scene.take('read', { dataType: 'Any' });
}

describe('text filters', () => {
  const frames = textFrame('say hello') + textFrame('hello') + textFrame('bye');
  it.each([
    ['IsPlain', '', 'Read timed out'],
    ['Contains', 'hello', 'bye'],
    ['NotContains', 'bye', 'bye'],
    ['Equals', 'say hello', 'hello'],
    ['NotEquals', 'hello', 'hello'],
    ['StartsWith', 'say', 'hello'],
    ['NotStartsWith', 'h', 'hello'],
    ['EndsWith', 'hello', 'bye'],
    ['NotEndsWith', 'e', 'bye'],
    ['ContainsRegex', 'h.l+o', 'bye'],
    ['NotContainsRegex', '^h', 'hello'],
    ['EqualsRegex', '.*hello', 'bye'],
    ['NotEqualsRegex', 'b.*', 'bye'],
  ])('%s %s', async (comparisonType, matchValue, expected) => {
    const scene = new Scene(await upgrading(frames));
    await scene.take('open');
    scene.configs = [filters.text('f', { comparisonType, matchValue })];
    const sample = await scene.take('read', { readTimeout: '60' });
    expect(sample.success ? sample.text : sample.message.slice(-14)).toBe(expected);
  });

  it('lets other frames through', async () => {
    expect((await reading('8201 61 8101 61', 'text', {})).dataType).toBe('bin');
  });

  it('fails for what it cannot use', async () => {
    expect((await reading('8101 61', 'text', { comparisonType: 'EqualsRegex', matchValue: '[' })).message).toBe(
      'Sampler error: java.util.regex.PatternSyntaxException: Unclosed character class near index 0\n[\n^',
    );
    expect((await reading('8101 61', 'text', { comparisonType: '' })).message).toBe(
      'Sampler error: java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.wssampler.ComparisonType.',
    );
  });
});

describe('binary filters', () => {
  const frames = '8203 010203 8203 040102 8200 8101 78';
  it.each([
    ['IsPlain', '', '', '78'],
    ['Contains', '0x01 0x02', '', ''],
    ['Contains', '0102', '1', '010203'],
    ['Contains', '0102', '0', '040102'],
    ['Contains', '', '', '010203'],
    ['NotContains', '0x01', '', '010203'],
    ['NotContains', '04', '0', '040102'],
    ['Equals', '010203', '', '040102'],
    ['NotEquals', '040102', '', '040102'],
    ['StartsWith', '01', '', '040102'],
    ['StartsWith', 'no hex', '', '78'],
    ['NotStartsWith', '4', '', '040102'],
    ['EndsWith', '02', '', '010203'],
    ['NotEndsWith', '02', '', '040102'],
  ])('%s %s at %s', async (comparisonType, matchValue, matchPosition, expected) => {
    const sample = await reading(frames, 'binary', { comparisonType, matchValue, matchPosition });
    expect(sample.data.toString('hex')).toBe(expected);
  });

  it('fails for what it cannot use', async () => {
    const position = { comparisonType: 'Contains', matchValue: '01', matchPosition: '-1' };
    expect((await reading(frames, 'binary', position)).message).toBe(
      'Sampler error: java.lang.ArrayIndexOutOfBoundsException: Index -1 out of bounds for length 3',
    );
    expect((await reading(frames, 'binary', { comparisonType: 'EqualsRegex' })).message).toBe(
      'Sampler error: java.lang.RuntimeException: unknown comparison type',
    );
  });
});

describe('ping filters', () => {
  it.each([
    ['FilterAll', '200'],
    ['FilterPingOnly', 'Sampler error: unexpected frame type (pong).'],
    ['FilterPongOnly', 'Sampler error: unexpected frame type (ping).'],
  ])('%s', async (filterType, code) => {
    expect((await reading('8900 8a00 8101 61', 'ping', { filterType })).code).toBe(code);
  });

  it('fails for an unknown type once a frame is there', async () => {
    expect((await reading('8101 61', 'ping', { filterType: 'Foo' })).message).toBe(
      'Sampler error: java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.wssampler.PingFrameFilter.PingFilterType.Foo',
    );
  });

  it('replies with the data of the ping', async () => {
    const received: Buffer[] = [];
    const port = await upgrading('8902 6162 8101 61', (socket) => socket.on('data', (data) => received.push(data)));
    const test = fakeTest();
    test.properties.set('websocket.result.size_includes_filtered_frames', 'true');
    const scene = new Scene(port, { test });
    await scene.take('open');
    scene.configs = [filters.ping('f', { replyToPing: true })];
    const sample = await scene.take('read');
    expect([sample.bytes, sample.sentBytes]).toEqual([3 + 4, 8]);
    expect(sample.subSamples?.[0]).toMatchObject({
      sentBytes: 8,
      message: "Received Ping frame with application data 'ab'",
    });
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(unmask(Buffer.concat(received))[0]).toMatchObject({ first: 0x8a, payload: Buffer.from('ab') });
  });
});

describe('filters in scope', () => {
  it('work from the outermost in, equal ones once, and leave sub-samples', async () => {
    const frames = textFrame('outer') + textFrame('inner') + textFrame('outer') + textFrame('x');
    const scene = new Scene(await upgrading(frames));
    await scene.take('open');
    const filter = (name: string, matchValue: string) => filters.text(name, { comparisonType: 'Equals', matchValue });
    scene.configs = [filter('in', 'inner'), filter('in', 'inner'), filter('out', 'outer')];
    const sample = await scene.take('read');
    expect(sample.text).toBe('x');
    expect(sample.bytes).toBe(3);
    expect(
      sample.subSamples?.map(({ label, message, success, bytes, text, code }) => [
        label,
        message,
        success,
        bytes,
        text,
        code,
      ]),
    ).toEqual([
      ['read-0', "Received Text frame with text 'outer'", true, 7, 'outer', ''],
      ['read-1', "Received Text frame with text 'inner'", true, 7, 'inner', ''],
      ['read-2', "Received Text frame with text 'outer'", true, 7, 'outer', ''],
    ]);
  });

  it('end at the first frame when there is no timeout', async () => {
    const scene = new Scene(await upgrading(textFrame('a') + textFrame('b')));
    await scene.take('open');
    scene.configs = [filters.ping('f', {})];
    expect(said(await scene.take('read', { readTimeout: '0' }))[1]).toBe('WebSocket I/O error: Read timed out');
    scene.configs = [];
    expect((await scene.take('read')).text).toBe('b');
  });

  it('share the timeout, also with an optional read', async () => {
    const port = await upgrading('', (socket) => {
      const timer = setInterval(() => socket.write(Buffer.from(textFrame('tick'), 'hex')), 10);
      socket.on('close', () => clearInterval(timer));
    });
    const scene = new Scene(port);
    await scene.take('open');
    scene.configs = [filters.text('f', {})];
    const sample = await scene.take('read', { readTimeout: '50', optional: true });
    expect(sample.code).toBe('No response');
    expect(sample.subSamples?.length).toBeGreaterThan(1);
  });

  it('help closing past messages that wait', async () => {
    const scene = new Scene(await upgrading(`${textFrame('a')} 8900 8802 03e8`));
    await scene.take('open');
    scene.configs = [filters.text('f', {}), filters.ping('g', {})];
    expect((await scene.take('close')).code).toBe('1000');
  });
});
