import type { TidyNode } from './node.js';

/** Adds a property to an element's style, unless it has it. */
export function addStyle(node: TidyNode, property: string): void {
  const style = node.namedAttribute('style', 'av');
  if (style === undefined) node.prependAttribute('style', property);
  else style.value = joined(style.value ?? '', property);
}

/** Adds class and style of a child that is about to go. */
export function mergeStyles(node: TidyNode, child: TidyNode): void {
  merge(node, child, 'class', (own, other) => `${own} ${other}`);
  merge(node, child, 'style', joined);
}

function merge(node: TidyNode, child: TidyNode, name: string, join: (own: string, other: string) => string): void {
  const other = child.attribute(name)?.value;
  if (other === undefined) return;
  const own = node.attribute(name);
  if (own?.value === undefined) node.prependAttribute(name, other);
  else own.value = join(own.value, other);
}

/** The properties of both styles by name; of two with one name the first stays. */
function joined(first: string, second: string): string {
  const properties = new Map<string, string>();
  for (const style of [first, second])
    for (const [name, value] of propertiesOf(style)) if (!properties.has(name)) properties.set(name, value);
  return [...properties]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}

/** `name: value` pairs; a part without a colon takes the next one's with it, as the text up to a colon is the name. */
function* propertiesOf(style: string): Generator<readonly [name: string, value: string]> {
  let at = 0;
  while (at < style.length) {
    const colon = style.indexOf(':', at);
    if (colon < 0) return;
    const end = style.indexOf(';', colon + 1);
    const value = end < 0 ? style.slice(colon + 1) : style.slice(colon + 1, end);
    yield [style.slice(at, colon).replace(/^ +/, ''), value.replace(/^ +/, '')];
    if (end < 0) return;
    at = end + 1;
  }
}
