/** TCP and TLS lines that are read as Java's blocking sockets are; what fails is told in Java's words. */

export type { Address } from './dial.js';
export { codeOf, connectFailure, LineError, TimeoutError } from './error.js';
export { comeFrom, endAfter, type LocalEnd, LocalEnds, nextEnd, TRIES } from './local-ends.js';
export { ipv4First } from './lookup.js';
export { SlowWire, type Speeds } from './slow-wire.js';
export { type ClientKey, type Handshake, TlsClient, type TlsSettings } from './tls.js';
export type { Alarms, Waiter } from './waiter.js';
export { Wire } from './wire.js';
