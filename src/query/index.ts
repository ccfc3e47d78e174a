/** Reads values out of texts: JsonPath, XML and XPath. */
export * from './json-path/index.js';
export * from './xml/index.js';
export * from './xpath/index.js';
