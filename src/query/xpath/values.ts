import { doubleToString, toDouble } from '../../java/index.js';
import type { ChildNode, XmlNode } from '../xml/index.js';
import { isNodes, type Value } from './expression.js';

const isTextual = (node: XmlNode | undefined): boolean => node?.kind === 'text' || node?.kind === 'cdata';

/** Whether a text only continues the text before it: to XPath both are one node (Xalan's DOM2DTM). */
export const continuesText = (node: ChildNode): boolean =>
  node.position > 0 && isTextual(node) && isTextual(node.parent?.children[node.position - 1]);

/** The string value of a node. */
export function stringOf(node: XmlNode): string {
  if (node.kind === 'element' || node.kind === 'document') return below(node.children);
  if (node.kind !== 'text' && node.kind !== 'cdata') return node.value;
  const siblings = node.parent?.children ?? [];
  let text = node.value;
  for (let i = node.position + 1; i < siblings.length; i++) {
    const next = siblings[i];
    if (next?.kind !== 'text' && next?.kind !== 'cdata') break;
    text += next.value;
  }
  return text;
}

function below(children: readonly ChildNode[]): string {
  let text = '';
  for (const child of children)
    if (child.kind === 'text' || child.kind === 'cdata') text += child.value;
    else if (child.kind === 'element') text += below(child.children);
  return text;
}

export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  const [first] = value;
  return first === undefined ? '' : stringOf(first);
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return parseNumber(toText(value));
}

export function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return !Number.isNaN(value) && value !== 0;
  return value.length > 0;
}

/** What is no number made of digits, point and minus is NaN (Xalan's XString.toDouble). */
export function parseNumber(text: string): number {
  const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  return /^[-.\d]+$/.test(trimmed) ? (toDouble(trimmed) ?? Number.NaN) : Number.NaN;
}

/** Xalan's XNumber.str: plain digits, never an exponent. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = doubleToString(value);
  const e = text.indexOf('E');
  if (e < 0) return text.endsWith('.0') ? (text === '-0.0' ? '0' : text.slice(0, -2)) : text;
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.slice(negative ? 1 : 0, e).split('.');
  return (negative ? '-' : '') + plainDigits(whole, fraction, Number(text.slice(e + 1)));
}

function plainDigits(whole: string, fraction: string, exponent: number): string {
  // Java's own zero behind the point of `1.0E10` counts as a digit here.
  if (exponent >= fraction.length) return whole + fraction + '0'.repeat(exponent - fraction.length);
  const digits = fraction.replace(/0+$/, '');
  if (exponent > 0) return `${whole}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
  return `0.${'0'.repeat(-1 - exponent)}${whole}${digits}`;
}

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Compares as XPath 1.0 says: with a node-set it is enough that one node fits. */
export function compareValues(operator: Operator, a: Value, b: Value): boolean {
  if (isNodes(a)) return compareNodes(operator, a, b);
  if (isNodes(b)) return compareNodes(MIRRORED[operator], b, a);
  if (operator === '=' || operator === '!=') return equal(a, b) === (operator === '=');
  return holds(operator, toNumber(a), toNumber(b));
}

const MIRRORED: Readonly<Record<Operator, Operator>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function compareNodes(operator: Operator, nodes: readonly XmlNode[], other: Value): boolean {
  if (typeof other === 'boolean') return compareValues(operator, nodes.length > 0, other);
  const textual = operator === '=' || operator === '!=';
  if (isNodes(other)) {
    const others = other.map(stringOf);
    return nodes.some((node) => {
      const own = stringOf(node);
      return others.some((text) =>
        textual ? (own === text) === (operator === '=') : holds(operator, parseNumber(own), parseNumber(text)),
      );
    });
  }
  if (textual && typeof other === 'string')
    return nodes.some((node) => (stringOf(node) === other) === (operator === '='));
  const number = toNumber(other);
  return nodes.some((node) => holds(operator, parseNumber(stringOf(node)), number));
}

function equal(a: string | number | boolean, b: string | number | boolean): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return toBoolean(a) === toBoolean(b);
  if (typeof a === 'number' || typeof b === 'number') return toNumber(a) === toNumber(b);
  return a === b;
}

function holds(operator: Operator, a: number, b: number): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}
