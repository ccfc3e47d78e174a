import { randomUUID } from 'node:crypto';
import { fn } from '../function.js';

/** A random UUID, version 4, in lower case. */
export const uuid = fn({ name: '__UUID', min: 0, max: 0, usage: '', compile: () => () => randomUUID() });
