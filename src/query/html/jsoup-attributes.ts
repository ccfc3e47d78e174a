import { compilePattern, isBad, JavaError, javaTrim } from '../../java/index.js';
import type { HtmlElement } from './dom.js';
import type { Test } from './jsoup-selector.js';
import { selectorError, TokenQueue } from './token-queue.js';

const OPERATORS = ['=', '!=', '^=', '$=', '*=', '~='];
const SCHEME = /^[a-zA-Z][a-zA-Z0-9+\-.]*:/;
const ABSOLUTE = /^(?:https?|ftp|file|jar|mailto):/i;

/** Element.attr: the value, empty when there is none; with `abs:` the absolute address. */
export function attributeOf(element: HtmlElement, key: string): string {
  const name = key.toLowerCase();
  const value = element.attributes?.get(name) ?? '';
  return value === '' && name.startsWith('abs:') ? absolute(element, name.slice(4)) : value;
}

/** Element.hasAttr; with `abs:` whether an absolute address can be told. */
function hasAttribute(element: HtmlElement, key: string): boolean {
  const name = key.toLowerCase();
  const { attributes } = element;
  if (attributes === undefined) return false;
  return attributes.has(name) || (name.startsWith('abs:') && absolute(element, name.slice(4)) !== '');
}

function absolute(element: HtmlElement, name: string): string {
  if (name === '') throw new JavaError('org.jsoup.helper.ValidationException', 'String must not be empty');
  const value = element.attributes?.get(name);
  if (value === undefined) return '';
  const base = baseOf(element);
  if (base === '') return ABSOLUTE.test(value) || SCHEME.test(value) ? value : '';
  return URL.canParse(value, base) ? new URL(value, base).href : '';
}

/** What the page itself says: the first `base` with an absolute address. */
function baseOf(element: HtmlElement): string {
  let root = element;
  while (root.parent !== undefined) root = root.parent;
  let base = bases.get(root);
  if (base === undefined) {
    base = findBase(root) ?? '';
    bases.set(root, base);
  }
  return base;
}
const bases = new WeakMap<HtmlElement, string>();

function findBase(element: HtmlElement): string | undefined {
  if (element.name === 'base') {
    const href = element.attribute('href') ?? '';
    if (ABSOLUTE.test(href)) return href;
  }
  for (const child of element.elements) {
    const found = findBase(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What stands in brackets. */
export function attributeTest(content: string, query: string): Test {
  const queue = new TokenQueue(content);
  const key = queue.upTo(OPERATORS);
  if (key === '') throw selectorError('String must not be empty');
  queue.skipBlanks();
  if (queue.isEmpty) return key.startsWith('^') ? beginning(key.slice(1)) : (element) => hasAttribute(element, key);
  const operator = OPERATORS.find((one) => queue.take(one));
  const given = queue.rest();
  if (operator === undefined)
    throw selectorError(`Could not parse attribute query '${query}': unexpected token at '${given}'`);
  const name = javaTrim(key.toLowerCase());
  return operator === '~=' ? matching(name, given) : comparing(name, operator, given);
}

function beginning(prefix: string): Test {
  if (prefix === '') throw selectorError('String must not be empty');
  const wanted = prefix.toLowerCase();
  return ({ attributes }) => {
    for (const name of attributes?.keys() ?? []) if (name.startsWith(wanted)) return true;
    return false;
  };
}

function matching(name: string, regex: string): Test {
  const pattern = compilePattern(regex, { dialect: 'java' });
  if (isBad(pattern)) throw pattern.error;
  return (element) => hasAttribute(element, name) && pattern.contains(attributeOf(element, name));
}

/** In any case; blanks around a value count only within quotes of `^=` and `$=`. */
function comparing(name: string, operator: string, given: string): Test {
  if (given === '') throw selectorError('String must not be empty');
  const quoted = /^(?:'.*'|".*")$/s.test(given) && given.length > 1;
  const text = (quoted ? given.slice(1, -1) : given).toLowerCase();
  const value = quoted && (operator === '^=' || operator === '$=') ? text : javaTrim(text);
  switch (operator) {
    case '=':
      return (element) => hasAttribute(element, name) && javaTrim(attributeOf(element, name)).toLowerCase() === value;
    case '!=':
      return (element) => attributeOf(element, name).toLowerCase() !== value;
    case '^=':
      return (element) => hasAttribute(element, name) && attributeOf(element, name).toLowerCase().startsWith(value);
    case '$=':
      return (element) => hasAttribute(element, name) && attributeOf(element, name).toLowerCase().endsWith(value);
    default:
      return (element) => hasAttribute(element, name) && attributeOf(element, name).toLowerCase().includes(value);
  }
}
