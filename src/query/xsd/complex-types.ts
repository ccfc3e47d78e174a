import type { XmlElement } from '../xml/index.js';
import { ANY_SIMPLE, ANY_TYPE } from './built-in.js';
import {
  type AttributeDeclaration,
  type AttributeUse,
  type ComplexType,
  type ElementDeclaration,
  keyOf,
  type Particle,
  type SimpleType,
  type Term,
  type Type,
  type Wildcard,
} from './components.js';
import { SchemaError } from './schema-error.js';
import { childNamed, childrenOf, SimpleTypes, type Source } from './simple-types.js';

const MODEL = ['sequence', 'choice', 'all', 'group'];

/** Builds elements, attributes and complex types. */
export class ComplexTypes extends SimpleTypes {
  readonly groupNodes = new Map<string, Source>();
  readonly attributeGroupNodes = new Map<string, Source>();
  readonly #open: (() => unknown)[] = [];

  anyType(): Type {
    return ANY_TYPE;
  }

  /** Looks everything up once, so that what is missing is told before a document is read. */
  resolveAll(): void {
    for (const { node, root } of this.typeNodes.values()) this.typeNamed(qualified(node, root), root);
    for (let next = this.#open.shift(); next !== undefined; next = this.#open.shift()) next();
  }

  element(node: XmlElement, root: XmlElement, uri: string, global: boolean): ElementDeclaration {
    const local = node.attribute('name') ?? '';
    const named = node.attribute('type');
    const inner = childNamed(node, 'simpleType', 'complexType');
    if (childNamed(node, 'key', 'unique', 'keyref') !== undefined)
      throw new SchemaError('an identity constraint (xs:key, xs:unique, xs:keyref)', { unsupported: true });
    const type = once((): Type => {
      if (named !== undefined) return this.typeNamed(named, root);
      if (inner === undefined) return this.#headType(node, root);
      const name = `#AnonType_${local}${global ? '' : enclosing(node)}`;
      const source = { node: inner, root, uri };
      return inner.local === 'simpleType' ? this.simpleType(source, name) : this.complexType(source, name);
    });
    this.#open.push(type);
    return {
      kind: 'declaration',
      uri: global || formOf(node, root, 'elementFormDefault') ? uri : '',
      local,
      type,
      nillable: isTrue(node.attribute('nillable')),
      abstract: isTrue(node.attribute('abstract')),
      fixed: node.attribute('fixed'),
      fallback: node.attribute('default'),
    };
  }
  /** Without a type of its own a member of a substitution group has that of the head. */
  #headType(node: XmlElement, root: XmlElement): Type {
    const head = node.attribute('substitutionGroup');
    if (head === undefined) return ANY_TYPE;
    return this.schema.elements.get(this.resolve(head, root))?.type() ?? ANY_TYPE;
  }

  attribute(node: XmlElement, root: XmlElement, uri: string, global: boolean): AttributeDeclaration {
    const named = node.attribute('type');
    const inner = childNamed(node, 'simpleType');
    const local = node.attribute('name') ?? '';
    const type = once((): SimpleType => {
      if (named !== undefined) return this.simpleNamed(named, root);
      return inner === undefined
        ? ANY_SIMPLE
        : this.simpleType({ node: inner, root, uri }, `#AnonType_${local}${global ? '' : enclosing(node)}`);
    });
    this.#open.push(type);
    return {
      uri: global || formOf(node, root, 'attributeFormDefault') ? uri : '',
      local,
      type,
      fixed: global ? node.attribute('fixed') : undefined,
    };
  }

  complexType({ node, root, uri }: Source, name: string): ComplexType {
    const content = childNamed(node, 'simpleContent', 'complexContent');
    const how = content === undefined ? undefined : childNamed(content, 'extension', 'restriction');
    const mixed = isTrue(content?.attribute('mixed')) || isTrue(node.attribute('mixed'));
    const common = { kind: 'complex' as const, name, abstract: isTrue(node.attribute('abstract')), mixed };
    if (how === undefined) {
      return {
        ...common,
        base: ANY_TYPE,
        derivation: 'restriction',
        simple: undefined,
        particle: this.#content(node, root, uri),
        ...this.#attributes({ node, root, uri }, undefined),
      };
    }
    const base = this.typeNamed(how.attribute('base') ?? '', root);
    const derivation = how.local === 'extension' ? ('extension' as const) : ('restriction' as const);
    const source = { node: how, root, uri };
    const above = base.kind === 'complex' ? base : undefined;
    const attributes = this.#attributes(source, above);
    if (content?.local === 'simpleContent')
      return {
        ...common,
        base,
        derivation,
        simple: this.#simpleContent(source, base, name),
        particle: undefined,
        ...attributes,
      };
    const own = this.#content(how, root, uri);
    const particle = derivation === 'extension' ? extended(above?.particle, own) : own;
    return {
      ...common,
      mixed: mixed || (derivation === 'extension' && own === undefined && above?.mixed === true),
      base,
      derivation,
      simple: undefined,
      particle,
      ...attributes,
    };
  }

  #simpleContent(source: Source, base: Type, name: string): SimpleType {
    const value = base.kind === 'simple' ? base : (base.simple ?? ANY_SIMPLE);
    return source.node.local === 'extension' ? value : this.restricted(source, name, value);
  }

  #content(node: XmlElement, root: XmlElement, uri: string): Particle | undefined {
    const model = childNamed(node, ...MODEL);
    return model === undefined ? undefined : this.#particle(model, root, uri);
  }

  #particle(node: XmlElement, root: XmlElement, uri: string): Particle {
    const min = Number(node.attribute('minOccurs') ?? 1);
    const maxText = node.attribute('maxOccurs') ?? '1';
    const max = maxText === 'unbounded' ? Number.POSITIVE_INFINITY : Number(maxText);
    return { min, max, term: this.#term(node, root, uri) };
  }
  #term(node: XmlElement, root: XmlElement, uri: string): Term {
    const ref = node.attribute('ref');
    switch (node.local) {
      case 'element':
        return {
          kind: 'element',
          declaration: ref === undefined ? this.element(node, root, uri, false) : this.#elementNamed(ref, root),
        };
      case 'any':
        return wildcard(node, uri);
      case 'group':
        return this.#group(ref ?? '', root);
      default: {
        const particles = childrenOf(node).map((child) => this.#particle(child, root, uri));
        return { kind: node.local === 'choice' ? 'choice' : node.local === 'all' ? 'all' : 'sequence', particles };
      }
    }
  }
  /** The declaration may stand further down: what it says is asked for when it is needed. */
  #elementNamed(ref: string, root: XmlElement): ElementDeclaration {
    const key = this.resolve(ref, root);
    const found = once(() => {
      const declaration = this.schema.elements.get(key);
      if (declaration === undefined)
        throw new SchemaError(`src-resolve: Cannot resolve the name '${ref}' to a(n) 'element declaration' component.`);
      return declaration;
    });
    this.#open.push(found);
    const [, uri = '', local = ''] = /^\{(.*)\}(.*)$/.exec(key) ?? [];
    return {
      kind: 'declaration',
      uri,
      local,
      type: () => found().type(),
      get nillable() {
        return found().nillable;
      },
      get abstract() {
        return found().abstract;
      },
      get fixed() {
        return found().fixed;
      },
      get fallback() {
        return found().fallback;
      },
    };
  }
  #group(ref: string, root: XmlElement): Term {
    const source = this.groupNodes.get(this.resolve(ref, root));
    if (source === undefined)
      throw new SchemaError(`src-resolve: Cannot resolve the name '${ref}' to a(n) 'group' component.`);
    const model = childNamed(source.node, 'sequence', 'choice', 'all');
    return model === undefined ? { kind: 'sequence', particles: [] } : this.#term(model, source.root, source.uri);
  }

  #attributes(source: Source, above: ComplexType | undefined): Pick<ComplexType, 'attributes' | 'wildcard'> {
    const uses = new Map(above?.attributes);
    const own = this.#collect(source, uses);
    return { attributes: uses, wildcard: own ?? (source.node.local === 'extension' ? above?.wildcard : undefined) };
  }
  #collect({ node, root, uri }: Source, uses: Map<string, AttributeUse>): Wildcard | undefined {
    let any: Wildcard | undefined;
    for (const child of childrenOf(node)) {
      if (child.local === 'attribute') {
        const use = this.#use(child, root, uri);
        const key = keyOf(use.declaration.uri, use.declaration.local);
        if (use.prohibited) uses.delete(key);
        else uses.set(key, use);
      } else if (child.local === 'attributeGroup')
        any = this.#collect(this.#attributeGroup(child.attribute('ref') ?? '', root), uses) ?? any;
      else if (child.local === 'anyAttribute') any = wildcard(child, uri);
    }
    return any;
  }
  #attributeGroup(ref: string, root: XmlElement): Source {
    const source = this.attributeGroupNodes.get(this.resolve(ref, root));
    if (source !== undefined) return source;
    throw new SchemaError(`src-resolve: Cannot resolve the name '${ref}' to a(n) 'attribute group' component.`);
  }
  #use(node: XmlElement, root: XmlElement, uri: string): AttributeUse {
    const ref = node.attribute('ref');
    const use = node.attribute('use');
    const declaration = ref === undefined ? this.attribute(node, root, uri, false) : this.#attributeNamed(ref, root);
    return {
      declaration,
      required: use === 'required',
      prohibited: use === 'prohibited',
      fixed: node.attribute('fixed'),
    };
  }
  #attributeNamed(ref: string, root: XmlElement): AttributeDeclaration {
    const key = this.resolve(ref, root);
    const [, uri = '', local = ''] = /^\{(.*)\}(.*)$/.exec(key) ?? [];
    // xml:lang and its kin are known without a schema of their own.
    const type = once(
      () => this.schema.attributes.get(key)?.type() ?? (ref.startsWith('xml:') ? ANY_SIMPLE : unknownAttribute(ref)),
    );
    this.#open.push(type);
    return {
      uri: ref.startsWith('xml:') ? 'http://www.w3.org/XML/1998/namespace' : uri,
      local,
      type,
      fixed: undefined,
    };
  }
}

function unknownAttribute(ref: string): never {
  throw new SchemaError(`src-resolve: Cannot resolve the name '${ref}' to a(n) 'attribute declaration' component.`);
}

/** A name of the document's own namespace, as its prefixes say it. */
function qualified(node: XmlElement, root: XmlElement): string {
  const name = node.attribute('name') ?? '';
  const target = root.attribute('targetNamespace');
  const declared = root.attributes.find(({ declares, value }) => declares && value === target);
  return declared === undefined || declared.name === 'xmlns' ? name : `${declared.local}:${name}`;
}

const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1';
const formOf = (node: XmlElement, root: XmlElement, byDefault: string): boolean =>
  (node.attribute('form') ?? root.attribute(byDefault)) === 'qualified';

/** The names around a local declaration, as Xerces puts them into the name of its type. */
function enclosing(node: XmlElement): string {
  let names = '';
  for (let at = node.parent; at?.kind === 'element'; at = at.parent) names += at.attribute('name') ?? '';
  return names;
}

function wildcard(node: XmlElement, target: string): Wildcard {
  const text = node.attribute('namespace') ?? '##any';
  const process = node.attribute('processContents');
  const list = text.split(/\s+/).map((uri) => (uri === '##targetNamespace' ? target : uri === '##local' ? '' : uri));
  return {
    kind: 'any',
    process: process === 'lax' || process === 'skip' ? process : 'strict',
    namespaces: text === '##any' || text === '##other' ? text : list,
    target,
  };
}

function extended(base: Particle | undefined, own: Particle | undefined): Particle | undefined {
  if (base === undefined) return own;
  return own === undefined ? base : { min: 1, max: 1, term: { kind: 'sequence', particles: [base, own] } };
}

function once<T>(build: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= build();
    return value;
  };
}
