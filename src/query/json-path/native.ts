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
  return path.plain ? hitsBehind(path.tokens[0], document.root, document) : undefined;
}

const NONE: readonly string[] = [];

/** undefined when json-path may see it differently. */
function hitsBehind(
  first: Token | undefined,
  root: Native,
  document: NativeDocument,
): readonly (string | undefined)[] | undefined {
  let value = root;
  for (let token = first; token !== undefined; token = token.next) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (token.kind === 'wildcard') return isList(value) ? hitsOfAll(value, token.next, document) : undefined;
    const inner = memberOf(value, token);
    // A leaf that is missing is no hit.
    if (inner === undefined)
      return token.kind === 'properties' && token.next === undefined && !isList(value) ? NONE : undefined;
    value = inner;
  }
  const text = textOf(value, document);
  return text === undefined ? undefined : [text ?? undefined];
}

function hitsOfAll(
  items: readonly Native[],
  next: Token | undefined,
  document: NativeDocument,
): readonly (string | undefined)[] | undefined {
  const found: (string | undefined)[] = [];
  for (const item of items) {
    const hits = hitsBehind(next, item, document);
    if (hits === undefined) return undefined;
    found.push(...hits);
  }
  return found;
}

const isList = (value: Native): value is readonly Native[] => Array.isArray(value);

function memberOf(value: Exclude<Native, string | number | boolean | null>, token: Token): Native | undefined {
  if (isList(value)) return token.kind === 'indexes' ? value[token.indexes[0] ?? 0] : undefined;
  const name = token.kind === 'properties' ? token.names[0] : undefined;
  return name !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** What is stored of a value; null of null, undefined when json-path may see it differently. */
function textOf(value: Native, document: NativeDocument): string | null | undefined {
  if (typeof value === 'string' || value === null) return value;
  if (typeof value === 'boolean') return String(value);
  const exact = isKept(value, document) ? converted(value, 0) : undefined;
  return exact === undefined ? undefined : hitText(exact);
}

const isKept = (value: Native, { spelling }: NativeDocument): boolean =>
  Number.isSafeInteger(value) ? spelling.keepsWhole(Number(value)) : spelling.isKept;
