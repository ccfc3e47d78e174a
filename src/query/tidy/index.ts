/** HTML as JTidy reads it. */
export type { Options as TidyOptions } from './configuration.js';
export { type Tidied, tidy } from './tidy.js';
