import { Spelling } from '../native-json.js';
import { Fraction, type Json } from './document.js';
import type { Path, Token } from './path.js';
import { MAX_DEPTH } from './permissive.js';
import { hitText } from './render.js';

/** What JSON.parse makes of a text. */
export type Native = null | boolean | string | number | readonly Native[] | { readonly [key: string]: Native };

/** A JSON text as JSON.parse reads it, as long as nobody can tell the difference from json-smart. */
export class NativeDocument {
  readonly spelling: Spelling;

  constructor(
    text: string,
    readonly root: Native,
  ) {
    this.spelling = new Spelling(text);
  }

  /** The whole document as json-smart builds it; undefined when only its own reader can tell. */
  exact(): Json | undefined {
    return this.spelling.isKept ? converted(this.root, 0) : undefined;
  }
}

/** undefined when the text is no strict JSON. */
export function readNative(text: string): NativeDocument | undefined {
  try {
    return new NativeDocument(text, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** How long a double prints that json-smart surely has as one. */
const DIGITS = 16;

/** As json-smart has it; undefined when it is nested deeper than that allows, or a number is too long. */
function converted(value: Native, depth: number): Json | undefined {
  if (typeof value === 'number') {
    if (value === (value | 0)) return value;
    if (Number.isSafeInteger(value)) return BigInt(value);
    // Beyond that the digits are lost, and json-smart keeps all of a fraction that is longer.
    return Number.isInteger(value) || String(value).length > DIGITS ? undefined : Fraction.double(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const items: Json[] = [];
    for (const item of value) {
      const inner = converted(item, depth + 1);
      if (inner === undefined) return undefined;
      items.push(inner);
    }
    return items;
  }
  const members = new Map<string, Json>();
  for (const [key, member] of Object.entries(value)) {
    const inner = converted(member, depth + 1);
    if (inner === undefined) return undefined;
    members.set(key, inner);
  }
  return members;
}

/**
 * The texts that a path of names, single indexes and wildcards over lists finds; undefined when it is another path, or leads
 * elsewhere than to values: then the exact reading tells what json-path makes of it.
 */
export function nativeHits(path: Path, document: NativeDocument): readonly (string | undefined)[] | undefined {
  const [first] = path.tokens;
  if (first === undefined || !isPlain(path)) return undefined;
  const found: (string | undefined)[] = [];
  return walk(first, document.root, document, found) ? found : undefined;
}

const plain = new WeakMap<Path, boolean>();
function isPlain(path: Path): boolean {
  let known = plain.get(path);
  if (known === undefined) {
    known = path.tokens.every(
      (token) =>
        token.kind === 'wildcard' ||
        (token.kind === 'properties' && token.names.length === 1) ||
        (token.kind === 'indexes' && token.indexes.length === 1),
    );
    plain.set(path, known);
  }
  return known;
}

/** False when json-path may see it differently. */
function walk(token: Token, value: Native, document: NativeDocument, found: (string | undefined)[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (token.kind === 'wildcard')
    return Array.isArray(value) && value.every((item: Native) => onward(token, item, document, found));
  if (token.kind === 'indexes') {
    const [index = 0] = token.indexes;
    const item: Native | undefined = Array.isArray(value) ? value[index] : undefined;
    return item !== undefined && onward(token, item, document, found);
  }
  if (token.kind !== 'properties' || isList(value)) return false;
  const [name = ''] = token.names;
  if (Object.hasOwn(value, name)) return onward(token, value[name] ?? null, document, found);
  // A leaf that is missing is no hit.
  return token.next === undefined;
}
const isList = (value: Native): value is readonly Native[] => Array.isArray(value);

function onward({ next }: Token, value: Native, document: NativeDocument, found: (string | undefined)[]): boolean {
  if (next !== undefined) return walk(next, value, document, found);
  if (typeof value === 'string') found.push(value);
  else if (value === null) found.push(undefined);
  else if (typeof value === 'boolean') found.push(String(value));
  else {
    const exact = isKept(value, document) ? converted(value, 0) : undefined;
    if (exact === undefined) return false;
    found.push(hitText(exact));
  }
  return true;
}

const isKept = (value: Native, { spelling }: NativeDocument): boolean =>
  Number.isSafeInteger(value) ? spelling.keepsWhole(Number(value)) : spelling.isKept;
