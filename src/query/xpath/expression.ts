import type { XmlNode } from '../xml/index.js';

/** What XPath 1.0 computes with; nodes stand in document order. */
export type Value = readonly XmlNode[] | string | number | boolean;

/** Where an expression is evaluated. */
export interface Context {
  node: XmlNode;
  /** Counted from 1. */
  position: number;
  size: number;
}

/** A compiled expression; `type` says what it gives as far as that is known before. */
export interface Expression {
  readonly type: 'nodes' | 'string' | 'number' | 'boolean';
  /** Whether it asks for its position or for how many nodes there are. */
  readonly positional: boolean;
  readonly literal?: boolean;
  /** Xalan finds its nodes only when they are asked for, in the order of the document. */
  readonly lazy?: boolean;
  run(context: Context): Value;
}

export const isNodes = (value: Value): value is readonly XmlNode[] => typeof value === 'object';
