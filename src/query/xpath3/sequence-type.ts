import { derivesFrom, type Item, isAtomic, isNode, type Sequence } from './item.js';

/** A type as `instance of` and signatures name it. */
export interface SequenceType {
  /** Absent for `empty-sequence()`. */
  readonly test?: ((item: Item) => boolean) | undefined;
  /** The atomic type, for casting and conversion. */
  readonly atomic?: string | undefined;
  readonly times: '' | '?' | '*' | '+';
  /** How Saxon prints the item type. */
  readonly shown: string;
}

export function matchesType(items: Sequence, { test, times }: SequenceType): boolean {
  if (test === undefined) return items.length === 0;
  return fits(items.length, times) && items.every(test);
}
export const fits = (count: number, times: SequenceType['times']): boolean =>
  count === 0 ? times === '?' || times === '*' : count === 1 || times === '*' || times === '+';

export const atomicTest =
  (type: string) =>
  (item: Item): boolean =>
    isAtomic(item) && derivesFrom(item.type, type);

/** `xs:integer` or `element()`: how Saxon names the type of a thing. */
export function shownType(item: Item | undefined): string {
  if (item === undefined) return 'empty-sequence()';
  if (isAtomic(item)) return `xs:${item.type}`;
  if (isNode(item)) {
    const kind =
      item.kind === 'cdata'
        ? 'text'
        : item.kind === 'instruction'
          ? 'processing-instruction'
          : item.kind === 'document'
            ? 'document-node'
            : item.kind;
    return `${kind}(${item.kind === 'element' || item.kind === 'attribute' ? `Q{${item.uri}}${item.local}` : ''})`;
  }
  return item.kind === 'function' ? 'function(*)' : `${item.kind}(*)`;
}
