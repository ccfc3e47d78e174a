/** What of Java's own behaviour JMeter's results show: numbers, hash order, random sequences, formats, patterns. */

export * from './decimal-format.js';
export * from './double.js';
export * from './error.js';
export * from './hash.js';
export * from './number.js';
export * from './random.js';
export * from './trim.js';
export * from './url.js';
