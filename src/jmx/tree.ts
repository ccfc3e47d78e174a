import type { Place } from '../problem.js';
import type { XmlElement } from './xml.js';

/** The `testname` attribute, which the reader puts among the properties, as JMeter does. */
export const NAME_KEY = 'TestElement.name';

/** A property as it stands in the plan; nothing is coerced and no `${…}` is looked at here (JMeter reference §1.4). */
export type Property = ScalarProperty | CollectionProperty | MapProperty | ElementProperty | ObjectProperty;

interface Named {
  /** Empty when the tag has no `name` (items of collections often have one that means nothing). */
  readonly name: string;
  readonly place: Place;
  /** The node it was read from; absent for trees built by code. */
  readonly xml?: XmlElement;
}
/** stringProp, boolProp, intProp, longProp, doubleProp, FloatProperty: the text, whatever the type tag says. */
export interface ScalarProperty extends Named {
  readonly kind: 'string' | 'bool' | 'int' | 'long' | 'double' | 'float';
  readonly text: string;
}
export interface CollectionProperty extends Named {
  readonly kind: 'collection';
  readonly items: readonly Property[];
}
export interface MapProperty extends Named {
  readonly kind: 'map';
  readonly items: readonly Property[];
}
/** An element inside a property, e.g. Arguments in an HTTP sampler. */
export interface ElementProperty extends Named {
  readonly kind: 'element';
  readonly elementType: string;
  /** `testname`, `guiclass`, `testclass`, `enabled`, … as written, names decoded. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly properties: readonly Property[];
}
/** objProp: a serialised object such as a listener's saveConfig; `fields` are the child tags of its value. */
export interface ObjectProperty extends Named {
  readonly kind: 'object';
  readonly className: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** One element of a plan with its properties and its subtree, as the file has it. */
export interface PlanElement {
  /** The tag after XStream's name decoding (`__` → `_`, `_-` → `$`); a `class` attribute wins over the tag. */
  readonly tag: string;
  readonly name: string;
  /** Only `true` in any case counts, untrimmed; absent = enabled; `${…}` = disabled (JMeter 5.6.3). */
  readonly enabled: boolean;
  readonly guiClass: string;
  readonly properties: readonly Property[];
  readonly children: readonly PlanElement[];
  readonly place: Place;
  readonly xml?: XmlElement;
}

/** A plan file: its top elements (TestPlan, in old files a WorkBench beside it). */
export interface PlanTree {
  readonly file: string;
  readonly elements: readonly PlanElement[];
}

/** The property of that name, or undefined; the last one counts when a file has it twice, as in JMeter. */
export function property(of: { readonly properties: readonly Property[] }, name: string): Property | undefined {
  for (let i = of.properties.length - 1; i >= 0; i--) if (of.properties[i]?.name === name) return of.properties[i];
  return undefined;
}

/** The text of a scalar property, or undefined when it is absent or no scalar. */
export function propertyText(of: { readonly properties: readonly Property[] }, name: string): string | undefined {
  const found = property(of, name);
  return found && 'text' in found ? found.text : undefined;
}
