import { describe, expect, it } from 'vitest';
import { compareKeys } from '../../../src/element/sampler/debug-listing.js';
import { debugSampler } from '../../../src/element/sampler/debug-sampler.js';
import { dummySampler } from '../../../src/element/sampler/dummy-sampler.js';
import { decodeLong } from '../../../src/element/sampler/java-clients.js';
import { javaSampler } from '../../../src/element/sampler/java-sampler.js';
import { javaUrl } from '../../../src/element/sampler/java-url.js';
import { testAction } from '../../../src/element/sampler/test-action.js';
import type { Element, Props, Sample, User } from '../../../src/model/index.js';
import { fakeTest, fakeUser, SimulatedClock } from '../../kit.js';
import { type Given, place, takeSample } from '../../kit-element.js';

const START = 1_700_000_000_000;

function setUp(over: Partial<User> = {}) {
  const clock = new SimulatedClock(START);
  const calls: string[] = [];
  const test = fakeTest({
    clock,
    stop: () => void calls.push('stop test'),
    stopNow: () => void calls.push('stop test now'),
  });
  const user = fakeUser({ test, stop: () => void calls.push('stop user'), ...over });
  return { clock, test, user, calls };
}

function take<P extends Props>(element: Element<P>, user: User, props: Record<string, Given>, name = 'name') {
  const self = place(element, { name, props });
  return takeSample(self, user);
}

/** Takes a sample while the clock runs as far as it must. */
async function taken<P extends Props>(
  element: Element<P>,
  props: Record<string, Given>,
  name?: string,
): Promise<Sample> {
  const { clock, user } = setUp();
  const waiting = Promise.resolve(take(element, user, props, name));
  await clock.advance(10_000);
  const sample = await waiting;
  if (sample === undefined) throw new Error('no sample');
  return sample;
}

describe('Dummy Sampler', () => {
  const given = {
    SUCCESFULL: true,
    RESPONSE_CODE: '201',
    RESPONSE_MESSAGE: 'Made',
    REQUEST_DATA: 'ask',
    RESPONSE_DATA: 'größe',
    RESPONSE_TIME: '70',
    LATENCY: '100',
    CONNECT: '5',
  };
  it('gives at once what its fields say when it does not wait', () => {
    const { user } = setUp();
    expect(take(dummySampler, user, given)).toMatchObject({
      label: 'name',
      code: '201',
      message: 'Made',
      success: true,
      samplerData: 'ask',
      text: 'größe',
      bytes: 7,
      dataType: 'text',
      encoding: undefined,
      startTime: START,
      endTime: START + 70,
      elapsed: 70,
      latency: 100,
      connectTime: 5,
      sentBytes: 0,
      url: undefined,
    });
  });
  it('measures its time when it waits', async () => {
    const sample = await taken(dummySampler, { ...given, WAITING: true, RESPONSE_TIME: '30' });
    expect([sample.startTime, sample.elapsed]).toEqual([START, 30]);
  });
  it('fails and takes no time with no keys at all', () => {
    const { user } = setUp();
    expect(take(dummySampler, user, {})).toMatchObject({ success: false, code: '', elapsed: 0, startTime: START });
  });
  it('takes times that are no numbers for 0', () => {
    const { user } = setUp();
    const sample = take(dummySampler, user, { ...given, RESPONSE_TIME: 'abc', LATENCY: ' 1', CONNECT: '1.5' });
    expect(sample).toMatchObject({ elapsed: 0, latency: 0, connectTime: 0 });
  });
  it('loses the sample when it should wait less than nothing', () => {
    const { user } = setUp();
    expect(() => take(dummySampler, user, { ...given, WAITING: true, RESPONSE_TIME: '-1' })).toThrow('timeout value');
  });
  it('never starts when its result class cannot be loaded, and is an HTTP sample for that class', () => {
    const { user } = setUp();
    expect(take(dummySampler, user, { ...given, RESULT_CLASS: 'no.such' })).toMatchObject({ startTime: 0, elapsed: 0 });
    const http = 'org.apache.jmeter.protocol.http.sampler.HTTPSampleResult';
    expect(take(dummySampler, user, { ...given, RESULT_CLASS: http })).toMatchObject({
      http: { cookies: '', queryString: '' },
      elapsed: 70,
    });
    expect(() => take(dummySampler, user, { ...given, RESULT_CLASS: 'java.lang.String' })).toThrow('cannot be cast');
  });
  it.each([
    ['http://h:81/p?q=1#f', 'http://h:81/p?q=1#f'],
    ['HTTP://Host/ x', 'http://Host/ x'],
    ['not a url', undefined],
    ['ws://h/', undefined],
    ['http://h:x/', undefined],
    ['https://u:p@h/', 'https://u:p@h/'],
    ['file:/a', 'file:/a'],
    ['http:', 'http:'],
    ['http://', 'http:'],
    ['file:///a', 'file:/a'],
    ['http://h:+5/', 'http://h:+5/'],
    ['http://h:-2/', undefined],
    ['jar:x', undefined],
    [' url:http://t/ ', 'http://t/'],
  ])('URL %j', (url, expected) => {
    expect(javaUrl(url)).toBe(expected);
  });
});

describe('Debug Sampler', () => {
  it('lists variables in order of their numbers', () => {
    const { user } = setUp();
    for (const name of ['a_10', 'a_2', 'B', 'a', 'a_02x', 'é']) user.variables.put(name, 'v');
    user.variables.put('JMeterThread.pack', 'p');
    expect(take(debugSampler, user, { displayJMeterVariables: true })).toMatchObject({
      text: 'JMeterVariables:\nB=v\nJMeterThread.pack=p\na=v\na_2=v\na_02x=v\na_10=v\né=v\n\n',
      samplerData: 'JMeterVariables\n',
      code: '200',
      message: 'OK',
      dataType: 'text',
      encoding: 'UTF-8',
    });
  });
  it('lists properties, and nothing for keys that are missing', () => {
    const { user, test } = setUp();
    test.properties.set('p', '1');
    test.properties.system.set('s', '2');
    const props = { displayJMeterProperties: true, displaySystemProperties: true };
    expect(take(debugSampler, user, props)).toMatchObject({
      text: 'JMeterProperties:\np=1\n\nSystemProperties:\ns=2\n\n',
      samplerData: 'JMeterProperties\nSystemProperties\n',
    });
    expect(take(debugSampler, user, {})).toMatchObject({ text: '', samplerData: '' });
  });
  it.each([
    ['a', 'a', 0],
    ['a1', 'a01', 0],
    ['a1', 'a1b', -1],
    ['a9', 'a10', -1],
    ['a', 'a1', -1],
    ['Z', 'a', -1],
    ['1', 'a', -1],
  ])('compares %s with %s', (a, b, expected) => {
    expect(compareKeys(a, b)).toBe(expected);
    expect(compareKeys(b, a)).toBe(expected === 0 ? 0 : -expected);
  });
});

describe('Flow Control Action', () => {
  const act = (action: number, target = 0, duration = '', over: Partial<User> = {}) => {
    const all = setUp(over);
    const result = take(testAction, all.user, {
      'ActionProcessor.action': action,
      'ActionProcessor.target': target,
      'ActionProcessor.duration': duration,
    });
    return { ...all, result };
  };
  it.each([
    [0, 0, ['stop user']],
    [2, 0, ['stop user']],
    [0, 2, ['stop user', 'stop test']],
    [2, 2, ['stop user', 'stop test now']],
    [0, 1, []],
  ])('action %d on target %d', (action, target, expected) => {
    const { calls, result } = act(action, target);
    expect([calls, result]).toEqual([expected, undefined]);
  });
  it.each([
    [3, 'nextThreadLoop'],
    [4, 'nextIteration'],
    [5, 'breakLoop'],
    [6, 'continue'],
  ])('action %d makes the loop go %s', (action, expected) => {
    expect(act(action).user.action).toBe(expected);
  });
  it('pauses', async () => {
    const { clock, result } = act(1, 0, '250');
    let over = false;
    void Promise.resolve(result).then(() => {
      over = true;
    });
    await clock.advance(249);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(over).toBe(true);
  });
  it('pauses no longer than the schedule lasts', async () => {
    const { clock, result } = act(1, 0, '5000', { endTime: START + 100 });
    await clock.advance(100);
    await expect(result).resolves.toBeUndefined();
    expect(act(1, 0, '5000', { endTime: START - 1 }).result).toBeUndefined();
  });
  it.each([
    ['', 'WARN o.a.j.s.TestAction: Duration value is empty, defaulting to 0'],
    ['5 s', "WARN o.a.j.s.TestAction: Could not parse number: '5 s'"],
  ])('does not pause for %j', (duration, line) => {
    const { result, test } = act(1, 0, duration);
    expect([result, test.log.lines]).toEqual([undefined, [line]]);
  });
  it('throws for a negative pause', () => {
    expect(() => act(1, 0, '-1')).toThrow('Configured sleep is negative:-1');
  });
});

describe('Java Request', () => {
  const JAVA_TEST = 'org.apache.jmeter.protocol.java.test.JavaTest';
  const SLEEP_TEST = 'org.apache.jmeter.protocol.java.test.SleepTest';
  const props = (classname: string, given: Record<string, string>) => ({
    classname,
    arguments: {
      'Arguments.arguments': Object.entries(given).map(([name, value]) => ({
        'Argument.name': name,
        'Argument.value': value,
      })),
    },
  });
  it('JavaTest gives what its arguments say', async () => {
    const given = {
      Sleep_Time: '0',
      ResponseCode: '500',
      ResponseMessage: 'M',
      Status: 'ok',
      SamplerData: 'ask',
      ResultData: 'é',
    };
    expect(await taken(javaSampler, props(` ${JAVA_TEST} `, given))).toMatchObject({
      label: 'name',
      code: '500',
      message: 'M',
      success: true,
      samplerData: 'ask',
      sentBytes: 3,
      bytes: 2,
      encoding: 'UTF-8',
      dataType: 'text',
      elapsed: 0,
    });
  });
  it('JavaTest has a label of its own, and can fail', async () => {
    const sample = await taken(javaSampler, props(JAVA_TEST, { Sleep_Time: '-1', Label: 'L', Status: 'no' }));
    expect(sample).toMatchObject({ label: 'L', success: false, samplerData: undefined, text: '', encoding: undefined });
  });
  it.each([
    [{}, 100 + (START % 255)],
    [{ Sleep_Time: '0x10', Sleep_Mask: '0' }, 16],
    [{ Sleep_Time: '010', Sleep_Mask: '-1' }, 8],
    [{ Sleep_Time: 'x', Sleep_Mask: '0' }, 100],
    [{ Sleep_Time: '5', Sleep_Mask: '#7' }, 5 + (START % 7)],
  ])('JavaTest with %j sleeps %d ms', async (given, ms) => {
    expect((await taken(javaSampler, props(JAVA_TEST, given))).elapsed).toBe(ms);
  });
  it('SleepTest reads its arguments once per user', async () => {
    const sample = await taken(javaSampler, props(SLEEP_TEST, { SleepTime: '20', SleepMask: '0' }));
    expect(sample).toMatchObject({
      label: 'name',
      samplerData: 'Sleep Test: time = 20',
      elapsed: 20,
      success: true,
      code: '',
    });
  });
  it('SleepTest does not sleep for a negative time', async () => {
    const sample = await taken(javaSampler, props(SLEEP_TEST, { SleepTime: '-1' }));
    expect(sample).toMatchObject({ elapsed: 0, success: true, message: '' });
  });
  it('the first argument of a name counts', async () => {
    const twice = props(JAVA_TEST, { Sleep_Time: '0', Label: 'first' });
    twice.arguments['Arguments.arguments'].push({ 'Argument.name': 'Label', 'Argument.value': 'second' });
    expect((await taken(javaSampler, twice)).label).toBe('first');
  });
  it('is an error sample for a class that is not there, and check says so', async () => {
    expect(await taken(javaSampler, props('my.Own', {}))).toMatchObject({
      label: 'ERROR: my.Own',
      text: 'Class not found: my.Own',
      success: false,
      code: '',
      startTime: 0,
    });
    const { plan } = place(javaSampler, { props: props('my.Own', {}) });
    const { compileScript, standIns, planFile } = fakeTest();
    const said = javaSampler.check?.(plan, { planFile, compileScript, standIns, property: () => undefined });
    expect(said?.[0]).toMatchObject({ severity: 'warning', text: expect.stringContaining('my.Own') });
  });
  it.each([
    ['0', 0n],
    ['-0x1F', -31n],
    ['+7', 7n],
    ['017', 15n],
    ['09', undefined],
    ['', undefined],
    ['9223372036854775808', undefined],
  ])('decodes %j', (text, expected) => {
    expect(decodeLong(text)).toBe(expected);
  });
});
