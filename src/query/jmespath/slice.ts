import { JavaError, parseInteger } from '../../java/index.js';
import { isArray, isObject, type Json, valuesOf } from '../jackson/value.js';
import type { Search } from './search.js';

/** The numbers of `[start:stop:step]` as they are written. */
export interface Slice {
  readonly start: string | undefined;
  readonly stop: string | undefined;
  readonly step: string | undefined;
}

/**
 * Items of a list, or of an object's values; nothing of anything else. With a negative step over nothing jmespath-java
 * reads an item that is not there, which for a list is null and else an exception. A step of 0 is told by `zero`.
 */
export function sliceOf(slice: Slice, zero: () => void): Search {
  const number = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : parseInteger(text);
  const [from, to, step = 1] = [number(slice.start), number(slice.stop), number(slice.step)];
  if (step === 0) zero();
  const limit = step < 0 ? -1 : 0;
  const start = from ?? limit;
  const stop = to ?? (step < 0 ? -0x80000000 : 0x7fffffff);
  return (value, document) => {
    if (isObject(value)) document.enumerate(value);
    const items = isArray(value) ? value : isObject(value) ? valuesOf(value) : [];
    const size = items.length;
    const begin = start < 0 ? Math.max(size + start, 0) : Math.min(start, size + limit);
    const end = stop < 0 ? Math.max(size + stop, limit) : Math.min(stop, size);
    const steps = Math.max(0, Math.trunc((end - begin + (step < 0 ? step + 1 : step - 1)) / step));
    return Array.from({ length: steps }, (_, i) => itemAt(items, begin + i * step, value));
  };
}

function itemAt(items: readonly Json[], at: number, of: Json): Json {
  const item = items[at];
  if (item !== undefined || isArray(of)) return item ?? null;
  const message = isObject(of) ? `Index ${at} out of bounds for length ${items.length}` : `Index: ${at}`;
  throw new JavaError('java.lang.IndexOutOfBoundsException', message);
}
