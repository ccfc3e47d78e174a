import { hashMapOrder, javaTrim } from '../../java/index.js';
import type { PlacedSampler, Sample, User } from '../../model/index.js';
import { isUpgradeHeader, type WebSocketHeader } from '../../protocol/index.js';
import { cookieHeader, cookieManagerOf } from '../config/cookie-manager.js';
import { headersOf } from '../config/header-manager.js';
import type { Connection } from './connection.js';

interface Asking {
  readonly sample: Sample;
  readonly user: User;
  readonly self: PlacedSampler;
  readonly connection: Connection;
}

const NONE: readonly WebSocketHeader[] = [];

/**
 * The headers that Header and Cookie Managers add to the upgrade request, in the order of the plugin's HashMap; they are
 * also the sample's request headers, those too that the client does not send because it has its own.
 */
export function setRequestHeaders({ sample, user, self, connection }: Asking): readonly WebSocketHeader[] {
  const managed = headersOf(self, user);
  const cookies = cookieManagerOf(self);
  if (managed === undefined && cookies === undefined) return NONE;
  const values = new Map<string, string>();
  // The plugin evaluates a name to look at it and again to use it; the value of a blank name never.
  for (const header of managed ?? NONE) if (javaTrim(header.name) !== '') values.set(header.name, header.value);
  const { secure, host, path } = connection.client.target;
  const cookie = cookies && cookieHeader(cookies, user, { secure, host, path: path.replace(/\?[^?]*$/, '') });
  if (cookie !== undefined) values.set('Cookie', cookie);
  const headers = hashMapOrder([...values.keys()]).map((name) => ({ name, value: values.get(name) ?? '' }));
  sample.requestHeaders = headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
  for (const { name, value } of headers)
    if (isUpgradeHeader(name))
      user.test.log.write('ERROR', 'e.l.w.WebSocketClient', `Ignoring user supplied header '${name}=${value}'`);
  return headers;
}
