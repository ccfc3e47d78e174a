import { at, type Place, type Problem, problems } from '../problem.js';
import { excerpt } from './source.js';
import { decodeName } from './spelling.js';
import { type ElementProperty, NAME_KEY, type Property, type ScalarProperty } from './tree.js';
import { urlDecode } from './url-decode.js';
import type { XmlElement } from './xml.js';

type Kind = Property['kind'];

/** Tags of properties; the class names stand in files written without aliases. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...kind('string', 'stringProp', 'StringProperty'),
  ...kind('bool', 'boolProp', 'BooleanProperty'),
  ...kind('int', 'intProp', 'IntegerProperty'),
  ...kind('long', 'longProp', 'LongProperty'),
  ...kind('double', 'doubleProp', 'DoubleProperty'),
  ...kind('float', 'FloatProperty', 'FloatProperty'),
  ...kind('collection', 'collectionProp', 'CollectionProperty'),
  ...kind('map', 'mapProp', 'MapProperty'),
  ...kind('element', 'elementProp', 'TestElementProperty'),
  ...kind('object', 'objProp', 'ObjectProperty'),
]);

/** Reads properties as JMeter's converters do; what JMeter refuses goes to `found`, and the property is left out. */
export class Properties {
  constructor(
    readonly file: string,
    /** Plans of format 1.0: names and texts are URL-encoded. */
    readonly urlEncoded: boolean,
    readonly found: Problem[],
  ) {}

  /** The properties of an element; the `testname` is the first, as JMeter keeps it among them. */
  ofElement(xml: XmlElement, attributes: ReadonlyMap<string, string>, place: Place): readonly Property[] {
    const properties: Property[] = [];
    const name = attributes.get('testname');
    if (name !== undefined)
      properties.push({ kind: 'string', name: NAME_KEY, text: this.#decoded(name, place), place });
    this.#readAll(xml, place, properties);
    return properties;
  }

  #readAll(xml: XmlElement, above: Place, into: Property[]): Property[] {
    for (const child of xml.children) {
      const property = this.#read(child, above);
      if (property) into.push(property);
    }
    return into;
  }

  #read(xml: XmlElement, above: Place): Property | undefined {
    const place = { file: this.file, line: xml.line, column: xml.column, path: above.path };
    const tag = xml.attributes.get('class') ?? decodeName(xml.tag);
    const kind = KINDS.get(tag);
    const written = xml.attributes.get('name');
    const name = written === undefined ? '' : this.#decoded(written, place);
    const named = { name, place, xml };
    switch (kind) {
      case undefined:
        return this.#refuse(problems.badStructure(`<${excerpt(tag)}> is not a property`), place);
      case 'collection':
      case 'map':
        return { kind, ...named, items: this.#readAll(xml, place, []) };
      case 'element':
        return this.#element(xml, named);
      case 'object': {
        const value = childOf(xml, 'value');
        const fields = new Map(value?.children.map((field) => [decodeName(field.tag), field.text]));
        return { kind, ...named, name: fieldName(xml, name), className: value?.attributes.get('class') ?? '', fields };
      }
      case 'double':
      case 'float': {
        // A missing field keeps the value of the Java field, 0.
        const text = childOf(xml, 'value')?.text ?? '0.0';
        return this.#scalar({ kind, ...named, name: fieldName(xml, name), text }, tag);
      }
      default:
        if (written === undefined) return this.#refuse(problems.badStructure(`a ${tag} has no name`), place);
        return this.#scalar(
          { kind, ...named, text: kind === 'string' ? this.#decoded(xml.text, place) : xml.text },
          tag,
        );
    }
  }

  #element(xml: XmlElement, named: { name: string; place: Place; xml: XmlElement }): ElementProperty | undefined {
    const attributes = new Map<string, string>();
    for (const [name, value] of xml.attributes) attributes.set(decodeName(name), value);
    const elementType = attributes.get('elementType');
    if (elementType === undefined)
      return this.#refuse(
        problems.badStructure(`the elementProp ${excerpt(named.name)} has no elementType`),
        named.place,
      );
    attributes.delete('name');
    attributes.delete('elementType');
    return {
      kind: 'element',
      ...named,
      elementType,
      attributes,
      properties: this.ofElement(xml, attributes, named.place),
    };
  }

  #scalar(property: ScalarProperty, tag: string): ScalarProperty | undefined {
    if (isNumberFor(property.kind, property.text)) return property;
    return this.#refuse(
      problems.notANumber(excerpt(property.text), `"${excerpt(property.name)}"`, tag),
      property.place,
    );
  }

  #refuse(problem: Problem, place: Place): undefined {
    this.found.push(at(problem, place));
    return undefined;
  }

  #decoded(text: string, place: Place): string {
    if (!this.urlEncoded) return text;
    const decoded = urlDecode(text);
    if (decoded === undefined)
      this.#refuse(problems.badStructure(`"${excerpt(text)}" is not URL-encoded as version="1.0" says`), place);
    return decoded ?? text;
  }
}

/** doubleProp, FloatProperty and objProp have their name as a child. */
const fieldName = (xml: XmlElement, fallback: string): string => childOf(xml, 'name')?.text ?? fallback;

const childOf = (xml: XmlElement, tag: string): XmlElement | undefined =>
  xml.children.find((child) => child.tag === tag);

/** What Integer.parseInt, Long.parseLong, Double.parseDouble take, as far as plans have it. */
function isNumberFor(kind: ScalarProperty['kind'], text: string): boolean {
  if (kind === 'int' || kind === 'long') {
    if (!/^[+-]?\d{1,40}$/.test(text)) return false;
    const bits = kind === 'int' ? 32 : 64;
    const value = BigInt(text.replace('+', ''));
    return BigInt.asIntN(bits, value) === value;
  }
  return (kind !== 'double' && kind !== 'float') || FLOATING.test(text);
}
const FLOATING = /^\s*[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)\s*$/;

function kind(value: Kind, alias: string, simpleName: string): [string, Kind][] {
  return [
    [alias, value],
    [`org.apache.jmeter.testelement.property.${simpleName}`, value],
  ];
}
