import { expect, it } from 'vitest';
import { WebSocketClient } from '../../../src/protocol/index.js';
import { realClock } from '../../kit.js';
import { accept, closedPort, connect, connected, failure, HEAD, listen, newClient, upgrading } from './server.js';

const answering = (answer: (request: string) => string, end = false): Promise<number> =>
  listen((socket) =>
    socket.once('data', (data) => {
      socket.write(answer(data.toString('latin1')));
      if (end) socket.end();
    }),
  );
const ok = (request: string): string => `Sec-WebSocket-Accept: ${accept(request)}\r\n\r\n`;

it('writes the request byte for byte', async () => {
  let sent = '';
  const port = await upgrading('', (_, request) => {
    sent = request;
  });
  const client = newClient(port, { path: '/ws?a=1' });
  const upgrade = await connect(client, {
    headers: [
      { name: 'X-B', value: 'ü' },
      { name: 'CONNECTION', value: 'mine' },
      { name: 'X-A', value: '' },
    ],
  });
  expect(sent.replace(/Key: .*/, 'Key: *')).toBe(
    `GET /ws?a=1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-B: Ã¼\r\nX-A: \r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Key: *\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  expect(upgrade.requestSize).toBe(sent.length);
  expect(upgrade.responseSize).toBe(129);
  expect(upgrade.headers.map(({ name }) => name)).toEqual(['Connection', 'Sec-WebSocket-Accept', 'Upgrade']);
  expect(client.state).toBe('CONNECTED');
});

it('refuses a header with a line break, but only once connected', async () => {
  const headers = [{ name: 'X', value: 'a\nb' }];
  const port = await upgrading();
  expect(await failure(() => connect(newClient(port), { headers }))).toBe(
    'java.lang.IllegalArgumentException: Invalid header; contains new line.',
  );
  const closed = await closedPort();
  expect(await failure(() => connect(newClient(closed), { headers }))).toMatch(/Connection refused$/);
});

const refusals: readonly [what: string, answer: (request: string) => string, message: string][] = [
  ['status', () => 'HTTP/1.1 401 No\r\n', 'Got unexpected status 401 with statusLine:HTTP/1.1 401 No'],
  [
    '503 with a body to come',
    () => 'HTTP/1.0 503\r\nContent-Length: 9',
    'Got unexpected status 503 with statusLine:HTTP/1.0 503',
  ],
  ['no HTTP', () => 'hello\r\n', 'Invalid status line'],
  ['blank line', () => '\r\n', 'Invalid status line'],
  ['short status', () => 'HTTP/1.1 10\r\n', 'Invalid status line'],
  [
    'no upgrade',
    () => 'HTTP/1.1 101 X\r\n\r\n',
    "Server response should contain 'Upgrade' header with value 'websocket'",
  ],
  [
    'keep-alive, Upgrade',
    (r) => `HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n${ok(r)}`,
    "Server response should contain 'Connection' header with value 'Upgrade'",
  ],
  ['no accept', () => `${HEAD}\r\n`, "Server response should contain 'Sec-WebSocket-Accept' header"],
  [
    'wrong accept',
    () => `${HEAD}Sec-WebSocket-Accept: x\r\n\r\n`,
    "Server response header 'Sec-WebSocket-Accept' has incorrect value.",
  ],
  [
    'accept twice',
    (r) => `${HEAD}sec-websocket-accept: ${accept(r)}\r\n${ok(r)}`,
    "Server response header 'Sec-WebSocket-Accept' has incorrect value.",
  ],
];
it.each(refusals)('refuses an answer: %s', async (_, answer, message) => {
  const client = newClient(await answering(answer));
  expect(await failure(() => connect(client))).toBe(`java.io.IOException: ${message}`);
  expect(client.state).toBe('CLOSED');
});

it('accepts any case, lines ended by LF alone, a status without reason', async () => {
  let length = 0;
  const port = await answering((r) => {
    const answer = `HTTP/1.0 101\nUPGRADE: WebSocket\nconnection: upgrade\nX:1\nx: 2\nsec-websocket-accept:${accept(r)}\n \n`;
    length = answer.length;
    return answer;
  });
  const upgrade = await connect(newClient(port));
  expect(upgrade.headers.find(({ name }) => name === 'X')?.value).toBe('1, 2');
  expect(upgrade.responseSize).toBe(length);
});

it('takes the end of the stream for the blank line, and counts it', async () => {
  const port = await answering((r) => `${HEAD}Sec-WebSocket-Accept: ${accept(r)}\r\n`, true);
  const upgrade = await connect(newClient(port));
  expect(upgrade.responseSize).toBe(128);
});

it('tells how a connection fails', async () => {
  expect(await failure(async () => connect(newClient(await closedPort())))).toBe(
    'java.net.ConnectException: Connection refused',
  );
  expect(await failure(async () => connect(newClient(80, { host: 'a b' })))).toBe('java.net.UnknownHostException: a b');
  const ends = await listen((socket) => socket.end());
  expect(await failure(() => connect(newClient(ends)))).toBe('java.io.IOException: Empty response; connection closed.');
  const resets = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()));
  expect(await failure(() => connect(newClient(resets)))).toBe('java.net.SocketException: Connection reset');
  const silent = await listen(() => {});
  expect(await failure(() => connect(newClient(silent), { readTimeout: 20 }))).toBe(
    'java.net.SocketTimeoutException: Read timed out',
  );
});

it('gives up connecting in time', async () => {
  const port = await listen(() => {});
  const client = new WebSocketClient(
    { host: '127.0.0.1', port, secure: false, path: '/', url: '' },
    {
      now: realClock.now,
      after: (_, callback) => {
        queueMicrotask(callback);
        return { cancel() {} };
      },
      connectTo: (host, to) => ({ host, port: to }),
    },
  );
  expect(await failure(() => connect(client))).toBe('java.net.SocketTimeoutException: Connect timed out');
});

it('waits for each read anew', async () => {
  const port = await listen((socket) =>
    socket.once('data', (data) => {
      const parts = `${HEAD}${ok(data.toString('latin1'))}`.match(/.{30}|.+$/gs) ?? [];
      const timer = setInterval(() => {
        const part = parts.shift();
        if (part === undefined) clearInterval(timer);
        else socket.write(part);
      }, 15);
    }),
  );
  expect((await connect(newClient(port), { readTimeout: 60 })).responseSize).toBe(129);
});

it('connects where it is told to, and says what it was told', async () => {
  let sent = '';
  const port = await upgrading('', (_, request) => {
    sent = request;
  });
  const client = new WebSocketClient(
    { host: 'example.test', port: 80, secure: false, path: '/', url: '' },
    { now: realClock.now, after: realClock.after, connectTo: () => ({ host: '127.0.0.1', port }) },
  );
  await connect(client);
  expect(sent).toContain('Host: example.test:80\r\n');
  client.dispose();
});

it('takes no host for its own machine', async () => {
  const client = await connected(await upgrading(), { host: '' });
  expect(client.connected).toBe(true);
});

it('connects again once closed, and not before', async () => {
  const client = await connected(await upgrading());
  expect(await failure(() => connect(client))).toBe(
    'java.lang.IllegalStateException: Cannot connect when state is CONNECTED',
  );
  client.dispose();
  await connect(client);
  expect(client.connected).toBe(true);
});

it('stops connecting and waiting for the upgrade when told', async () => {
  const silent = await listen(() => {});
  const waiting = newClient(silent);
  const upgrade = failure(() => connect(waiting));
  waiting.cancel();
  expect(await upgrade).toBe('java.net.SocketException: Socket closed');
  const later = newClient(silent);
  const second = failure(() => connect(later, { readTimeout: 0 }));
  setTimeout(later.cancel, 20);
  expect(await second).toBe('java.net.SocketException: Socket closed');
});
