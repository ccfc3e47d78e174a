import { JavaError } from '../../java/index.js';
import { readJackson } from './read.js';
import { isArray, isObject, type Json, keysOf } from './value.js';

/** Thrown when an answer hangs on something that JSON.parse does not keep; the document is then read again. */
const UNSURE = Symbol('unsure');
/** What JSON.parse does not keep: 1.0, 1e1, -0, whole numbers beyond 2^53, and the place of keys like "1". */
const NOT_KEPT = /[:,[]\s*-?(?:\d{16}|0(?=[\s,}\]])(?<=-0)|\d+(?:\.0+(?!\d)|(?:\.\d+)?[eE]))|^\s*-?\d/;
const LOST_PLACE = /"(?:\d+|__proto__)"\s*:/;
const NUMBER_KEY = /^(?:\d+|__proto__)$/;

/**
 * A JSON document. JSON.parse reads it where nobody can tell the difference from Jackson; what asks for a number's kind or
 * the order of keys calls {@link mustBeSure} first.
 */
export class Document {
  #root: Json;
  #sure = false;

  constructor(private readonly text: string) {
    try {
      this.#root = JSON.parse(text);
    } catch {
      this.#root = readJackson(text);
      this.#sure = true;
    }
  }

  /** Uses the document, a second time when the first try had to know what JSON.parse forgets. */
  use<T>(run: (root: Json) => T): T {
    try {
      return run(this.#root);
    } catch (error) {
      if (error !== UNSURE) throw error;
      this.#sure = true;
      if (NOT_KEPT.test(this.text) || LOST_PLACE.test(this.text)) this.#root = readJackson(this.text);
      return run(this.#root);
    }
  }

  /** Before keys are enumerated: JSON.parse puts those that look like numbers first. */
  readonly enumerate = (value: Json): void => {
    if (this.#sure || !isObject(value)) return;
    const [first] = keysOf(value);
    if (first !== undefined && NUMBER_KEY.test(first)) throw UNSURE;
  };

  /** Before a value is printed or compared by kind. */
  readonly mustBeSure = (value: Json): void => {
    if (!this.#sure && isUnsure(value)) throw UNSURE;
  };
}

function isUnsure(value: Json): boolean {
  if (typeof value === 'number') return Number.isInteger(value) || !Number.isFinite(value);
  if (isArray(value)) return value.some(isUnsure);
  if (!isObject(value)) return false;
  const keys = keysOf(value);
  if (keys[0] !== undefined && NUMBER_KEY.test(keys[0])) return true;
  return Object.values(value).some(isUnsure);
}

let latest: { readonly text: string; readonly document: Document | JavaError } | undefined;

/**
 * The document of a text. The last one is kept: the extractors and assertions of a sample read the same text one after
 * the other. Throws what {@link readJackson} throws.
 */
export function jacksonDocument(text: string): Document {
  if (latest?.text !== text) latest = { text, document: read(text) };
  if (latest.document instanceof JavaError) throw latest.document;
  return latest.document;
}

function read(text: string): Document | JavaError {
  try {
    return new Document(text);
  } catch (error) {
    if (error instanceof JavaError) return error;
    throw error;
  }
}
