import { JavaError } from '../../java/index.js';
import { isNotFound } from './cursor.js';
import type { Json } from './document.js';
import { type PathMemory, readList, readValue } from './evaluate.js';
import { parsePath } from './parse-path.js';
import type { Path } from './path.js';
import { parsePermissive } from './permissive.js';

export { isArray, isObject, type Json, type JsonObject, sameJson } from './document.js';
export type { PathMemory } from './evaluate.js';
export type { Path } from './path.js';
export { parsePermissive } from './permissive.js';
export { assertionText, hitText, javaText, jsonText } from './render.js';

const LIMIT = 1000;
const paths = new Map<string, Path | JavaError>();

/** The compiled path, kept by its text; throws InvalidPathException as json-path 2.8 words it. */
export function compilePath(text: string): Path {
  if (text === '') throw illegal('json can not be null or empty');
  let path = paths.get(text);
  if (path === undefined) {
    path = tried(() => parsePath(text));
    if (paths.size >= LIMIT)
      for (const oldest of paths.keys()) {
        paths.delete(oldest);
        break;
      }
    paths.set(text, path);
  }
  if (path instanceof JavaError) throw path;
  return path;
}

/** The compiled path of the JSON Assertion, which refuses an empty one by its own words. */
export function compileAssertedPath(text: string): Path {
  if (text === '') throw illegal('path can not be null or empty');
  return compilePath(text);
}

let latest: { readonly text: string; readonly document: Json | JavaError } | undefined;

/**
 * The JSON document of a text. The last one is kept: the extractors and assertions of a sample read the same text one
 * after the other, and so do users who get the same answer; documents never change. Throws InvalidJsonException, and
 * IllegalArgumentException for an empty text, as json-path words them.
 */
export function documentOf(text: string): Json {
  if (latest?.text !== text) latest = { text, document: tried(() => parseDocument(text)) };
  if (latest.document instanceof JavaError) throw latest.document;
  return latest.document;
}

function parseDocument(text: string): Json {
  if (text === '') throw illegal('json can not be null or empty');
  try {
    return parsePermissive(text);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    throw new JavaError('com.jayway.jsonpath.InvalidJsonException', error.toString());
  }
}

/** What the JSON Extractor finds: all hits, none when the path leads nowhere. Throws what json-path throws otherwise. */
export function extractHits(path: Path, document: Json, memory: PathMemory): readonly Json[] {
  if (document === null) throw illegal('root can not be null');
  try {
    return readList(path, document, memory);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

/** What the JSON Assertion finds: the value of a definite path, else the list of hits. Throws what json-path throws. */
export function readPath(path: Path, document: Json, memory: PathMemory): Json {
  if (document === null) throw illegal('json can not be null');
  return readValue(path, document, memory);
}

const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);

function tried<T>(run: () => T): T | JavaError {
  try {
    return run();
  } catch (error) {
    if (error instanceof JavaError) return error;
    throw error;
  }
}
