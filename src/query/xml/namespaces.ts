import { XmlAttribute, XmlElement } from './dom.js';

/** The prefixes in force; '' is the default namespace. */
export type Prefixes = ReadonlyMap<string, string>;

export const XML_URI = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_URI = 'http://www.w3.org/2000/xmlns/';
export const NO_PREFIXES: Prefixes = new Map([
  ['xml', XML_URI],
  ['xmlns', XMLNS_URI],
]);

type Pairs = readonly (readonly [name: string, value: string])[];

/** The prefixes inside an element with these attributes. */
export function prefixesOf(attributes: Pairs, outer: Prefixes): Prefixes {
  let own: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    const prefix = declaredPrefix(name);
    if (prefix === undefined) continue;
    own ??= new Map(outer);
    own.set(prefix, value);
  }
  return own ?? outer;
}

/** The prefix an attribute declares, '' for `xmlns`; undefined when it is no declaration. */
const declaredPrefix = (name: string): string | undefined =>
  name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : undefined;

/** Refuses declarations that Namespaces in XML 1.0 forbids, with Xerces' messages. */
export function checkBinding(name: string, uri: string, fail: (message: string) => never): void {
  const prefix = declaredPrefix(name);
  if (prefix === undefined) return;
  if (prefix === 'xmlns' || uri === XMLNS_URI)
    fail(
      'The prefix "xmlns" cannot be bound to any namespace explicitly; neither can the namespace for "xmlns" be bound to any prefix explicitly.',
    );
  if ((prefix === 'xml') !== (uri === XML_URI))
    fail(
      'The prefix "xml" cannot be bound to any namespace other than its usual namespace; neither can the namespace for "xml" be bound to any prefix other than "xml".',
    );
  if (prefix !== '' && uri === '')
    fail(
      // Xerces prints its own object here.
      `The value of the attribute "prefix="xmlns",localpart="${prefix}",rawname="${name}"" is invalid. Prefixed namespace bindings may not be empty.`,
    );
}

/** An element with its names resolved. */
export function resolveNames(
  name: string,
  attributes: Pairs,
  prefixes: Prefixes,
  fail: (message: string) => never,
): XmlElement {
  const element = elementOf(name, prefixes, fail);
  let prefixed = 0;
  for (const [key, value] of attributes) {
    const colon = key.indexOf(':');
    if (colon < 0) {
      element.setAttribute(new XmlAttribute(key, value, key, key === 'xmlns' ? XMLNS_URI : ''));
      continue;
    }
    const uri = prefixes.get(key.slice(0, colon));
    if (uri === undefined)
      fail(
        `The prefix "${key.slice(0, colon)}" for attribute "${key}" associated with an element type "${name}" is not bound.`,
      );
    prefixed++;
    element.setAttribute(new XmlAttribute(key, value, key.slice(colon + 1), uri));
  }
  if (prefixed > 1) checkUnique(element, fail);
  return element;
}

function elementOf(name: string, prefixes: Prefixes, fail: (message: string) => never): XmlElement {
  const colon = name.indexOf(':');
  if (colon < 0) return new XmlElement(name, name, prefixes.get(''));
  const prefix = name.slice(0, colon);
  if (prefix === 'xmlns') fail(`Element "${name}" cannot have "xmlns" as its prefix.`);
  const uri = prefixes.get(prefix);
  if (uri === undefined) fail(`The prefix "${prefix}" for element "${name}" is not bound.`);
  return new XmlElement(name, name.slice(colon + 1), uri);
}

function checkUnique({ name, attributes }: XmlElement, fail: (message: string) => never): void {
  const seen = new Set<string>();
  for (const { uri, local } of attributes) {
    if (uri === '') continue;
    const key = `${uri} ${local}`;
    if (seen.has(key))
      fail(`Attribute "${local}" bound to namespace "${uri}" was already specified for element "${name}".`);
    seen.add(key);
  }
}
