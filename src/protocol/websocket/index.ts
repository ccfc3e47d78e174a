/** A plain WebSocket client of one user: RFC 6455 over node:net and node:tls, frame by frame. */
export {
  type ConnectOptions as WebSocketConnectOptions,
  type FrameReader,
  type FrameSource,
  type State as WebSocketState,
  type Surroundings as WebSocketSurroundings,
  type Target as WebSocketTarget,
  type Upgrade as WebSocketUpgrade,
  WebSocketClient,
  type WebSocketProxy,
} from './client.js';
export { UpgradeError } from './error.js';
export type { Frame as WebSocketFrame, FrameKind as WebSocketFrameKind } from './frame.js';
export { type Header as WebSocketHeader, isOwnHeader as isUpgradeHeader } from './handshake.js';
