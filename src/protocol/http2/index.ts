/** HTTP/2 of one virtual user: one session for each server, with HTTP/1.1 where a server has nothing better. */
export { Http2Call, type Http2Terms, StreamReset } from './call.js';
