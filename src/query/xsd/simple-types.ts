import type { XmlElement } from '../xml/index.js';
import { schemaPattern } from '../xpath3/regular.js';
import { ANY_SIMPLE, BUILT_IN, XSD } from './built-in.js';
import { type Facets, keyOf, type Schema, type SimpleType, type Type } from './components.js';
import { SchemaError } from './schema-error.js';

/** A component as it stands in its document. */
export interface Source {
  readonly node: XmlElement;
  readonly root: XmlElement;
  readonly uri: string;
}

export const childrenOf = (node: XmlElement): readonly XmlElement[] =>
  node.children
    .filter((child) => child.kind === 'element')
    .filter(({ uri, local }) => uri === XSD && local !== 'annotation');
export const childNamed = (node: XmlElement, ...names: readonly string[]): XmlElement | undefined =>
  childrenOf(node).find(({ local }) => names.includes(local));

/** Builds simple types, each name once. */
export abstract class SimpleTypes {
  readonly typeNodes = new Map<string, Source>();

  constructor(readonly schema: Schema) {}

  /** The key of a name in the document: its prefix as declared there. */
  resolve(name: string, root: XmlElement): string {
    const [local = '', prefix = ''] = name.trim().split(':').reverse();
    const declared = root.attribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`);
    if (declared === undefined && prefix !== '')
      throw new SchemaError(
        `UndeclaredPrefix: Cannot resolve '${name}' as a QName: the prefix '${prefix}' is not declared.`,
      );
    // A schema without a namespace that is included takes that of whoever includes it.
    return keyOf(
      declared ?? (root.attribute('targetNamespace') === undefined ? (this.chameleon.get(root) ?? '') : ''),
      local,
    );
  }
  /** The target namespaces of documents that have none of their own. */
  readonly chameleon = new Map<XmlElement, string>();
  enter(root: XmlElement, uri: string): void {
    this.chameleon.set(root, uri);
  }

  abstract complexType(source: Source, name: string): Type;

  /** The type of a name. */
  typeNamed(name: string, root: XmlElement): Type {
    const key = this.resolve(name, root);
    const builtIn = key.startsWith(`{${XSD}}`) ? BUILT_IN.get(key.slice(XSD.length + 2)) : undefined;
    if (builtIn !== undefined) return builtIn;
    if (key === keyOf(XSD, 'anyType')) return this.anyType();
    const known = this.schema.types.get(key);
    if (known !== undefined) return known;
    const source = this.typeNodes.get(key);
    if (source === undefined)
      throw new SchemaError(`src-resolve: Cannot resolve the name '${name}' to a(n) 'type definition' component.`);
    const local = source.node.attribute('name') ?? '';
    const type = source.node.local === 'simpleType' ? this.simpleType(source, local) : this.complexType(source, local);
    this.schema.types.set(key, type);
    return type;
  }
  abstract anyType(): Type;

  simpleNamed(name: string, root: XmlElement): SimpleType {
    const type = this.typeNamed(name, root);
    if (type.kind === 'simple') return type;
    throw new SchemaError(`src-resolve: Cannot resolve the name '${name}' to a(n) 'simpleType definition' component.`);
  }

  simpleType({ node, root, uri }: Source, name: string): SimpleType {
    const how = childNamed(node, 'restriction', 'list', 'union');
    if (how === undefined) return ANY_SIMPLE;
    if (how.local === 'list') return this.#list(how, root, uri, name);
    if (how.local === 'union') return this.#union(how, root, uri, name);
    return this.restricted({ node: how, root, uri }, name);
  }

  /** A restriction of its `base`, or of the type inside of it. */
  restricted({ node, root, uri }: Source, name: string, given?: SimpleType): SimpleType {
    const inner = childNamed(node, 'simpleType');
    const base =
      inner !== undefined
        ? this.simpleType({ node: inner, root, uri }, `#AnonType_${name.replace('#AnonType_', '')}`)
        : (given ?? this.simpleNamed(node.attribute('base') ?? '', root));
    const { primitive, variety, item, members } = base;
    return { kind: 'simple', name, base, primitive, variety, item, members, facets: facetsOf(node) };
  }

  #list(node: XmlElement, root: XmlElement, uri: string, name: string): SimpleType {
    const inner = childNamed(node, 'simpleType');
    const itemType = node.attribute('itemType');
    const item =
      itemType !== undefined
        ? this.simpleNamed(itemType, root)
        : inner === undefined
          ? ANY_SIMPLE
          : this.simpleType({ node: inner, root, uri }, `#AnonType_${name}`);
    return {
      kind: 'simple',
      name,
      base: undefined,
      primitive: 'list',
      variety: 'list',
      item,
      facets: { whiteSpace: 'collapse' },
    };
  }
  #union(node: XmlElement, root: XmlElement, uri: string, name: string): SimpleType {
    const named = (node.attribute('memberTypes') ?? '').split(/\s+/).filter(Boolean);
    const inner = childrenOf(node).filter(({ local }) => local === 'simpleType');
    const members = [
      ...named.map((member) => this.simpleNamed(member, root)),
      ...inner.map((member) => this.simpleType({ node: member, root, uri }, `#AnonType_${name}`)),
    ];
    return { kind: 'simple', name, base: undefined, primitive: 'union', variety: 'union', members, facets: {} };
  }
}

const WHITE_SPACE = ['preserve', 'replace', 'collapse'] as const;

function facetsOf(node: XmlElement): Facets {
  const facets = childrenOf(node);
  const value = (name: string): string | undefined => facets.find(({ local }) => local === name)?.attribute('value');
  const number = (name: string): number | undefined => {
    const text = value(name);
    return text === undefined ? undefined : Number(text);
  };
  const all = (name: string): readonly string[] =>
    facets.filter(({ local }) => local === name).map((facet) => facet.attribute('value') ?? '');
  const [patterns, enumeration] = [all('pattern'), all('enumeration')];
  return {
    whiteSpace: WHITE_SPACE.find((mode) => mode === value('whiteSpace')),
    patterns: patterns.length === 0 ? undefined : patterns.map((text) => ({ text, regex: regexOf(text) })),
    enumeration: enumeration.length === 0 ? undefined : enumeration,
    length: number('length'),
    minLength: number('minLength'),
    maxLength: number('maxLength'),
    totalDigits: number('totalDigits'),
    fractionDigits: number('fractionDigits'),
    minInclusive: value('minInclusive'),
    maxInclusive: value('maxInclusive'),
    minExclusive: value('minExclusive'),
    maxExclusive: value('maxExclusive'),
  };
}

function regexOf(pattern: string): RegExp {
  try {
    return schemaPattern(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SchemaError(
      `InvalidRegex: Pattern value '${pattern}' is not a valid regular expression. The reported error was: '${why}'.`,
    );
  }
}
