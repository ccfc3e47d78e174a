import { JavaError } from '../../java/index.js';
import { isNotFound } from './cursor.js';
import type { Json } from './document.js';
import { type PathMemory, readList, readValue } from './evaluate.js';
import { type NativeDocument, nativeHits, readNative } from './native.js';
import { parsePath } from './parse-path.js';
import type { Path } from './path.js';
import { parsePermissive } from './permissive.js';
import { hitText } from './render.js';

export { isArray, isObject, type Json, type JsonObject, sameJson } from './document.js';
export type { PathMemory } from './evaluate.js';
export type { Path } from './path.js';
export { parsePermissive } from './permissive.js';
export { assertionText, javaText, jsonText } from './render.js';

const LIMIT = 1000;
const paths = new Map<string, Path | JavaError>();

/** The compiled path, kept by its text; throws InvalidPathException as json-path 2.8 words it. */
export function compilePath(text: string): Path {
  if (text === '') throw illegal('json can not be null or empty');
  const path = paths.get(text) ?? newPath(text);
  if (path instanceof JavaError) throw path;
  return path;
}

function newPath(text: string): Path | JavaError {
  const path = tried(() => parsePath(text));
  if (paths.size >= LIMIT)
    for (const oldest of paths.keys()) {
      paths.delete(oldest);
      break;
    }
  paths.set(text, path);
  return path;
}

/** The compiled path of the JSON Assertion, which refuses an empty one by its own words. */
export function compileAssertedPath(text: string): Path {
  if (text === '') throw illegal('path can not be null or empty');
  return compilePath(text);
}

/** A text as it was read last, and what was made of it so far. */
interface Latest {
  readonly text: string;
  /** undefined = no strict JSON. */
  readonly native: NativeDocument | undefined;
  document: Json | JavaError | undefined;
}
let latest: Latest | undefined;

/** The last text is kept: the extractors and assertions of a sample read the same one, and so do users with the same answer. */
function reading(text: string): Latest {
  if (latest?.text !== text) latest = { text, native: readNative(text), document: undefined };
  return latest;
}

/**
 * The JSON document of a text; documents never change. Throws InvalidJsonException, and IllegalArgumentException for an
 * empty text, as json-path words them.
 */
export function documentOf(text: string): Json {
  const read = reading(text);
  if (read.document === undefined) read.document = tried(() => read.native?.exact() ?? parseDocument(text));
  if (read.document instanceof JavaError) throw read.document;
  return read.document;
}

/** What the JSON Extractor stores for the hits in a text; undefined = null. Throws what {@link extractHits} throws. */
export function extractTexts(path: Path, text: string, memory: PathMemory): readonly (string | undefined)[] {
  const { native } = reading(text);
  return (native && nativeHits(path, native)) ?? extractHits(path, documentOf(text), memory).map(hitText);
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
function extractHits(path: Path, document: Json, memory: PathMemory): readonly Json[] {
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
