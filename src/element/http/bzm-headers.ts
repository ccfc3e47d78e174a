import type { JavaUrl } from '../../java/index.js';
import { basicHeader, type HttpHeader, type HttpRequest, withHeader } from '../../protocol/index.js';
import { loginsFor } from '../config/auth-manager.js';
import { headersOf } from '../config/header-manager.js';
import type { Asking } from './http-request.js';
import { hostValue } from './own-headers.js';

/** SETTINGS as the plugin writes them: table 4096, streams 100, window 65535, frame 16384, list 4096. */
const SETTINGS = 'AAEAABAAAAMAAABkAAQAAP__AAUAAEAAAAYAABAA';

/**
 * The headers that the plugin gives a request before there is a body (HTTP2JettyClient.setHeaders 3.0.1): of each name one,
 * the last one in the place of the first. `upgrade` asks for HTTP/2 without TLS, `preemptive` sends a login unasked.
 */
export function bzmHeaders(
  { self, user }: Asking,
  url: JavaUrl,
  upgrade: boolean,
  preemptive: boolean,
): readonly HttpHeader[] {
  let list: readonly HttpHeader[] = [];
  for (const { name, value } of headersOf(self, user) ?? []) {
    const lower = name.toLowerCase();
    if (name === '' || lower === 'content-length') continue;
    list = lower === 'host' ? withHeader(list, 'Host', hostValue(value, url)) : withHeader(list, name, value);
  }
  const secure = url.protocol === 'https';
  if (secure || (upgrade && has(list, 'upgrade'))) list = list.filter((header) => !isConnection(header));
  const add = (name: string, value: string): void => {
    if (!has(list, name.toLowerCase())) list = [...list, { name, value }];
  };
  if (upgrade && !secure) {
    add('Upgrade', 'h2c');
    add('HTTP2-Settings', SETTINGS);
    add('Connection', 'Upgrade, HTTP2-Settings');
  }
  add('Host', url.port === -1 || url.port === url.defaultPort ? url.host : `${url.host}:${url.port}`);
  if (preemptive) {
    const text = url.toString();
    const login = loginsFor(self, user).find((one) => one.url !== '' && text.startsWith(one.url));
    if (login !== undefined && /^BASIC/.test(login.mechanism)) add('Authorization', basicHeader(login));
  }
  return list;
}

const has = (list: readonly HttpHeader[], lower: string): boolean =>
  list.some(({ name }) => name.toLowerCase() === lower);
const isConnection = ({ name, value }: HttpHeader): boolean =>
  name.toLowerCase() === 'connection' && !/Upgrade|HTTP2-Settings/.test(value);

/** As they are shown and counted, without cookies. */
export const shownHeaders = (list: readonly HttpHeader[]): string =>
  list.map(({ name, value }) => (name.toLowerCase() === 'cookie' ? '' : `${name}: ${value}\n`)).join('');

/** What the plugin takes for the size of a request's head, whatever is sent. */
export const sizeOfHead = ({ method, target }: HttpRequest, list: readonly HttpHeader[]): number =>
  Buffer.byteLength(`${method} ${target.rawPath} HTTP/1.1\n${shownHeaders(list)}\n`);
