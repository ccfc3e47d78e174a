import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { Aedes } from 'aedes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { TlsClient } from '../../../src/protocol/index.js';
import { LineError } from '../../../src/protocol/line/index.js';
import { Unframer } from '../../../src/protocol/mqtt/unframer.js';
import { answer, connect, hello, scripted, serverAt } from './mqtt-kit.js';

const pem = (name: string): string => fs.readFileSync(`test/fixtures/tls/${name}.pem`, 'utf8');
const secret = { key: pem('key'), cert: pem('cert') };

describe('a session over', () => {
  let aedes: Aedes;
  const servers: (tls.Server | http.Server)[] = [];
  const paths: string[] = [];
  const ports: number[] = [];
  beforeAll(async () => {
    aedes = await Aedes.createBroker();
    const webSocket = (server: http.Server): http.Server => {
      const sockets = new WebSocketServer({ server, perMessageDeflate: false });
      sockets.on('connection', (socket, request) => {
        paths.push(`${request.url} ${socket.protocol}`);
        if (request.url === '/plain') socket.send('no MQTT');
        else aedes.handle(createWebSocketStream(socket));
      });
      return server;
    };
    servers.push(
      tls.createServer(secret, aedes.handle),
      webSocket(http.createServer()),
      webSocket(https.createServer(secret)),
    );
    for (const server of servers) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      ports.push(typeof address === 'object' && address !== null ? address.port : 0);
    }
  });
  afterAll(async () => {
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    for (const server of servers) server.close();
  });

  const trusting = new TlsClient({ maxVersion: 'TLSv1.2' });
  it.each([
    ['TLS', 0, { tls: trusting }],
    ['a WebSocket', 1, { webSocket: 'a/b c?d' }],
    ['a WebSocket over TLS', 2, { webSocket: '/mqtt', tls: trusting }],
  ])('%s', async (_, index, more) => {
    const address = { host: '127.0.0.1', port: ports[index] ?? 0, ...more };
    const { session, ear } = await connect(serverAt(0, { address }), hello(`over ${index}`));
    await answer((waiter) => session.subscribe([{ filter: 'over', qos: 1 }], waiter));
    const payload = Buffer.alloc(300_000, 'x');
    await answer((waiter) => void session.publish({ topic: 'over', payload, qos: 1, retain: false }, waiter));
    await ear.until(1);
    expect(ear.heard).toEqual(['over 300000 bytes 1']);
    await answer((waiter) => session.disconnect(waiter));
  });

  it('says the path and the subprotocol', () => {
    expect(paths).toEqual(['/a/b%20c%3Fd mqtt', '/mqtt mqtt']);
  });

  it('a WebSocket that speaks something else fails', async () => {
    const address = { host: '127.0.0.1', port: ports[1] ?? 0, webSocket: 'plain' };
    await expect(connect(serverAt(0, { address }), hello('x'))).rejects.toMatchObject({ fault: 'line' });
    const tcp = { host: '127.0.0.1', port: ports[0] ?? 0, webSocket: '' };
    await expect(connect(serverAt(0, { address: tcp }), hello('x'))).rejects.toMatchObject({ fault: 'closed' });
  });

  it('TLS to something else fails', async () => {
    const plain = await scripted((peer) => peer.socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const address = { host: '127.0.0.1', port: plain.port, tls: trusting };
    await expect(connect(serverAt(0, { address }), hello('x'))).rejects.toMatchObject({ fault: 'line' });
    await plain.close();
  });
});

describe('the frames of a server', () => {
  const read = (hex: string, step: number): string => {
    const bytes = Buffer.from(hex, 'hex');
    let seen = '';
    const unframer = new Unframer({
      data: (data, from, to) => {
        seen += data.toString('latin1', from, to);
      },
      ping: (data) => {
        seen += `<ping ${data}>`;
      },
      close: () => {
        seen += '<close>';
      },
    });
    for (let at = 0; at < bytes.length; at += step) unframer.take(bytes, at, Math.min(bytes.length, at + step));
    return seen;
  };

  it.each([1, 2, 5, 1000])('are taken apart, %i bytes at a time', (step) => {
    const fragments = '02026162890170800163';
    const long = `827e0080${'78'.repeat(128)}`;
    expect(read(`${fragments}8200${long}8800`, step)).toBe(`ab<ping p>c${'x'.repeat(128)}<close>`);
  });

  it.each(['8101', '8281', '897e0080', '8300'])('may not be %s', (hex) => {
    expect(() => read(hex, 100)).toThrow(LineError);
  });
});
