/** Key stores with the private keys of clients. */
export { type KeyEntry, readPkcs12 } from './pkcs12.js';
