/** A small Redis client: commands and replies in RESP 2 over one connection. */
export { RedisClient, type RedisOptions } from './client.js';
export { RedisError, type Reply } from './reply.js';
