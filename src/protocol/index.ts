/** Plain clients of one virtual user; they know nothing of JMeter or of us. */

export * from './cookies/index.js';
export * from './dns/index.js';
export { headerElements } from './header-elements.js';
export * from './http/index.js';
export { dateReader, HTTP_DATES } from './http-date.js';
export * from './http2/index.js';
export * from './keystore/index.js';
export {
  type Alarms,
  type ClientKey,
  comeFrom,
  LineError,
  LocalEnds,
  TimeoutError,
  TlsClient,
  type TlsSettings,
  Wire,
} from './line/index.js';
export { MirrorServer } from './mirror/index.js';
export * from './mqtt/index.js';
export * from './redis/index.js';
export * from './tcp/index.js';
export * from './udp/index.js';
export * from './websocket/index.js';
