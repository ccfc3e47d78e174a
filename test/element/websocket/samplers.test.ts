import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { closedPort, failure, listen, unmask, upgrading } from '../../protocol/websocket/server.js';
import { echo, Scene, said } from './scene.js';

const OK = ['200', 'OK', true];
const MADE = ['101', 'Switching Protocols', true];
const LATE = ['Websocket I/O error', 'WebSocket I/O error: Read timed out', false];

describe('opening', () => {
  it('says how it went, with sizes and times', async () => {
    const scene = new Scene(await echo());
    const sample = await scene.take('open');
    expect(said(sample)).toEqual(MADE);
    expect(sample.bytes).toBe(129);
    expect(sample.sentBytes).toBe(151 + `${scene.port}`.length);
    expect(sample.samplerData).toBe(`Connect URL:\nws://127.0.0.1:${scene.port}/ws\n`);
    expect(sample.responseHeaders).toMatch(/^Connection: Upgrade\nSec-WebSocket-Accept: .*\nUpgrade: websocket$/);
    expect([sample.latency, sample.dataType, sample.url, sample.requestHeaders]).toEqual([0, '', undefined, '']);
  });

  it('replaces the connection, even when the new one fails', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    const refused = await scene.take('open', { port: `${await closedPort()}` });
    expect(said(refused)).toEqual(['Websocket I/O error', 'WebSocket I/O error: Connection refused', false]);
    expect([refused.bytes, refused.sentBytes, refused.connectTime]).toEqual([0, 0, 0]);
    expect(refused.samplerData).toContain('Connect URL:');
    expect((await scene.take('write')).startTime).toBe(0);
  });

  it.each([
    ['HTTP/1.1 403 Forbidden\r\n\r\n', '403', 'Got unexpected status 403 with statusLine:HTTP/1.1 403 Forbidden'],
    ['HTTP/1.1 101 x\r\n\r\n', '', "Server response should contain 'Upgrade' header with value 'websocket'"],
    ['what?\r\n', 'Websocket I/O error', 'WebSocket I/O error: Invalid status line'],
  ])('tells what is wrong with an upgrade: %s', async (answer, code, message) => {
    const port = await listen((socket) => socket.once('data', () => socket.write(answer)));
    const sample = await new Scene(port).take('open');
    expect(said(sample)).toEqual([code, message, false]);
    expect(sample.endTime).toBeGreaterThan(0);
  });

  it.each([
    ['/a b', '/a b'],
    ['x', '/x'],
    [' x ', '/x'],
    [' ', '/'],
    ['  /ws  ', '/  /ws  '],
    [' ?a ', '/?a'],
    ['', '/'],
    ['/x#f', '/x'],
  ])('makes of the path %j %j', async (path, shown) => {
    const { samplerData } = await new Scene(1).take('open', { path });
    expect(samplerData).toBe(`Connect URL:\nws://127.0.0.1:1${shown}\n`);
  });

  it('loses the sample for a host that no URL can have', async () => {
    const scene = new Scene(1);
    expect(await failure(() => scene.take('open', { server: 'a/b' }))).toBe('java.lang.RuntimeException');
    expect(said(await scene.take('open', { server: 'a@b' }))[1]).toBe('WebSocket I/O error: a@b');
    // Names are not made ASCII as a browser would, and only a slash or a control character makes no URL.
    for (const server of ['ｌｏｃａｌｈｏｓｔ', 'a?b', 'a#b', 'a[b', '[a b'])
      expect(said(await scene.take('open', { server }))[1]).toBe(`WebSocket I/O error: ${server}`);
  });
});

describe('validation', () => {
  const cases: readonly [props: Record<string, string>, text: string][] = [
    [{ port: '0' }, "Port number '0' is not valid."],
    [{ port: '65536' }, "Port number '65536' is not valid."],
    [{ port: ' x ' }, "Port number 'x' is not a number."],
    [{ port: '' }, "Port number '' is not a number."],
    [{ connectTimeout: '0' }, "Connection timeout '0' is not valid; should between 1 and 999999"],
    [{ connectTimeout: '1000000' }, "Connection timeout '1000000' is not valid; should between 1 and 999999"],
    [{ connectTimeout: '1s' }, "Connection timeout '1s' is not a number."],
    [{ readTimeout: '-1' }, "Read timeout '-1' is not valid; should between 0 and 9999999"],
    [{ readTimeout: '10000000' }, "Read timeout '10000000' is not valid; should between 0 and 9999999"],
    [{ readTimeout: '${t}' }, "Read timeout '${t}' is not a number."],
  ];
  it.each(cases)('of %o', async (props, text) => {
    const sample = await new Scene(1).take('open', props);
    expect(said(sample)).toEqual(['Sampler error', `Sampler error: ${text}`, false]);
    expect([sample.startTime, sample.endTime, sample.elapsed]).toEqual([0, 0, 0]);
  });

  it('looks only at what is used; the rest loses the sample', async () => {
    const scene = new Scene(1);
    expect(said(await scene.take('read', { port: 'x' }))[1]).toMatch(/there is no connection$/);
    expect(await failure(() => scene.take('read', { connectTimeout: 'x' }))).toBe(
      'java.lang.NumberFormatException: For input string: "x"',
    );
    expect(await failure(() => scene.take('write', { readTimeout: 'x' }))).toMatch(/^java.lang.NumberFormatException/);
    expect(said(await scene.take('write', { createNewConnection: true, port: 'x' }))[1]).toMatch(/Port number/);
    expect(said(await scene.take('request', { createNewConnection: true, port: 'x' }))[1]).toMatch(/Port number/);
    expect(said(await scene.take('close', { readTimeout: 'x' }))[1]).toMatch(/Read timeout/);
    expect(said(await scene.take('ping', { readTimeout: 'x' }))[1]).toMatch(/Read timeout/);
  });
});

it('says so without a connection', async () => {
  const scene = new Scene(1);
  const none = 'Sampler configured for using existing connection, but there is no connection';
  const samples: Sample[] = [];
  for (const kind of ['read', 'write', 'request', 'ping', 'close'] as const) samples.push(await scene.take(kind));
  expect(samples.map(said)).toEqual([
    ['Sampler error', none, false],
    ['Sampler error', none, false],
    ['Sampler error', none, false],
    ['Sampler error', 'Sampler must use existing connection, but there is no connection', false],
    ['', 'No connection; nothing to close.', false],
  ]);
  expect(samples.map(({ startTime }) => startTime)).toEqual([0, 0, 0, 0, 0]);
  expect(samples.at(-1)?.samplerData).toBe('No request sent.');
});

describe('request and response', () => {
  it('counts its frames on an existing connection', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    const sample = await scene.take('request', { requestData: 'hellö' });
    expect(said(sample)).toEqual(OK);
    expect([sample.bytes, sample.headersSize, sample.body, sample.sentBytes]).toEqual([8, 2, 6, 12]);
    expect([sample.text, sample.dataType, sample.encoding, sample.connectTime]).toEqual(['hellö', 'text', 'UTF-8', 0]);
    expect(sample.samplerData).toBe(
      `Connect URL:\nws://127.0.0.1:${scene.port}/ws\n(using existing connection)\n\nRequest data:\nhellö\n`,
    );
    expect(scene.user.variables.get('websocket.last_frame_final')).toBe('true');
  });

  it('makes a connection by default, and counts only the frame as sent', async () => {
    const scene = new Scene(await echo());
    const sample = await scene.take('request', { createNewConnection: true, requestData: 'abc' });
    expect(said(sample)).toEqual(MADE);
    expect([sample.bytes, sample.sentBytes]).toEqual([129 + 5, 9]);
    expect(said(await scene.take('request'))).toEqual(OK);
  });

  it('wants the kind that it sent', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    const other = await scene.take('request', { requestData: 'binary' });
    expect(said(other)).toEqual([
      'Sampler error: unexpected frame type (binary).',
      'Received: Binary frame, payload (length 2): 0x00 0xff',
      false,
    ]);
    expect([other.bytes, other.sentBytes, other.text]).toEqual([0, 12, '']);
    const bytes = await scene.take('request', { payloadType: 'Binary', requestData: '0xCA fe 1' });
    expect([bytes.data.toString('hex'), bytes.dataType]).toEqual(['cafe01', 'bin']);
    expect(said(await scene.take('request', { payloadType: 'Foo', requestData: 'x' }))).toEqual(OK);
    expect((await scene.take('request', { payloadType: '', binaryPayload: true, requestData: '01' })).dataType).toBe(
      'text',
    );
    // The older flag counts only without a payload type.
    expect((await scene.take('request', { binaryPayload: true, requestData: '0x01' })).dataType).toBe('bin');
    expect((await scene.take('request', { payloadType: 'Text', binaryPayload: true, requestData: 'x' })).dataType).toBe(
      'text',
    );
  });

  it('sends what bytes and STOMP need', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    const bad = await scene.take('request', { payloadType: 'Binary', requestData: 'xyz' });
    expect(said(bad)).toEqual(['Sampler Error', 'Request data is not binary: xyz', false]);
    expect(bad.samplerData).not.toContain('Request data');
    const stomp = await scene.take('request', { payloadType: 'TextStomp', requestData: 'CONNECT^@' });
    expect(stomp.text).toBe('CONNECT\0');
    expect(stomp.samplerData).toContain('CONNECT\0');
  });

  it('keeps the connection after a timeout, answers then are late', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    const late = await scene.take('request', { requestData: 'silent', readTimeout: '15' });
    expect(said(late)).toEqual(LATE);
    expect([late.bytes, late.sentBytes]).toEqual([0, 12]);
    expect(said(await scene.take('request', { requestData: 'x' }))).toEqual(OK);
  });

  it('reads payloads from files of the folder the run was started in', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ws-'));
    fs.writeFileSync(path.join(folder, 'a.bin'), Buffer.alloc(102, 1));
    const test = fakeTest({ workingDirectory: folder });
    const scene = new Scene(await echo(), { test });
    await scene.take('open');
    const file = (name: string, payloadType = 'Text') =>
      scene.take('request', { loadDataFromFile: true, dataFile: name, payloadType });
    expect((await file('a.bin')).text).toBe('\x01'.repeat(102));
    const bytes = await file('a.bin', 'Binary');
    expect(bytes.data.length).toBe(102);
    expect(bytes.samplerData).toContain(`Request data:\n${'0x01 '.repeat(99)}0x01...\n`);
    expect(said(await file('none'))).toEqual([
      'Sampler Error',
      "Request data cannot be loaded, file 'none' not found",
      false,
    ]);
    expect(said(await file(''))).toEqual(['Websocket I/O error', 'WebSocket I/O error: Is a directory', false]);
    fs.rmSync(folder, { recursive: true });
  });
});

describe('single write and read', () => {
  it('count what they send and receive', async () => {
    const scene = new Scene(await echo());
    const write = await scene.take('write', { createNewConnection: true, requestData: 'ab' });
    expect(said(write)).toEqual(MADE);
    expect([write.bytes, write.sentBytes]).toEqual([129, 8]);
    const read = await scene.take('read', { dataType: 'Any' });
    expect([read.bytes, read.sentBytes, read.text]).toEqual([4, 0, 'ab']);
  });

  it.each([
    [{}, '200'],
    [{ dataType: 'Text' }, '200'],
    [{ dataType: 'Any' }, '200'],
    [{ dataType: 'Binary' }, 'Sampler error: unexpected frame type (text).'],
    [{ binaryPayload: true }, 'Sampler error: unexpected frame type (text).'],
    [{ dataType: 'Foo' }, 'Sampler error'],
  ])('read data type %o', async (props, code) => {
    const scene = new Scene(await upgrading('8101 61'));
    await scene.take('open');
    const sample = await scene.take('read', props);
    expect(sample.code).toBe(code);
    if (code === 'Sampler error')
      expect(sample.message).toBe(
        'Sampler error: java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.wssampler.SingleReadWebSocketSampler.DataType.Foo',
      );
  });

  it('may find nothing', async () => {
    const scene = new Scene(await upgrading());
    const sample = await scene.take('read', { createNewConnection: true, optional: true, readTimeout: '15' });
    expect(said(sample)).toEqual(['No response', 'Read timeout, no response received.', true]);
    expect(sample.responseHeaders).toContain('Upgrade');
    expect(scene.user.variables.get('websocket.last_frame_final')).toBeUndefined();
  });

  it('shows fragments as they come', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    await scene.take('write', { requestData: 'frag' });
    expect((await scene.take('read')).text).toBe('a');
    expect(scene.user.variables.get('websocket.last_frame_final')).toBe('false');
    expect((await scene.take('read')).text).toBe('b');
    expect(scene.user.variables.get('websocket.last_frame_final')).toBe('true');
  });

  it('describes frames nobody waited for', async () => {
    const long = 'ab'.repeat(17);
    const scene = new Scene(await upgrading(`8900 8a0178 8200 8211${long} 0101 61 8001 62`));
    await scene.take('open');
    const messages = [];
    for (let i = 0; i < 6; i++)
      messages.push((await scene.take('read', { dataType: i < 4 ? 'Text' : 'Binary' })).message);
    expect(messages).toEqual([
      'Received: Ping frame with no application data',
      "Received: Pong frame with application data 'x'",
      'Received: Binary frame, empty payload',
      `Received: Binary frame, payload (length 17): ${'0xab '.repeat(16).trim()} ...`,
      "Received: Text frame with text 'a'",
      "Received: Text frame with text 'b'",
    ]);
  });
});

describe('ping and pong', () => {
  it('waits for the pong, or for nothing', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    const ping = await scene.take('ping');
    expect([said(ping), ping.bytes, ping.sentBytes]).toEqual([OK, 2, 6]);
    const pong = await scene.take('ping', { type: 'Pong' });
    expect([said(pong), pong.bytes, pong.sentBytes]).toEqual([OK, 0, 6]);
    expect((await scene.take('ping', { type: 'Foo' })).message).toBe(
      'Sampler error: java.lang.IllegalArgumentException: No enum constant eu.luminis.jmeter.wssampler.PingPongSampler.Type.Foo',
    );
    await scene.take('write', { requestData: 'x' });
    expect(said(await scene.take('ping'))).toEqual([
      'Sampler error: unexpected frame type (text).',
      "Received: Text frame with text 'x'",
      false,
    ]);
  });
});

describe('closing', () => {
  it('says the status and reason of the answer', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    const sample = await scene.take('close', { statusCode: '4000' });
    expect(said(sample)).toEqual(['4000', "Connection closed; close reason: 'sampler requested close'.", true]);
    expect([sample.text, sample.dataType, sample.bytes, sample.sentBytes]).toEqual([
      '4000: sampler requested close',
      'text',
      27,
      31,
    ]);
    expect(sample.samplerData).toBe(
      "Requested connection close with status 4000 and reason 'sampler requested close'.",
    );
    expect((await scene.take('close')).message).toBe('No connection; nothing to close.');
  });

  it('takes an answer without status', async () => {
    const scene = new Scene(await upgrading('8800'));
    await scene.take('open');
    const sample = await scene.take('close');
    expect([said(sample), sample.text]).toEqual([['', 'Connection closed.', true], '']);
  });

  it('is not ended by another frame, and the connection is gone', async () => {
    const scene = new Scene(await upgrading('8101 61'));
    await scene.take('open');
    const sample = await scene.take('close');
    expect(said(sample)).toEqual([
      'WebSocket error: unsuccesful close.',
      "WebSocket error: received not a close frame, but Text frame with text 'a'",
      false,
    ]);
    expect([sample.elapsed, sample.endTime]).toEqual([0, 0]);
    expect((await scene.take('close')).message).toBe('No connection; nothing to close.');
  });

  it('wants a number, untrimmed, and stays connected', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    expect(said(await scene.take('close', { statusCode: ' 1000' }))).toEqual([
      'Sampler error',
      'Sampler error: java.lang.NumberFormatException: For input string: " 1000"',
      false,
    ]);
    expect(said(await scene.take('request', { requestData: 'x' }))).toEqual(OK);
  });

  it('by the server is a frame like others, and ends the connection', async () => {
    const scene = new Scene(await echo());
    await scene.take('open');
    expect(said(await scene.take('request', { requestData: 'close:1001:bye' }))).toEqual([
      'Sampler error: unexpected frame type (close).',
      "Received: Close frame with status code 1001 and close reason 'bye'",
      false,
    ]);
    expect((await scene.take('close')).message).toBe('No connection; nothing to close.');
  });

  it('by the server in the connecting sample is met by the next one', async () => {
    const scene = new Scene(await upgrading('8802 03e8'));
    expect((await scene.take('read', { createNewConnection: true })).code).toMatch(/close/);
    expect(said(await scene.take('request'))).toEqual([
      'Sampler error',
      'Sampler error: java.lang.IllegalStateException: Cannot connect when state is CLOSED_SERVER',
      false,
    ]);
    expect((await scene.take('request')).message).toMatch(/no connection/);
  });
});

describe('the end of a thread', () => {
  const ending = async (policy: string | undefined): Promise<{ sent: string[]; ended: boolean }> => {
    const received: Buffer[] = [];
    let ended = false;
    const port = await upgrading('', (socket) => {
      socket.on('data', (data) => received.push(data));
      socket.on('end', () => {
        ended = true;
      });
    });
    const scene = new Scene(port);
    if (policy) scene.user.test.properties.set('websocket.thread.stop.policy', policy);
    await scene.take('open');
    scene.end();
    await new Promise((resolve) => setTimeout(resolve, 25));
    const sent = unmask(Buffer.concat(received)).map(({ first, payload }) => `${first} ${payload.toString('latin1')}`);
    return { sent, ended };
  };

  it.each([
    [undefined, [], false],
    ['nonsense', [], false],
    [' tcpCLOSE ', [], true],
    ['wsClose', ['136 \x03\xe8test thread finished'], true],
  ])('by policy %s', async (policy, sent, ended) => {
    expect(await ending(policy)).toEqual({ sent, ended });
  });
});

it('stops waiting when the run stops now', async () => {
  const scene = new Scene(await upgrading());
  await scene.take('open');
  const waiting = scene.take('read', { readTimeout: '0' });
  scene.user.onInterrupt?.();
  expect(said(await waiting)).toEqual(['Websocket I/O error', 'WebSocket I/O error: Socket closed', false]);
});

it('goes through the proxy of the system properties, except for some hosts', async () => {
  const asked: string[] = [];
  const port = await listen((socket) =>
    socket.once('data', (data) => {
      asked.push(data.toString());
      socket.end('HTTP/1.1 407 x\r\n\r\n');
    }),
  );
  const test = fakeTest();
  test.properties.system.set('http.proxyHost', '127.0.0.1');
  test.properties.system.set('http.proxyPort', `${port}`);
  test.properties.system.set('http.nonProxyHosts', 'localhost|*.test');
  test.properties.set('http.proxyUser', 'u');
  test.properties.set('http.proxyPass', 'p');
  const scene = new Scene(9, { test });
  expect(said(await scene.take('open', { server: 'far.example' }))).toEqual([
    '407',
    'Connecting proxy failed with status code 407',
    false,
  ]);
  expect(asked).toEqual([
    'CONNECT far.example:9 HTTP/1.1\r\nHost: far.example\r\nProxy-Authorization: Basic dTpw\r\n\r\n',
  ]);
  const direct = new Scene(9, { test: { ...test, connectTo: () => ({ host: '127.0.0.1', port: 1 }) } });
  expect((await direct.take('open', { server: 'a.test' })).message).toBe('WebSocket I/O error: Connection refused');
  expect((await direct.take('open', { server: 'localhost' })).message).toBe('WebSocket I/O error: Connection refused');
});

it('connects with TLS', async () => {
  const scene = new Scene(await upgrading('', () => {}, true), fakeUser());
  const sample = await scene.take('open', { TLS: true });
  expect(said(sample)).toEqual(MADE);
  expect(sample.samplerData).toContain('wss://127.0.0.1:');
});
