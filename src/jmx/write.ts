import type { Document } from './document.js';
import { encodeName } from './spelling.js';
import {
  type ElementProperty,
  NAME_KEY,
  type ObjectProperty,
  type PlanElement,
  type Property,
  type ScalarProperty,
} from './tree.js';
import type { XmlElement } from './xml.js';

/** The XML of an element without its subtree: the node it was read from, or what JMeter 5.6.3 writes. */
export function toXml(plan: PlanElement): XmlElement {
  if (plan.xml) return plan.xml;
  const attributes: [string, string][] = [
    ['guiclass', plan.guiClass],
    ['testclass', plan.tag],
    // An empty name is not written (ConversionHelp.saveItem), and JMeter 5.6 writes enabled only where it is false.
    ...(plan.name === '' ? [] : [['testname', plan.name] as [string, string]]),
    ...(plan.enabled ? [] : [['enabled', 'false'] as [string, string]]),
  ];
  return node(encodeName(plan.tag), attributes, writable(plan.properties).map(propertyXml));
}

/** A `<hashTree>` of these elements and all below them. */
export function hashTree(elements: readonly PlanElement[]): XmlElement {
  const children = elements.flatMap((element) => [toXml(element), hashTree(element.children)]);
  return node('hashTree', [], children);
}

/** A document of elements that were built, headed as JMeter 5.6.3 does. */
export function toDocument(elements: readonly PlanElement[], file: string): Document {
  const attributes: [string, string][] = [
    ['version', '1.2'],
    ['properties', '5.0'],
    ['jmeter', '5.6.3'],
  ];
  return {
    root: node('jmeterTestPlan', attributes, [hashTree(elements)]),
    prolog: '<?xml version="1.0" encoding="UTF-8"?>\n',
    epilog: '\n',
    newline: '\n',
    tree: { file, elements },
  };
}

/** The XML of a property. */
export function propertyXml(property: Property): XmlElement {
  if (property.xml) return property.xml;
  switch (property.kind) {
    case 'collection':
    case 'map':
      return node(`${property.kind}Prop`, [['name', property.name]], property.items.map(propertyXml));
    case 'element':
      return elementXml(property);
    case 'object':
      return objectXml(property);
    case 'double':
    case 'float':
      return node(property.kind === 'double' ? 'doubleProp' : 'FloatProperty', [], fieldsOf(property));
    default:
      return node(`${property.kind}Prop`, [['name', property.name]], [], property.text);
  }
}

/** DoubleProperty and FloatProperty are written field by field. */
const fieldsOf = (property: ScalarProperty): XmlElement[] => [
  node('name', [], [], property.name),
  node('value', [], [], property.text),
  node('savedValue', [], [], '0.0'),
];

function elementXml(property: ElementProperty): XmlElement {
  const attributes: [string, string][] = [
    ['name', property.name],
    ['elementType', property.elementType],
  ];
  for (const [name, value] of property.attributes) attributes.push([encodeName(name), value]);
  return node('elementProp', attributes, writable(property.properties).map(propertyXml));
}

function objectXml(property: ObjectProperty): XmlElement {
  const fields = [...property.fields].map(([tag, text]) => node(encodeName(tag), [], [], text));
  const value = node('value', [['class', property.className]], fields);
  return node('objProp', [], [node('name', [], [], property.name), value]);
}

/** The name is an attribute when it was read from one; only a property with a node of its own is written as one. */
const writable = (properties: readonly Property[]): readonly Property[] =>
  properties.filter((property) => property.xml !== undefined || property.name !== NAME_KEY);

function node(
  tag: string,
  attributes: readonly (readonly [string, string])[],
  children: readonly XmlElement[],
  text = '',
): XmlElement {
  return { tag, attributes: new Map(attributes), children, text, line: 0, column: 0 };
}
