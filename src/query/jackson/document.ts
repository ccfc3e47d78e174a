import { JavaError } from '../../java/index.js';
import { Spelling } from '../native-json.js';
import { readJackson } from './read.js';
import { isArray, isObject, type Json, keysOf } from './value.js';

/** Thrown when an answer hangs on something that JSON.parse does not keep; the document is then read again. */
const UNSURE = Symbol('unsure');
const NUMBER_KEY = /^(?:\d+|__proto__)$/;

/**
 * A JSON document. JSON.parse reads it where nobody can tell the difference from Jackson; what asks for a number's kind or
 * the order of keys calls {@link mustBeSure} first.
 */
export class Document {
  #root: Json;
  #trust: Trust;
  readonly #spelling: Spelling;

  constructor(private readonly text: string) {
    this.#spelling = new Spelling(text);
    try {
      this.#root = JSON.parse(text);
      this.#trust = 'little';
    } catch {
      this.#root = readJackson(text);
      this.#trust = 'full';
    }
  }

  /** Uses the document, again when an earlier try had to know what JSON.parse forgets. */
  use<T>(run: (root: Json) => T): T {
    for (;;)
      try {
        return run(this.#root);
      } catch (error) {
        if (error !== UNSURE) throw error;
        if (this.#trust === 'little' && this.#spelling.isKept) this.#trust = 'safe';
        else {
          this.#root = readJackson(this.text);
          this.#trust = 'full';
        }
      }
  }

  /** Before keys are enumerated: JSON.parse puts those that look like numbers first. */
  readonly enumerate = (value: Json): void => {
    if (this.#trust !== 'little' || !isObject(value)) return;
    const [first] = keysOf(value);
    if (first !== undefined && NUMBER_KEY.test(first)) throw UNSURE;
  };

  /** Before a value is printed or compared by kind. */
  readonly mustBeSure = (value: Json): void => {
    if (this.#trust === 'little' && Number.isSafeInteger(value) && this.#spelling.keepsWhole(Number(value))) return;
    if (this.#trust !== 'full' && hasUnsure(value, this.#trust === 'safe')) throw UNSURE;
  };
}

/** How far what JSON.parse gave is trusted: all but whole numbers and keys of digits; all but numbers too large; all. */
type Trust = 'little' | 'safe' | 'full';

function hasUnsure(value: Json, safe: boolean): boolean {
  if (typeof value === 'number') return safe ? !Number.isSafeInteger(value) && !isFraction(value) : !isFraction(value);
  if (isArray(value)) return value.some((item) => hasUnsure(item, safe));
  if (!isObject(value) || value instanceof Map) return false;
  const keys = Object.keys(value);
  if (!safe && keys[0] !== undefined && NUMBER_KEY.test(keys[0])) return true;
  return Object.values(value).some((item) => hasUnsure(item, safe));
}

/** Infinity stands for a number that is too large. */
const isFraction = (value: number): boolean => Number.isFinite(value) && !Number.isInteger(value);

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
