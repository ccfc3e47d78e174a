import { JavaError } from '../../java/index.js';
import { saxonAttribute, saxonText, type XmlNode } from '../xml/index.js';
import { itemText } from './cast.js';
import { Atomic, atomicText, type Item, isNode, type Sequence } from './item.js';

/** What XdmItem.getStringValue gives: maps and arrays have none. */
export function stringValue(item: Item): string {
  if (item.kind === 'map') throw new JavaError('java.lang.UnsupportedOperationException', 'A map has no string value');
  if (item.kind === 'array')
    throw new JavaError('java.lang.UnsupportedOperationException', 'An array does not have a string value');
  if (item.kind === 'function')
    throw new JavaError('java.lang.UnsupportedOperationException', 'The string value of a function is not defined');
  return itemText(item);
}

/** What XdmItem.toString gives: XML for nodes. */
export function shownItem(item: Item): string {
  if (isNode(item)) return serialized(item, true);
  if (item instanceof Atomic) return atomicText(item);
  return adaptive(item);
}

const few = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** A node as XML. */
export function serialized(node: XmlNode, indent: boolean): string {
  switch (node.kind) {
    case 'element':
      return saxonText(node, { indent });
    case 'document':
      return node.children.map((child) => serialized(child, indent)).join('');
    case 'attribute':
      return indent ? `${node.name}="${few(node.value).replace(/"/g, '&quot;')}"` : saxonAttribute(node);
    case 'comment':
      return `<!--${node.value}-->`;
    case 'instruction':
      return `<?${node.name}${node.value === '' ? '' : ` ${node.value}`}?>`;
    default:
      return few(node.value);
  }
}

/** Maps, arrays and functions as Saxon shows them. */
function adaptive(item: Item): string {
  if (item.kind === 'map')
    return `map{${[...item.entries.values()].map(({ key, value }) => `${adaptive(key)}:${adaptiveAll(value)}`).join(',')}}`;
  if (item.kind === 'array') return `[${item.members.map(adaptiveAll).join(',')}]`;
  if (item.kind === 'function') return `${item.name ?? '(anonymous-function)'}#${item.arity}`;
  if (item instanceof Atomic)
    return typeof item.value === 'string' ? `"${item.value.replace(/"/g, '""')}"` : atomicText(item);
  return serialized(item, false);
}
const adaptiveAll = (items: Sequence): string => {
  const [only] = items;
  return items.length === 1 && only !== undefined ? adaptive(only) : `(${items.map(adaptive).join(',')})`;
};
