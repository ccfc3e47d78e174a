import type { Line, LineUser, LocalEnd, MqttAddress } from './line.js';
import { TcpLine } from './tcp-line.js';
import { TlsLine } from './tls-line.js';

/** TCP or TLS; begins to connect, and all that comes of it the user hears later. */
export const openStream = (address: MqttAddress, local: LocalEnd, user: LineUser): Line =>
  address.tls === undefined ? new TcpLine(address, local, user) : new TlsLine(address, address.tls, local, user);
