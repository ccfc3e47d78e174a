import type { Line, LineUser, LocalEnd, MqttAddress } from './line.js';
import { openStream } from './open-stream.js';
import { WebSocketLine } from './websocket-line.js';

/** Begins to connect; all that comes of it the user hears later. */
export const openLine = (address: MqttAddress, local: LocalEnd, user: LineUser): Line =>
  address.webSocket === undefined
    ? openStream(address, local, user)
    : new WebSocketLine(address, address.webSocket, local, user);
