/** Reads values out of texts: JsonPath; other query languages stand beside it. */
export * from './json-path/index.js';
