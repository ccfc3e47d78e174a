import net from 'node:net';
import { expect, it } from 'vitest';
import { closedPort, connect, connected, failure, listen, newClient, read, upgrading } from './server.js';

const echoing = (secure: boolean, seen: string[] = []): Promise<number> =>
  upgrading(
    '',
    (socket, request) => {
      seen.push(request);
      socket.on('data', () => socket.write(Buffer.from('8104706f6e67', 'hex')));
    },
    secure,
  );

const proxyServer = (seen: string[], answer = 'HTTP/1.1 200 OK\r\nX: y\r\n\r\n'): Promise<number> =>
  listen((socket) =>
    socket.once('data', (data) => {
      seen.push(data.toString());
      const port = Number(/CONNECT [^:]*:(\d+)/.exec(data.toString())?.[1]);
      if (!answer.includes(' 200 ')) return void socket.end(answer);
      const to = net.connect(port, '127.0.0.1', () => {
        socket.write(answer);
        socket.pipe(to);
        to.pipe(socket);
      });
      to.on('error', () => socket.end());
    }),
  );
const proxy = (port: number, user?: string, password?: string) => ({ host: '127.0.0.1', port, user, password });

it('speaks TLS and checks no certificate', async () => {
  const client = await connected(await echoing(true), { secure: true, host: 'localhost' });
  await client.send('ping');
  expect(await read(client, 1000)).toMatchObject({ text: 'pong' });
  client.dispose();
});

it('says what the Java client says of a failed TLS handshake', async () => {
  const closed = 'java.net.SocketException: Socket is closed';
  const plain = await listen((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect(await failure(() => connect(newClient(plain, { secure: true })))).toBe(closed);
  const ends = await listen((socket) => socket.end());
  expect(await failure(() => connect(newClient(ends, { secure: true })))).toBe(closed);
  const alert = await listen((socket) => socket.once('data', () => socket.write(Buffer.from('15030300020228', 'hex'))));
  expect(await failure(() => connect(newClient(alert, { secure: true })))).toBe(closed);
  const silent = await listen(() => {});
  expect(await failure(() => connect(newClient(silent, { secure: true }), { readTimeout: 15 }))).toBe(
    'java.net.SocketTimeoutException: Read timed out',
  );
});

it('stops a TLS handshake when told', async () => {
  const client = newClient(await listen((socket) => socket.once('data', () => client.cancel())), { secure: true });
  expect(await failure(() => connect(client))).toBe('java.net.SocketException: Socket closed');
});

it('goes through a proxy, also with TLS', async () => {
  const asked: string[] = [];
  const requests: string[] = [];
  const through = await proxyServer(asked);
  const port = await echoing(false, requests);
  const plain = await connected(port, { proxy: proxy(through, 'me', 'secret') });
  await plain.send('ping');
  expect(await read(plain, 1000)).toMatchObject({ text: 'pong' });
  expect(asked[0]).toBe(
    `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n\r\n`,
  );
  // The whole URL, although it goes through the tunnel.
  expect(requests[0]).toContain(`GET http://127.0.0.1:${port}/ws HTTP/1.1\r\n`);

  const secured = await echoing(true);
  const tls = await connected(secured, { secure: true, proxy: proxy(through) });
  await tls.send('ping');
  expect(await read(tls, 1000)).toMatchObject({ text: 'pong' });
  expect(asked[1]).toBe(`CONNECT 127.0.0.1:${secured} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
});

it('tells what the proxy said', async () => {
  const asking = async (port: number): Promise<string> => failure(() => connect(newClient(9), { proxy: proxy(port) }));
  expect(await asking(await proxyServer([], 'HTTP/1.1 407 No\r\n\r\n'))).toBe(
    'java.io.IOException: Connecting proxy failed with status code 407',
  );
  expect(await asking(await proxyServer([], 'what?\r\n\r\n'))).toBe('java.io.IOException: Invalid status line');
  expect(await asking(await closedPort())).toBe(
    'java.net.ConnectException: Proxy connection setup error: Connection refused',
  );
  expect(await asking(await listen((socket) => socket.end()))).toBe(
    'java.lang.NullPointerException: Cannot invoke "java.lang.CharSequence.length()" because "this.text" is null',
  );
});
