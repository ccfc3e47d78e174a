/** What of Java's own behaviour JMeter's results show: numbers, hash order, random sequences, formats, patterns. */

export * from './blank.js';
export * from './case.js';
export * from './charset.js';
export * from './charset-decoder.js';
export type { Field, FieldValues } from './date-fields.js';
export * from './date-format.js';
export { localeName } from './date-names.js';
export type { ToldTime } from './date-resolve.js';
export * from './decimal.js';
export * from './decimal-format.js';
export * from './double.js';
export * from './duration.js';
export * from './error.js';
export * from './hash.js';
export * from './html-text.js';
export * from './match-template.js';
export * from './message-digest.js';
export * from './net-uri.js';
export * from './net-url.js';
export * from './number.js';
export * from './random.js';
export * from './regex.js';
export * from './replace.js';
export * from './simple-date-format.js';
export * from './trim.js';
export * from './url.js';
export { fixedZone, systemZone, type Zone, zoneOf } from './zone.js';
