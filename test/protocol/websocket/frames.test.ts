import { describe, expect, it } from 'vitest';
import { WebSocketClient } from '../../../src/protocol/index.js';
import { connect, connected, failure, read, unmask, upgrading } from './server.js';

const LATE = 'java.net.SocketTimeoutException: Read timed out';

describe('reading', () => {
  it('gives frames one by one, also those that came with the handshake', async () => {
    const client = await connected(await upgrading('8103 6f6e65 8202 0102 8901 70 8a00'));
    const text = await read(client, 100);
    expect(text).toMatchObject({ kind: 'text', text: 'one', size: 5, payloadSize: 3, final: true });
    expect(await read(client, 100)).toMatchObject({ kind: 'binary', data: Buffer.from([1, 2]), size: 4 });
    expect(await read(client, 100)).toMatchObject({ kind: 'ping', data: Buffer.from('p') });
    expect(await read(client, 100)).toMatchObject({ kind: 'pong', size: 2, payloadSize: 0 });
    expect(await failure(() => read(client, 10))).toBe(LATE);
  });

  it('knows fragments', async () => {
    const client = await connected(await upgrading('0101 61 8901 70 0001 62 8001 63 0201 01 8001 02'));
    const frames = [];
    for (let i = 0; i < 6; i++) frames.push(await read(client, 100));
    expect(frames.map(({ kind, final, continuation }) => [kind, final, continuation])).toEqual([
      ['text', false, false],
      ['ping', true, false],
      ['text', false, true],
      ['text', true, true],
      ['binary', false, false],
      ['binary', true, true],
    ]);
  });

  it('complains about broken messages and goes on behind them', async () => {
    const client = await connected(await upgrading('8301 78 8001 78 0101 61 8101 62 8001 63 8101 64'));
    expect(await failure(() => read(client, 100))).toBe('java.lang.RuntimeException: unsupported frame type: 3');
    expect(await failure(() => read(client, 100))).toBe('java.net.ProtocolException: no continuation frame expected');
    expect(await read(client, 100)).toMatchObject({ text: 'a' });
    expect(await failure(() => read(client, 100))).toBe('java.net.ProtocolException: missing continuation frame');
    expect(await read(client, 100)).toMatchObject({ text: 'c', continuation: true });
    expect(await read(client, 100)).toMatchObject({ text: 'd' });
  });

  it.each(['817f 00000001 00000000', '817f 00000000 80000000'])('skips a header that is too large: %s', async (hex) => {
    const client = await connected(await upgrading(`${hex} 8103 616263`));
    expect(await failure(() => read(client, 100))).toBe(
      'java.lang.RuntimeException: Frame too large; Java does not support arrays longer than 2147483647 bytes.',
    );
    expect(await read(client, 100)).toMatchObject({ text: 'abc' });
  });

  it('does not believe in a huge frame before it comes', async () => {
    const client = await connected(await upgrading('817f 00000000 7fffffff 616263'));
    expect(await failure(() => read(client, 20))).toBe(LATE);
  });

  it('replaces bad UTF-8, ignores masks and reserved bits of control frames', async () => {
    const client = await connected(await upgrading('8104 61fffe62 c900'));
    expect(await read(client, 100)).toMatchObject({ text: 'a\ufffd\ufffdb', payloadSize: 4 });
    expect(await read(client, 100)).toMatchObject({ kind: 'ping' });
  });

  it('rewinds to the start of a frame that stays incomplete', async () => {
    let more = (): void => {};
    const port = await upgrading('8105 6162', (socket) => {
      more = () => void socket.write('cde');
    });
    const client = await connected(port);
    expect(await failure(() => read(client, 10))).toBe(LATE);
    const waiting = read(client, 1000);
    more();
    expect(await waiting).toMatchObject({ text: 'abcde' });
  });

  it('puts a long frame together from many reads', async () => {
    const data = Buffer.alloc(300_000, 'x');
    const head = Buffer.from('827f00000000000493e0', 'hex');
    const client = await connected(await upgrading('', (socket) => void socket.write(Buffer.concat([head, data]))));
    const frame = await read(client, 1000);
    expect(frame.size).toBe(300_010);
    expect(frame.data.equals(data)).toBe(true);
  });

  it('keeps what comes while nobody reads, and reads on after a pause', async () => {
    const one = Buffer.concat([Buffer.from('827e7530', 'hex'), Buffer.alloc(30_000)]);
    const client = await connected(
      await upgrading('', (socket) => void socket.write(Buffer.concat(Array.from({ length: 40 }, () => one)))),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    for (let i = 0; i < 40; i++) expect((await read(client, 1000)).size).toBe(30_004);
  });
});

describe('the end of the stream', () => {
  const ending = async (hex: string): Promise<string[]> => {
    const client = await connected(await upgrading(hex, (socket) => void socket.end()));
    return [await failure(() => read(client, 1000)), await failure(() => read(client, 1000))];
  };
  const END = 'java.io.IOException: end of stream';

  it.each([
    ['', END],
    ['81', END],
    ['817e 00', END],
    [
      '817f 000000',
      'java.io.IOException: WebSocket protocol error: expected 8 length bytes, but can only read 3 bytes',
    ],
    [
      '8105 616263',
      'java.io.IOException: WebSocket protocol error: expected payload of length 5, but can only read 3 bytes',
    ],
  ])('after %s', async (hex, message) => {
    expect(await ending(hex)).toEqual([message, END]);
  });

  it('is told apart from a reset', async () => {
    const client = await connected(
      await upgrading('8105 61', (socket) => setTimeout(() => socket.resetAndDestroy(), 10)),
    );
    const reset = 'java.net.SocketException: Connection reset';
    expect(await failure(() => read(client, 1000))).toBe(reset);
    expect(await failure(() => client.send('x'))).toBe('java.net.SocketException: Broken pipe');
    expect(await failure(() => read(client, 1000))).toBe(reset);
  });

  it('tells a reset once to who writes first', async () => {
    const client = await connected(await upgrading('', (socket) => setTimeout(() => socket.resetAndDestroy(), 5)));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await failure(() => client.send('x'))).toBe('java.net.SocketException: Connection reset by peer');
    expect(await failure(() => client.send('x'))).toBe('java.net.SocketException: Broken pipe');
    expect(await failure(() => read(client, 1000))).toBe('java.io.IOException: end of stream');
  });

  it('does not stop writing', async () => {
    const client = await connected(await upgrading('', (socket) => void socket.end()));
    expect(await failure(() => read(client, 1000))).toBe('java.io.IOException: end of stream');
    expect(await client.send('x')).toBe(7);
    expect(client.state).toBe('CONNECTED');
  });
});

describe('writing', () => {
  it.each([0, 125, 126, 65535, 65536])('masks %i bytes in one frame', async (length) => {
    const received: Buffer[] = [];
    let all = (): void => {};
    const done = new Promise<void>((resolve) => {
      all = resolve;
    });
    const size = length + (length < 126 ? 6 : length < 65536 ? 8 : 14);
    const port = await upgrading('', (socket) =>
      socket.on('data', (data) => {
        received.push(data);
        if (Buffer.concat(received).length >= size) all();
      }),
    );
    const client = await connected(port);
    expect(await client.send('y'.repeat(length))).toBe(size);
    await done;
    const [frame] = unmask(Buffer.concat(received));
    expect(frame).toMatchObject({ first: 0x81, size });
    expect(frame?.payload.toString()).toBe('y'.repeat(length));
  });

  it('counts bytes, not letters, and sends every kind', async () => {
    const received: Buffer[] = [];
    const client = await connected(await upgrading('', (socket) => socket.on('data', (data) => received.push(data))));
    expect(await client.send('ü€')).toBe(11);
    expect(await client.send(Buffer.from([1]))).toBe(7);
    expect(await client.ping(Buffer.alloc(0))).toBe(6);
    expect(await client.pong(Buffer.from('ab'))).toBe(8);
    expect(await client.sendClose(99_999, 'bye')).toBe(11);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unmask(Buffer.concat(received)).map(({ first, payload }) => [first, payload.toString('hex')])).toEqual([
      [0x81, 'c3bce282ac'],
      [0x82, '01'],
      [0x89, ''],
      [0x8a, '6162'],
      [0x88, '869f627965'],
    ]);
  });

  it('waits for a server that is slow to take it', async () => {
    let drain = (): void => {};
    const port = await upgrading('', (socket) => {
      socket.pause();
      drain = () => void socket.resume();
    });
    const client = await connected(port);
    expect(client.send('x'.repeat(20_000_000))).toBe(20_000_014);
    const drained = client.drained();
    expect(drained).toBeInstanceOf(Promise);
    drain();
    await drained;
    expect(client.drained()).toBeUndefined();
  });
});

it('stops writing when told', async () => {
  const client = await connected(await upgrading('', (socket) => void socket.pause()));
  client.send('x'.repeat(20_000_000));
  const sent = failure(() => client.drained());
  client.cancel();
  expect(await sent).toBe('java.net.SocketException: Socket closed');
});

it('notices that the server goes while it writes', async () => {
  const port = await upgrading('', (socket) => {
    socket.pause();
    setTimeout(() => socket.resetAndDestroy(), 15);
  });
  const client = await connected(port);
  client.send('x'.repeat(20_000_000));
  expect(await failure(() => client.drained())).toBe('java.net.SocketException: Connection reset by peer');
});

describe('states', () => {
  const illegal = (text: string): string => `java.lang.IllegalStateException: ${text}`;

  it('ends by the server, then by us', async () => {
    const client = await connected(await upgrading('8802 03e8'));
    expect(await read(client, 100)).toMatchObject({ kind: 'close', status: 1000, reason: undefined });
    expect(client.state).toBe('CLOSED_SERVER');
    expect(await failure(() => read(client, 1))).toBe(illegal('Cannot receive data frame when state is CLOSED_SERVER'));
    expect(await failure(() => client.send('x'))).toBe(illegal('Cannot send data frame when state is CLOSED_SERVER'));
    expect(await failure(() => client.ping(Buffer.alloc(0)))).toBe(
      illegal('Cannot send ping frame when state is CLOSED_SERVER'),
    );
    expect(await failure(() => client.pong(Buffer.alloc(0)))).toBe(
      illegal('Cannot send pong frame when state is CLOSED_SERVER'),
    );
    await client.sendClose(1000, '');
    expect(client.state).toBe('CLOSED');
    expect(await failure(() => client.sendClose(1000, ''))).toBe(illegal('Cannot close when state is CLOSED'));
  });

  it('ends by us, then by the server', async () => {
    const port = await upgrading('', (socket) =>
      socket.once('data', () => socket.write(Buffer.from('8101788805ffff627965', 'hex'))),
    );
    const client = await connected(port);
    await client.sendClose(1000, '');
    expect(client.state).toBe('CLOSED_CLIENT');
    expect(await read(client, 100)).toMatchObject({ text: 'x' });
    // The status is read as Java reads two signed bytes.
    expect(await read(client, 100)).toMatchObject({ status: -1, reason: 'bye' });
    expect(client.state).toBe('CLOSED');
  });

  it('takes a close without status', async () => {
    const client = await connected(await upgrading('8800'));
    expect(await read(client, 100)).toMatchObject({ kind: 'close', status: undefined, reason: undefined });
  });

  it('stops waiting when told', async () => {
    const client = await connected(await upgrading());
    const waiting = failure(() => read(client, 0));
    client.cancel();
    expect(await waiting).toBe('java.net.SocketException: Socket closed');
    expect(client.state).toBe('CONNECTED');
  });
});

it('keeps one alarm for read after read', async () => {
  let now = 0;
  const set: number[] = [];
  let ring = (): void => {};
  const port = await upgrading(
    '',
    (socket) => void socket.on('data', () => socket.write(Buffer.from('810161', 'hex'))),
  );
  const client = new WebSocketClient(
    { host: '127.0.0.1', port, secure: false, path: '/', url: '' },
    {
      now: () => now,
      after(ms, callback) {
        set.push(ms);
        ring = callback;
        return { cancel() {} };
      },
      connectTo: (host, to) => ({ host, port: to }),
    },
  );
  await connect(client, { readTimeout: 500 });
  set.length = 0;
  for (now = 0; now < 500; now += 100) {
    client.send('x');
    expect(await read(client, 500)).toMatchObject({ text: 'a' });
  }
  expect(set).toEqual([]);
  const waiting = failure(() => read(client, 500));
  ring();
  expect(set).toEqual([500]);
  now += 500;
  ring();
  expect(await waiting).toBe(LATE);
  client.dispose();
});
