/**
 * The WebSocket side of the world: `/greet` says hello first, `/ticker?n=&ms=` sends ticks, `/deny/401` refuses, `/deflate`
 * compresses, `/hang` never answers, `/raw/HEX` answers with those bytes; text messages may be commands, others are echoed.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import type { WorldBroker } from './world-broker.js';

export class WorldSockets {
  readonly #plain = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #deflating = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0 } });

  constructor(private readonly broker: WorldBroker) {}

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://x');
    const denied = /^\/deny\/(\d+)/.exec(url.pathname)?.[1];
    if (denied !== undefined) {
      socket.end(
        `HTTP/1.1 ${denied} Denied\r\nServer: world\r\nContent-Type: text/plain\r\nContent-Length: 6\r\nConnection: close\r\n\r\ndenied`,
      );
      return;
    }
    if (url.pathname === '/hang') return;
    const raw = /^\/raw\/([0-9a-f]+)/i.exec(url.pathname)?.[1];
    if (raw !== undefined) {
      const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
      const accept = createHash('sha1').update(key).digest('base64');
      socket.write(Buffer.from(raw, 'hex').toString('latin1').replace('{accept}', accept), 'latin1');
      return;
    }
    if (/mqtt/.test(request.headers['sec-websocket-protocol'] ?? '')) {
      this.#plain.handleUpgrade(request, socket, head, (ws) => this.broker.handle(createWebSocketStream(ws)));
      return;
    }
    const server = url.pathname === '/deflate' ? this.#deflating : this.#plain;
    server.handleUpgrade(request, socket, head, (ws) => talk(ws, url, socket));
  }
}

function talk(ws: WebSocket, url: URL, socket: Duplex): void {
  ws.on('error', () => {});
  if (url.pathname === '/greet') ws.send('hello');
  if (url.pathname === '/ticker')
    tick(ws, Number(url.searchParams.get('n') || 3), Number(url.searchParams.get('ms') || 50));
  ws.on('message', (data: Buffer, binary) => {
    if (!binary && data.toString() === 'drop') drop(ws, socket);
    else if (binary || !obey(ws, data.toString())) ws.send(data, { binary });
  });
}

function tick(ws: WebSocket, count: number, ms: number): void {
  let i = 0;
  const timer = setInterval(() => {
    ws.send(`tick ${++i}`);
    if (i >= count) clearInterval(timer);
  }, ms);
  ws.on('close', () => clearInterval(timer));
}

/** Ends the line before anything else: one that is cut with a message still unread is reset instead, now and then. */
function drop(ws: WebSocket, socket: Duplex): void {
  ws.pause();
  socket.end();
}

/** False when the text is no command. */
function obey(ws: WebSocket, text: string): boolean {
  const [command, a = '', ...rest] = text.split(':');
  const b = rest.join(':');
  switch (command) {
    case 'multi':
      for (let i = 1; i <= Number(a); i++) {
        ws.send(JSON.stringify({ code: 0, seq: i, status: i === Number(a) ? 2 : 1, content: `part${i}` }));
      }
      return true;
    case 'close':
      ws.close(Number(a) || 1000, b);
      return true;
    case 'ping':
      ws.ping(a);
      return true;
    case 'binary':
      ws.send(Buffer.from(a, 'hex'));
      return true;
    case 'frag': {
      const parts = text.slice('frag:'.length).split('|');
      parts.forEach((part, i) => {
        ws.send(part, { fin: i === parts.length - 1 });
      });
      return true;
    }
    case 'delay':
      setTimeout(() => ws.send(b), Math.min(Number(a), 5000));
      return true;
    case 'big':
      ws.send('x'.repeat(Math.min(Number(a), 1e7)));
      return true;
    case 'silent':
      return true;
    default:
      return false;
  }
}
