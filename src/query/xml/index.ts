export { reencoded, xmlText } from './bytes.js';
export * from './dom.js';
export { XmlParseError } from './parse-error.js';
export type { Observer, ParseOptions, Place } from './parse-options.js';
export { parseXml } from './parser.js';
export { saxonAttribute, saxonContent, saxonText } from './saxon-text.js';
