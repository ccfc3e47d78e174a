import type { CharSet } from './char-set.js';

/** A parsed pattern, the same for both dialects. */
export type Node =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  | {
      readonly kind: 'repeat';
      readonly body: Node;
      readonly min: number;
      readonly max: number;
      readonly mode: 'greedy' | 'lazy' | 'possessive';
    }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'atomic'; readonly body: Node }
  | { readonly kind: 'back'; readonly index: number; readonly anyCase: boolean }
  /** A condition on the place, as JavaScript source without groups; `onceOnly`: ORO cannot repeat it. */
  | { readonly kind: 'place'; readonly source: string; readonly onceOnly?: boolean };

/** Thrown for what ORO or Java accepts and we cannot do. */
export class NotTranslatable extends Error {}

export interface Parsed {
  readonly root: Node;
  /** Capturing groups, the whole match not counted. */
  readonly groups: number;
  /** Named groups (java.util.regex). */
  readonly names: ReadonlyMap<string, number>;
}

export const EMPTY: Node = { kind: 'sequence', items: [] };
export const sequence = (items: readonly Node[]): Node =>
  items.length === 1 && items[0] ? items[0] : { kind: 'sequence', items };
export const choice = (items: readonly Node[]): Node =>
  items.length === 1 && items[0] ? items[0] : { kind: 'choice', items };

/** Whether it can match without taking a character. */
export function nullable(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.items.every(nullable);
    case 'choice':
      return node.items.some(nullable);
    case 'repeat':
      return node.min === 0 || nullable(node.body);
    case 'group':
    case 'atomic':
      return nullable(node.body);
    default:
      return true;
  }
}

/** The capturing groups inside. */
export function groupsIn(node: Node): readonly number[] {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.items.flatMap(groupsIn);
    case 'group':
      return [node.index, ...groupsIn(node.body)];
    case 'repeat':
    case 'look':
    case 'atomic':
      return groupsIn(node.body);
    default:
      return [];
  }
}

/** Whether a reference to a group stands inside. */
export function hasBack(node: Node): boolean {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.items.some(hasBack);
    case 'group':
    case 'repeat':
    case 'look':
    case 'atomic':
      return hasBack(node.body);
    default:
      return node.kind === 'back';
  }
}
