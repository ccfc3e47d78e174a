/** Reads values out of texts: CSS selectors, JsonPath, JMESPath, XML and XPath. */
export * from './html/index.js';
export * from './jmespath/index.js';
export * from './json-path/index.js';
export * from './page/index.js';
export * from './tidy/index.js';
export * from './xml/index.js';
export * from './xpath/index.js';
export { compileSaxon, saxonDocument, saxonValue } from './xpath3/index.js';
export { loadSchema, SchemaError, type SchemaProblem, schemaProblem, type XmlSchema } from './xsd/index.js';
