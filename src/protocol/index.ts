/** Plain clients of one virtual user; they know nothing of JMeter or of us. */
export * from './http/index.js';
export * from './cookies/index.js';
export { LineError, TimeoutError } from './line/index.js';
export { MirrorServer } from './mirror/index.js';
export * from './websocket/index.js';
