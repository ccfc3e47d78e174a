import type { XmlDocument } from '../xml/index.js';
import type { Item, Sequence } from './item.js';

/** A variable in force, with those around it. */
export interface Binding {
  readonly name: string;
  readonly value: Sequence;
  readonly outer: Binding | undefined;
}

/** Where an expression is evaluated. */
export interface Context {
  readonly item: Item | undefined;
  readonly position: number;
  readonly size: number;
  readonly variables: Binding | undefined;
  readonly document: XmlDocument;
  /** Epoch ms: one point in time for the whole evaluation. */
  readonly now: number;
}

/** What is known of an expression's value before it runs: an atomic type, `node`, or nothing. */
export interface Expression {
  readonly type?: string | undefined;
  /** Exactly one item. */
  readonly single?: boolean | undefined;
  /** It asks for its position or for how many items there are. */
  readonly positional?: boolean | undefined;
  /** The value, when it depends on nothing. */
  readonly constant?: Sequence | undefined;
  /** How Saxon prints it in messages, where that is known. */
  readonly shown?: string | undefined;
  run(context: Context): Sequence;
}

/** What the parser knows of the world around the expression. */
export interface Static {
  /** Namespaces by prefix. */
  readonly prefixes: ReadonlyMap<string, string>;
}

export const constant = (value: Sequence, type: string, shown?: string): Expression => ({
  type,
  single: value.length === 1,
  constant: value,
  shown,
  run: () => value,
});
