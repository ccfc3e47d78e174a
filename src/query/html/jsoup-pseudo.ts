import { type CompiledPattern, compilePattern, isBad, javaTrim, parseInteger } from '../../java/index.js';
import { elementsOf, type HtmlElement } from './dom.js';
import type { Test } from './jsoup-selector.js';
import { dataOf, normalised, ownTextOf, textOf, wholeOwnTextOf, wholeTextOf } from './jsoup-text.js';
import { selectorError, type TokenQueue, unescaped } from './token-queue.js';

type Parse = (query: string) => Test;

/** What stands behind a colon, which the queue is past. */
export function pseudoTest(queue: TokenQueue, query: string, parse: Parse): Test {
  const name = queue.identifier(['-', '_']);
  const simple = SIMPLE[name];
  if (simple !== undefined) return simple;
  const withArgument = FUNCTIONS[name];
  if (withArgument === undefined)
    throw selectorError(`Could not parse query '${query}': unexpected token at '${queue.rest()}'`);
  return withArgument(queue.balanced('(', ')'), parse);
}

/** The parent, if it is an element of the page: neither the document nor nothing. */
const parentOf = ({ parent }: HtmlElement): HtmlElement | undefined => (parent?.name === '#root' ? undefined : parent);

const SIMPLE: Readonly<Record<string, Test>> = {
  'first-child': (element) => parentOf(element)?.elements[0] === element,
  'last-child': (element) => parentOf(element)?.elements.at(-1) === element,
  'first-of-type': (element) => nth(element, 0, 1, positionOfType),
  'last-of-type': (element) => nth(element, 0, 1, lastPositionOfType),
  'only-child': (element) => parentOf(element)?.elements.length === 1,
  'only-of-type': (element) => parentOf(element)?.elements.filter(({ name }) => name === element.name).length === 1,
  empty: isEmpty,
  root: (element, root) => element === (root.name === '#root' ? root.elements[0] : root),
};

/** The first text decides; comments do not count. */
function isEmpty({ children }: HtmlElement): boolean {
  for (const child of children) {
    if (child.kind === 'text') return /^[ \t\n\f\r]*$/.test(child.text);
    if (child.kind !== 'comment' && child.kind !== 'doctype') return false;
  }
  return true;
}

type Position = (element: HtmlElement) => number;
const positionOfType: Position = (element) => {
  let position = 0;
  for (const sibling of element.parent?.elements ?? []) {
    if (sibling.name === element.name) position++;
    if (sibling === element) break;
  }
  return position;
};
const lastPositionOfType: Position = (element) => {
  const siblings = element.parent?.elements ?? [];
  let position = 0;
  for (let i = element.index; i < siblings.length; i++) if (siblings[i]?.name === element.name) position++;
  return position;
};

function nth(element: HtmlElement, a: number, b: number, positionOf: Position): boolean {
  if (parentOf(element) === undefined) return false;
  const distance = positionOf(element) - b;
  return a === 0 ? distance === 0 : distance * a >= 0 && distance % a === 0;
}

const AB = /^(([+-])?(\d+)?)n(\s*([+-])?\s*\d+)?$/i;
const B = /^[+-]?\d+$/;

function nthTest(positionOf: Position): (argument: string) => Test {
  return (argument) => {
    const [a, b] = nthIndex(javaTrim(argument.toLowerCase()));
    return (element) => nth(element, a, b, positionOf);
  };
}

/** `-n` counts as `n`: jsoup looks for the digits. */
function nthIndex(argument: string): readonly [a: number, b: number] {
  if (argument === 'odd') return [2, 1];
  if (argument === 'even') return [2, 0];
  const both = AB.exec(argument);
  if (both) {
    const [, factor = '', , digits, offset] = both;
    return [digits === undefined ? 1 : number(factor), offset === undefined ? 0 : number(offset)];
  }
  if (B.test(argument)) return [0, number(argument)];
  throw selectorError(`Could not parse nth-index '${argument}': unexpected format`);
}
const number = (text: string): number => parseInteger(text.replace(/^\+/, ''));

function indexTest(holds: (index: number, given: number) => boolean, withRoot: boolean): (argument: string) => Test {
  return (argument) => {
    const text = javaTrim(argument);
    if (!/^\p{Nd}+$/u.test(text)) throw selectorError('Index must be numeric');
    const given = parseInteger(text);
    return (element, root) => (withRoot || element !== root) && holds(element.index, given);
  };
}

function containing(name: string, textIn: (element: HtmlElement) => string, prepare: (text: string) => string) {
  return (argument: string): Test => {
    const text = unescaped(argument);
    if (text === '') throw selectorError(`:${name}(text) query must not be empty`);
    const wanted = prepare(text);
    return (element) => textIn(element).includes(wanted);
  };
}
const lower = (textIn: (element: HtmlElement) => string) => (element: HtmlElement) => textIn(element).toLowerCase();
const asShown = (text: string): string => normalised(text, false).toLowerCase();
const asGiven = (text: string): string => text;

function matching(name: string, textIn: (element: HtmlElement) => string) {
  return (argument: string): Test => {
    if (argument === '') throw selectorError(`:${name}(regex) query must not be empty`);
    const pattern: CompiledPattern = compiled(argument);
    return (element) => pattern.contains(textIn(element));
  };
}
function compiled(regex: string): CompiledPattern {
  const pattern = compilePattern(regex, { dialect: 'java' });
  if (isBad(pattern)) throw pattern.error;
  return pattern;
}

function sub(name: string, argument: string, parse: Parse): Test {
  if (argument === '') throw selectorError(`:${name}(selector) sub-select must not be empty`);
  return parse(argument);
}

const FUNCTIONS: Readonly<Record<string, (argument: string, parse: Parse) => Test>> = {
  lt: indexTest((index, given) => index < given, false),
  gt: indexTest((index, given) => index > given, true),
  eq: indexTest((index, given) => index === given, true),
  has(argument, parse) {
    const test = sub('has', argument, parse);
    return (element) => {
      for (const below of elementsOf(element)) if (below !== element && test(below, element)) return true;
      return false;
    };
  },
  is: (argument, parse) => sub('is', argument, parse),
  not(argument, parse) {
    const test = sub('not', argument, parse);
    return (element, root) => !test(element, root);
  },
  contains: containing('contains', lower(textOf), asShown),
  containsOwn: containing('containsOwn', lower(ownTextOf), asShown),
  containsWholeText: containing('containsWholeText', wholeTextOf, asGiven),
  containsWholeOwnText: containing('containsWholeOwnText', wholeOwnTextOf, asGiven),
  containsData: containing('containsData', lower(dataOf), (text) => text.toLowerCase()),
  matches: matching('matches', textOf),
  matchesOwn: matching('matchesOwn', ownTextOf),
  matchesWholeText: matching('matchesWholeText', wholeTextOf),
  matchesWholeOwnText: matching('matchesWholeOwnText', wholeOwnTextOf),
  'nth-child': nthTest((element) => element.index + 1),
  'nth-last-child': nthTest((element) => (element.parent?.elements.length ?? 0) - element.index),
  'nth-of-type': nthTest(positionOfType),
  'nth-last-of-type': nthTest(lastPositionOfType),
};
