import type { Wire } from '../line/index.js';
import type { HttpClient } from './client.js';
import { secure } from './connect.js';
import { Exchange } from './exchange.js';
import type { HttpRequest } from './request.js';
import type { Lines } from './request-head.js';
import { allFields, keepsAlive, type ResponseHead } from './response-head.js';
import { hostAndPort } from './route.js';

/** What the request line names, and what the first hop wants besides, behind CR LF. */
export function hopOf({ proxy, target, headers }: HttpRequest): { readonly uri: string; readonly fields: string } {
  if (proxy === undefined || target.secure)
    return { uri: target.path, fields: headers.names.has('connection') ? '' : KEEP };
  const fields = headers.names.has('proxy-connection') ? '' : '\r\nProxy-Connection: Keep-Alive';
  const uri = `http://${target.hostHeader.toLowerCase()}${target.relayedPath ?? target.path}`;
  return { uri, fields };
}

const KEEP = '\r\nConnection: Keep-Alive';

/** Whether the proxy has to be told to connect before anything is sent. */
export const needsTunnel = ({ proxy, target }: HttpRequest): boolean => proxy !== undefined && target.secure;

/**
 * Has the proxy connect to the server, and begins TLS with it; until then `shows` has what the proxy is told. Throws what
 * HttpClient does when the proxy refuses.
 */
export async function tunnel(
  wire: Wire,
  request: HttpRequest,
  client: HttpClient,
  shows: { shown: Lines },
  alpn?: readonly string[],
): Promise<void> {
  const { target, proxy } = request;
  if (!proxy?.secure) wire.readPlainly();
  const peer = hostAndPort(target);
  const { shown } = shows;
  for (let tries = 0; ; tries++) {
    const text = connectHead(peer, client);
    // As long as there is no tunnel, this is the request that people see.
    shows.shown = text.slice(text.indexOf('\n') + 1, -2).replaceAll('\r\n', '\n');
    const exchange = await ask(wire, text, request);
    const { head } = exchange;
    if (head === undefined || head.status < 300) break;
    const answers = head.status === 407 && tries === 0 && proxyAnswer(head, request, client);
    if (!answers || !keepsAlive(head, 'CONNECT')) throw new TunnelRefused(exchange, text.length, answers);
  }
  await secure(wire, target.host, request.connectTimeout, { client: client.tls, alpn });
  shows.shown = shown;
}

/** The proxy would not connect: its answer is the response. */
export class TunnelRefused extends Error {
  constructor(
    readonly exchange: Exchange,
    /** Bytes of what it was asked. */
    readonly sent: number,
    /** It may agree on another connection, now that it will be told who we are. */
    readonly mayAgree: boolean,
  ) {
    super('tunnel refused');
  }
}

function connectHead(peer: string, client: HttpClient): string {
  const { userAgent } = client.settings;
  let text = `CONNECT ${peer} HTTP/1.1\r\nHost: ${peer}\r\n`;
  if (userAgent !== undefined) text += `User-Agent: ${userAgent}\r\n`;
  if (client.proxyAuthorization !== undefined) text += `Proxy-Authorization: ${client.proxyAuthorization}\r\n`;
  return `${text}\r\n`;
}

function ask(wire: Wire, text: string, request: HttpRequest): Promise<Exchange> {
  wire.write(text, 'latin1');
  const { target } = request;
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(
      wire,
      { method: 'CONNECT', target, keepBody: true },
      {
        began() {},
        interim: () => false,
        firstByte() {},
        finished: resolve,
        failed: reject,
      },
    );
    exchange.read(request.responseTimeout);
  });
}

/** True when the proxy's question can be answered, and was not yet. */
export function proxyAnswer(head: ResponseHead, { proxy }: HttpRequest, client: HttpClient): boolean {
  if (proxy === undefined || proxy.user === '' || client.proxyAuthorization !== undefined) return false;
  if (!allFields(head, 'proxy-authenticate').some((challenge) => /^basic\b/i.test(challenge))) return false;
  const known = Buffer.from(`${proxy.user}:${proxy.password}`, 'latin1').toString('base64');
  client.proxyAuthorization = `Basic ${known}`;
  return true;
}
