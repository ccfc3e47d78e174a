import type { JavaUrl } from '../../java/index.js';
import { evaluate, type PlacedSampler, type User } from '../../model/index.js';
import { type HttpHeader, RequestHeaders } from '../../protocol/index.js';
import { type PlanHeader, planHeadersOf } from '../config/header-manager.js';

/** The headers that were made last for a sampler, and what they were made of. */
interface Made {
  plan: readonly PlanHeader[];
  keepAlive: boolean;
  port: number;
  scheme: string;
  headers: RequestHeaders;
  /** Made of the same, they are the same for all. */
  fixed: boolean;
}
const last = new WeakMap<PlacedSampler, Made>();

/**
 * The headers that a sampler gives its request: Connection, then those of the Header Managers. They are the same object as
 * long as nothing in them can change.
 */
export function ownHeaders(self: PlacedSampler, user: User, url: JavaUrl, keepAlive: boolean): RequestHeaders {
  const plan = planHeadersOf(self, user);
  const { port, protocol: scheme } = url;
  const known = last.get(self);
  const alike =
    known !== undefined &&
    known.plan === plan &&
    known.keepAlive === keepAlive &&
    known.port === port &&
    known.scheme === scheme;
  if (alike && known.fixed) return known.headers;
  const headers = new RequestHeaders(linesOf(plan, user, keepAlive, url, known?.headers.list ?? []), known?.headers);
  if (alike) known.headers = headers;
  else last.set(self, { plan, keepAlive, port, scheme, headers, fixed: plan.every(isFixed) });
  return headers;
}

const isFixed = ({ name, value }: PlanHeader): boolean => typeof name === 'string' && typeof value === 'string';

function linesOf(
  plan: readonly PlanHeader[],
  user: User,
  keepAlive: boolean,
  url: JavaUrl,
  before: readonly HttpHeader[],
): readonly HttpHeader[] {
  // Mostly as many as before, and then a copy has the room that it needs and no more.
  const list = before.slice();
  let n = 0;
  list[n++] = keepAlive ? KEEP_ALIVE : CLOSE;
  for (const header of plan) {
    let name = evaluate(header.name, user);
    if (isNamed(name, 'content-length')) continue;
    let value = evaluate(header.value, user);
    if (isNamed(name, 'host')) {
      name = 'Host';
      value = hostValue(value, url);
    }
    const same = before[n];
    if (same?.name !== name || same.value !== value) list[n] = { name, value };
    n++;
  }
  if (list.length > n) list.length = n;
  return list;
}

const KEEP_ALIVE: HttpHeader = { name: 'Connection', value: 'keep-alive' };
const CLOSE: HttpHeader = { name: 'Connection', value: 'close' };

const isNamed = (name: string, lower: string): boolean => name.length === lower.length && name.toLowerCase() === lower;

/** A Host header gets the address's port when it has none, and loses the one that goes without saying. */
export function hostValue(value: string, url: JavaUrl): string {
  const parts = value.split(':');
  const written = parts.length > 1 && /^\d+$/.test(parts.at(-1) ?? '') ? Number(parts.at(-1)) : url.port;
  const bare = value.replace(/:\d+$/, '');
  return written === -1 || written === url.defaultPort ? bare : `${bare}:${written}`;
}
