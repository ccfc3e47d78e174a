import { lookup } from 'node:dns';
import type net from 'node:net';

/** Java prefers IPv4 addresses. */
export const ipv4First: net.LookupFunction = (host, options, callback) =>
  lookup(host, { ...options, order: 'ipv4first' }, callback);
