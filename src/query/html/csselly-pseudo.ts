import { javaTrim, parseInteger } from '../../java/index.js';
import { type Accept, cssellyError, type Filter, parseCsselly, type Step } from './csselly.js';
import { selectJodd } from './csselly-select.js';
import type { HtmlElement } from './dom.js';

/** Adds a pseudo class to a step; throws CSSellyException for one that Jodd does not know. */
export function joddClass(name: string, { accepts, filters }: Step): void {
  const accept = CLASSES[name];
  const filter = PLACES[name];
  if (accept !== undefined) accepts.push(accept);
  else if (filter !== undefined) filters.push(filter);
  else throw cssellyError(`Unsupported pseudo class: ${name}`);
}

/** Adds a pseudo function; throws for one that Jodd does not know, and what its argument asks for. */
export function joddFunction(name: string, argument: string, step: Step): void {
  const make = FUNCTIONS[name];
  if (make === undefined) throw cssellyError(`Unsupported pseudo function: ${name}`);
  make(argument, step);
}

const siblings = (element: HtmlElement): readonly HtmlElement[] => element.parent?.elements ?? [];
const alike = (element: HtmlElement): readonly HtmlElement[] =>
  siblings(element).filter(({ name }) => name === element.name);
const ofType =
  (type: string): Accept =>
  (element) =>
    element.attribute('type') === type;
const having =
  (name: string): Accept =>
  ({ attributes }) =>
    attributes?.has(name) ?? false;

const INPUTS = new Set(['button', 'input', 'select', 'textarea']);
const CLASSES: Readonly<Record<string, Accept>> = {
  empty: ({ children }) => children.length === 0,
  parent: ({ children }) => children.length > 0,
  'first-child': ({ index }) => index === 0,
  'last-child': (element) => siblings(element).at(-1) === element,
  'only-child': (element) => siblings(element).length === 1,
  'first-of-type': (element) => alike(element)[0] === element,
  'last-of-type': (element) => alike(element).at(-1) === element,
  'only-of-type': (element) => alike(element).length === 1,
  root: ({ parent }) => parent?.name === '#root',
  header: ({ name }) => /^h[1-6]$/.test(name),
  input: ({ name }) => INPUTS.has(name),
  selected: having('selected'),
  checked: having('checked'),
  ...Object.fromEntries(
    ['button', 'checkbox', 'file', 'image', 'password', 'radio', 'reset', 'submit', 'text'].map((type) => [
      type,
      ofType(type),
    ]),
  ),
};

const PLACES: Readonly<Record<string, Filter>> = {
  first: (element, _, found) => found[0] === element,
  last: (element, _, found) => found.at(-1) === element,
  even: (_, index) => index % 2 === 0,
  odd: (_, index) => index % 2 !== 0,
};

type Make = (argument: string, step: Step) => void;

function nth(position: (element: HtmlElement) => number): Make {
  return (argument, { accepts }) => {
    const [a, b] = nthIndex(argument);
    accepts.push((element) => {
      const distance = position(element) - b;
      return a === 0 ? distance === 0 : distance * a >= 0 && distance % a === 0;
    });
  };
}

function nthIndex(argument: string): readonly [a: number, b: number] {
  const text = argument.replace(/[+ \t\n\r]/g, '');
  if (text === 'odd') return [2, 1];
  if (text === 'even') return [2, 0];
  const n = text.indexOf('n');
  if (n === -1) return [0, parseInteger(text)];
  const factor = javaTrim(text.slice(0, n));
  const rest = text.slice(n + 1);
  return [factor === '' ? 1 : factor === '-' ? -1 : parseInteger(factor), rest === '' ? 0 : parseInteger(rest)];
}

function place(holds: (index: number, given: number, count: number) => boolean): Make {
  return (argument, { filters }) => {
    const given = parseInteger(javaTrim(argument));
    filters.push((_, index, found) => holds(index, given, found.length));
  };
}

const unquoted = (text: string): string => (/^["']/.test(text) ? text.slice(1, -1) : text);

const FUNCTIONS: Readonly<Record<string, Make>> = {
  'nth-child': nth(({ index }) => index + 1),
  'nth-last-child': nth((element) => siblings(element).length - element.index),
  'nth-of-type': nth((element) => alike(element).indexOf(element) + 1),
  'nth-last-of-type': nth((element) => alike(element).length - alike(element).indexOf(element)),
  eq: place((index, given, count) => index === (given >= 0 ? given : count + given)),
  gt: place((index, given) => index > given),
  lt: place((index, given) => index < given),
  contains(argument, { accepts }) {
    const text = unquoted(argument);
    accepts.push((element) => joddText(element).includes(text));
  },
  has(argument, { accepts }) {
    const alternatives = parseCsselly(unquoted(argument));
    accepts.push((element) => selectJodd(element, alternatives).length > 0);
  },
  // All parts of the selector are held against the element itself.
  not(argument, { accepts }) {
    const steps = parseCsselly(unquoted(argument)).flat();
    accepts.push((element) => !steps.every((step) => step.accepts.every((accept) => accept(element))));
  },
};

/** Node.getTextContent: all texts, those of scripts, too. */
export function joddText(element: HtmlElement): string {
  let text = '';
  for (const child of element.children) {
    if (child.kind === 'element') text += joddText(child);
    else if (child.kind === 'text') text += child.text;
  }
  return text;
}
