import type { JavaUrl } from '../../java/index.js';
import type { PlacedSampler, User } from '../../model/index.js';
import { type HttpHeader, RequestHeaders } from '../../protocol/index.js';
import { headersOf, type ManagedHeader } from '../config/header-manager.js';

/** The headers that were made last for a sampler, and what they were made of. */
interface Made {
  managed: readonly ManagedHeader[];
  keepAlive: boolean;
  port: number;
  scheme: string;
  headers: RequestHeaders;
}
const last = new WeakMap<PlacedSampler, Made>();
const NONE: readonly ManagedHeader[] = [];

/**
 * The headers that a sampler gives its request: Connection, then those of the Header Managers. They are the same object as
 * long as nothing in them changes.
 */
export function ownHeaders(self: PlacedSampler, user: User, url: JavaUrl, keepAlive: boolean): RequestHeaders {
  const managed = headersOf(self, user) ?? NONE;
  const known = last.get(self);
  if (
    known !== undefined &&
    known.managed === managed &&
    known.keepAlive === keepAlive &&
    known.port === url.port &&
    known.scheme === url.protocol
  )
    return known.headers;
  const list = listOf(managed, keepAlive, url, known?.headers.list ?? []);
  const headers = new RequestHeaders(list, known?.headers);
  const { port, protocol: scheme } = url;
  if (known === undefined) last.set(self, { managed, keepAlive, port, scheme, headers });
  else {
    known.managed = managed;
    known.keepAlive = keepAlive;
    known.port = port;
    known.scheme = scheme;
    known.headers = headers;
  }
  return headers;
}

function listOf(
  managed: readonly ManagedHeader[],
  keepAlive: boolean,
  url: JavaUrl,
  before: readonly HttpHeader[],
): readonly HttpHeader[] {
  // Mostly as many as before, and then a copy has the room that it needs and no more.
  const list = before.slice();
  let n = 0;
  list[n++] = keepAlive ? KEEP_ALIVE : CLOSE;
  for (const header of managed) {
    const { name } = header;
    if (isNamed(name, 'content-length')) continue;
    const { value } = header;
    const same = before[n];
    if (isNamed(name, 'host')) list[n] = { name: 'Host', value: hostValue(value, url) };
    else if (same?.name !== name || same.value !== value) list[n] = { name, value };
    n++;
  }
  if (list.length > n) list.length = n;
  return list;
}

const KEEP_ALIVE: HttpHeader = { name: 'Connection', value: 'keep-alive' };
const CLOSE: HttpHeader = { name: 'Connection', value: 'close' };

const isNamed = (name: string, lower: string): boolean => name.length === lower.length && name.toLowerCase() === lower;

/** A Host header gets the address's port when it has none, and loses the one that goes without saying. */
function hostValue(value: string, url: JavaUrl): string {
  const parts = value.split(':');
  const written = parts.length > 1 && /^\d+$/.test(parts.at(-1) ?? '') ? Number(parts.at(-1)) : url.port;
  const bare = value.replace(/:\d+$/, '');
  return written === -1 || written === url.defaultPort ? bare : `${bare}:${written}`;
}
