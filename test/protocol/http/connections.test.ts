import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HttpClient, RequestHeaders } from '../../../src/protocol/index.js';
import { answering, closedPort, failureOf, listen, newClient, request, send } from './server.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const twice = async (answer: string, over = {}, settings = {}) => {
  const served = await answering([answer, OK]);
  const client = newClient(settings);
  const asked = request(`http://127.0.0.1:${served.port}/`, over);
  await send(client, asked);
  await send(client, asked);
  return served.connections;
};

describe('a connection', () => {
  it.each([
    ['again', OK, 1],
    ['not when the server closes', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok', 2],
    ['not in HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok', 2],
    [
      'again in HTTP/1.0 when it says so',
      'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok',
      1,
    ],
    ['not after 204 with a length', 'HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\n', 2],
    ['not with two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok', 2],
    [
      'again when the server names a time of zero',
      'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\nContent-Length: 2\r\n\r\nok',
      1,
    ],
  ])('is used %s', async (_, answer, connections) => {
    expect(await twice(answer)).toBe(connections);
  });

  it('is not used again when the request closes it', async () => {
    const headers = new RequestHeaders([{ name: 'Connection', value: 'close' }]);
    expect(await twice(OK, { headers })).toBe(2);
  });

  it('is found among those to other servers, and the last one that was used first', async () => {
    const servers = [await answering([OK]), await answering([OK]), await answering([OK])];
    const client = newClient();
    const ask = (i: number) => send(client, request(`http://127.0.0.1:${servers[i]?.port}/`));
    for (const i of [0, 1, 2, 0, 1, 1, 2, 0]) await ask(i);
    expect(servers.map(({ connections }) => connections)).toEqual([1, 1, 1]);
    await Promise.all([ask(1), ask(1)]);
    client.pool.close();
    await ask(1);
    expect(servers.map(({ connections }) => connections)).toEqual([1, 3, 1]);
  });

  it('is not used longer than it may live', async () => {
    expect(await twice(OK, {}, { timeToLive: 1, validateAfter: 0 })).toBeLessThan(3);
  });

  it('that the server has closed meanwhile fails, unless it is tried again or looked at', async () => {
    const closing = async (settings: object) => {
      let first = true;
      const port = await listen((socket) =>
        socket.on('data', () => {
          socket.write(OK);
          if (first) socket.end();
          first = false;
        }),
      );
      const client = newClient(settings);
      await send(client, request(`http://127.0.0.1:${port}/`));
      await new Promise((resolve) => setTimeout(resolve, 5));
      return failureOf(client, request(`http://127.0.0.1:${port}/`));
    };
    expect(await closing({})).toMatch('NoHttpResponseException');
    expect(await closing({ retries: 1 })).toBe("not Java's: status 200");
    expect(await closing({ validateAfter: 1 })).toBe("not Java's: status 200");
  });

  it('is not tried again for what is not idempotent', async () => {
    const { port } = await answering(['END', OK]);
    const entity = { content: 'x', contentType: undefined };
    const post = request(`http://127.0.0.1:${port}/`, { method: 'POST', entity });
    expect(await failureOf(newClient({ retries: 1 }), post)).toMatch('NoHttpResponseException');
    const again = await answering(['END', OK]);
    const repost = request(`http://127.0.0.1:${again.port}/`, { method: 'POST', entity });
    expect((await send(newClient({ retries: 1, retrySent: true }), repost)).body).toBe('ok');
  });
});

describe('what fails before the request', () => {
  it('is worded by HttpClient', async () => {
    const port = await closedPort();
    expect(await failureOf(newClient(), request(`http://localhost:${port}/`))).toMatch(
      /^org\.apache\.http\.conn\.HttpHostConnectException: Connect to localhost:\d+ \[localhost\/127\.0\.0\.1.*\] failed: Connection refused$/,
    );
    const client = newClient();
    expect(await failureOf(client, request('http://a..b/'))).toBe(
      'java.net.UnknownHostException: a..b: Name or service not known',
    );
    // Java remembers for a while, and then names only the host.
    expect(await failureOf(client, request('http://a..b/'))).toBe('java.net.UnknownHostException: a..b');
  });

  it.each([
    ['127.0.0.1', '/127.0.0.1'],
    ['[::1]', '/0:0:0:0:0:0:0:1'],
  ])('tells the address %s as Java does', async (host, told) => {
    const failure = await failureOf(newClient(), request(`http://${host}:${await closedPort()}/`));
    expect(failure).toContain(` [${told}] failed: `);
  });

  it('is a time-out of the connect when TLS gets no answer', async () => {
    const port = await listen(() => {});
    const failure = await failureOf(newClient(), request(`https://127.0.0.1:${port}/`, { connectTimeout: 20 }));
    expect(failure).toMatch(/ConnectTimeoutException: Connect to .* failed: Read timed out$/);
  });

  it('is told of TLS in the words of Java', async () => {
    const plain = await answering(['HTTP/1.1 400 Bad\r\n\r\nEND']);
    expect(await failureOf(newClient(), request(`https://127.0.0.1:${plain.port}/`))).toBe(
      'javax.net.ssl.SSLException: Unsupported or unrecognized SSL message',
    );
    const closes = await listen((socket) => socket.end());
    expect(await failureOf(newClient(), request(`https://127.0.0.1:${closes}/`))).toBe(
      'javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake',
    );
  });

  it('ends at once when told', async () => {
    const port = await listen(() => {});
    const outcome = send(newClient(), request(`http://127.0.0.1:${port}/`), (call) =>
      setTimeout(() => call.cancel(), 5),
    );
    await expect(outcome).rejects.toThrow('Socket closed');
  });

  it('does not wait for a name server when told to end', async () => {
    const { settings, around } = newClient();
    const client = new HttpClient(settings, { ...around, resolve: () => new Promise(() => {}) });
    const outcome = send(client, request('http://slow.test/'), (call) => setTimeout(() => call.cancel(), 5));
    await expect(outcome).rejects.toThrow('Request aborted');
  });
});

describe('TLS', () => {
  it('checks no certificate', async () => {
    const { port } = await answering([OK], true);
    expect((await send(newClient(), request(`https://localhost:${port}/`))).body).toBe('ok');
  });
});

describe('a proxy', () => {
  const proxyOf = (port: number, user = '') => ({ secure: false, host: '127.0.0.1', port, user, password: 'secret' });

  it('gets the whole address', async () => {
    const { port, requests } = await answering([OK]);
    await send(newClient(), request('http://www.example.test/p?q=1', { proxy: proxyOf(port) }));
    expect(requests[0]).toBe(
      'GET http://www.example.test/p?q=1 HTTP/1.1\r\nConnection: keep-alive\r\nHost: www.example.test\r\nProxy-Connection: Keep-Alive\r\nUser-Agent: Agent\r\n\r\n',
    );
  });

  it('is told who asks when it wants to know, and from then on', async () => {
    const ask = 'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 0\r\n\r\n';
    const { port, requests } = await answering([ask, OK]);
    const client = newClient();
    const asked = request('http://www.example.test/', { proxy: proxyOf(port, 'ann') });
    expect((await send(client, asked)).body).toBe('ok');
    await send(client, asked);
    expect(requests.map((text) => /Proxy-Authorization: (.*)\r/.exec(text)?.[1])).toEqual([
      undefined,
      'Basic YW5uOnNlY3JldA==',
      'Basic YW5uOnNlY3JldA==',
    ]);
  });

  it('connects for TLS, or says why not', async () => {
    const target = await answering([OK], true);
    const { connect } = await import('node:net');
    const asked: string[] = [];
    const relay = (socket: Socket): void =>
      void socket.once('data', (data) => {
        asked.push(data.toString());
        const to = connect(target.port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          socket.pipe(to);
          to.pipe(socket);
        });
        to.on('error', () => socket.destroy());
      });
    const proxy = await listen(relay);
    const url = `https://localhost:${target.port}/`;
    expect((await send(newClient(), request(url, { proxy: proxyOf(proxy) }))).body).toBe('ok');
    expect(asked[0]).toBe(
      `CONNECT localhost:${target.port} HTTP/1.1\r\nHost: localhost:${target.port}\r\nUser-Agent: Agent\r\n\r\n`,
    );
    const secret = { ...proxyOf(await listen(relay, true)), secure: true };
    const client = newClient();
    for (let i = 0; i < 2; i++)
      expect(await send(client, request(url, { proxy: secret }))).toMatchObject({ status: 200, body: 'ok' });
    expect(asked.length).toBe(2);
    const refusing = await answering(['HTTP/1.1 403 No\r\nContent-Length: 3\r\n\r\nno!']);
    expect(await send(newClient(), request(url, { proxy: proxyOf(refusing.port) }))).toMatchObject({
      status: 403,
      body: 'no!',
    });
  });
});
