import { parseXml, type XmlElement, XmlParseError } from '../xml/index.js';
import { XSD } from './built-in.js';
import { ComplexTypes } from './complex-types.js';
import { keyOf, type Schema } from './components.js';
import { SchemaError } from './schema-error.js';

/** Reads a file; undefined when it cannot be read. The second value is its own name, for files it names. */
export type ReadSchema = (
  location: string,
  from: string | undefined,
) => { readonly text: string; readonly name: string } | undefined;

/**
 * Reads a schema with what it includes and imports.
 * @throws SchemaError what Xerces says of the schema, or what this program cannot do
 */
export function loadSchema(location: string, read: ReadSchema): Schema {
  const loader = new Loader(read);
  if (!loader.document(location, undefined, undefined))
    throw new SchemaError(
      `schema_reference.4: Failed to read schema document '${location}', because 1) could not find the document; 2) the document could not be read; 3) the root element of the document is not <xsd:schema>.`,
    );
  loader.finish();
  return loader.schema;
}

class Loader {
  readonly schema: Schema = {
    elements: new Map(),
    types: new Map(),
    attributes: new Map(),
    substitutions: new Map(),
    namespaces: new Set(),
  };
  readonly #components = new ComplexTypes(this.schema);
  readonly #seen = new Set<string>();
  /** What is built when all names are known. */
  readonly #late: (() => void)[] = [];

  constructor(readonly read: ReadSchema) {}

  finish(): void {
    for (const build of this.#late) build();
    this.#components.resolveAll();
  }

  /** Reads a schema document; `target` is the namespace of whoever includes it. False when there is none. */
  document(location: string, from: string | undefined, target: string | undefined): boolean {
    const found = this.read(location, from);
    if (found === undefined) return false;
    const key = `${found.name} ${target ?? ''}`;
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    const root = rootOf(found.text);
    if (root?.uri !== XSD || root.local !== 'schema') return false;
    const uri = root.attribute('targetNamespace') ?? target ?? '';
    this.schema.namespaces.add(uri);
    this.#components.enter(root, uri);
    for (const child of root.children)
      if (child.kind === 'element' && child.uri === XSD) this.#top(child, root, uri, found.name);
    return true;
  }

  #top(node: XmlElement, root: XmlElement, uri: string, file: string): void {
    const name = node.attribute('name') ?? '';
    const key = keyOf(uri, name);
    const parts = this.#components;
    switch (node.local) {
      case 'include':
        this.#other(node, file, uri);
        break;
      case 'import':
        this.#other(node, file, undefined);
        break;
      case 'redefine':
        throw new SchemaError('xs:redefine', { unsupported: true });
      case 'element':
        this.schema.elements.set(key, parts.element(node, root, uri, true));
        this.#substitution(node, root, uri, name);
        break;
      case 'attribute':
        this.schema.attributes.set(key, parts.attribute(node, root, uri, true));
        break;
      case 'simpleType':
      case 'complexType':
        parts.typeNodes.set(key, { node, root, uri });
        break;
      case 'group':
        parts.groupNodes.set(key, { node, root, uri });
        break;
      case 'attributeGroup':
        parts.attributeGroupNodes.set(key, { node, root, uri });
        break;
    }
  }

  #other(node: XmlElement, file: string, target: string | undefined): void {
    const location = node.attribute('schemaLocation');
    if (location !== undefined) this.document(location, file, target);
  }

  #substitution(node: XmlElement, root: XmlElement, uri: string, name: string): void {
    const head = node.attribute('substitutionGroup');
    if (head === undefined) return;
    this.#late.push(() => {
      const member = this.schema.elements.get(keyOf(uri, name));
      const key = this.#components.resolve(head, root);
      const members = this.schema.substitutions.get(key) ?? [];
      if (member !== undefined) members.push(member);
      this.schema.substitutions.set(key, members);
    });
  }
}

function rootOf(text: string): XmlElement | undefined {
  try {
    return parseXml(text, { namespaces: true }).documentElement;
  } catch (error) {
    if (error instanceof XmlParseError)
      throw new SchemaError(error.message, { line: error.line, column: error.column, fatal: true });
    throw error;
  }
}
