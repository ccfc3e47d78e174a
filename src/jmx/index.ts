/** Reads and prints plan files without loss. Names no JMeter element. */
export { type Document, isDocument, readDocument } from './document.js';
export { readPlanFile } from './file.js';
export { type ParsedXml, type ParseOptions, parseXml } from './parse.js';
export { type Printable, printDocument, printXml } from './print.js';
export type { Newline } from './spelling.js';
export * from './tree.js';
export { hashTree, propertyXml, toDocument, toXml } from './write.js';
export type * from './xml.js';
