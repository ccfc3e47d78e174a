import type { Line, LineUser, LocalEnd, MqttAddress } from './line.js';
import { TcpLine } from './tcp-line.js';

/** Begins to connect; all that comes of it the user hears later. */
export function openLine(address: MqttAddress, local: LocalEnd, user: LineUser): Line {
  return new TcpLine(address, local, user);
}
