/** A plain WebSocket client of one user: RFC 6455 over node:net and node:tls, frame by frame. */
export * from './client.js';
export * from './error.js';
export type { Frame, FrameKind } from './frame.js';
export { acceptOf, type Header, isOwnHeader } from './handshake.js';
export type { Alarms } from './wire.js';
