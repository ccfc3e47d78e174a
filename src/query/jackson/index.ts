export { type Document, jacksonDocument } from './document.js';
export { readJackson } from './read.js';
export { isArray, type Json, jsonText, sameJson } from './value.js';
