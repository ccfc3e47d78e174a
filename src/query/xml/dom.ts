/**
 * A document as the XPath engines and the serialiser see it: plain classes, built by appending only, never changed once
 * built. Follows the W3C DOM where JMeter's results show it (CDATA sections are nodes, `xmlns` stands among the attributes).
 */
export type XmlNode = XmlDocument | XmlElement | XmlAttribute | XmlText | XmlCData | XmlComment | XmlInstruction;
export type ChildNode = XmlElement | XmlText | XmlCData | XmlComment | XmlInstruction;
export type ParentNode = XmlDocument | XmlElement;

/** What both kinds of parent hold. */
abstract class Holder {
  readonly children: ChildNode[] = [];
  /** Place in document order, see `numberNodes`. */
  order = 0;

  /** Appends a node that stands nowhere yet. */
  append(this: ParentNode, node: ChildNode): void {
    node.parent = this;
    node.position = this.children.length;
    this.children.push(node);
  }
}

/**
 * The root; `numbered` says that `order` is filled in for all nodes, `namespaces` that names were resolved when it was
 * parsed.
 */
export class XmlDocument extends Holder {
  readonly kind = 'document';
  readonly parent: undefined;
  numbered = false;
  namespaces = false;
  /** JTidy's DOM has nodes of a type that Xalan does not know: it fails where it meets them. */
  untyped = false;
  doctype: Doctype | undefined;

  /** `tidied`: the DOM is JTidy's, which has its own ways. */
  constructor(readonly tidied = false) {
    super();
  }

  get documentElement(): XmlElement | undefined {
    for (const node of this.children) if (node.kind === 'element') return node;
    return undefined;
  }
}

/** What the document type declaration says, as far as it shows. */
export interface Doctype {
  readonly name: string;
  readonly publicId?: string | undefined;
  readonly systemId?: string | undefined;
  /** Attribute names of type ID, by element name. */
  readonly ids?: ReadonlyMap<string, string> | undefined;
}

export class XmlElement extends Holder {
  readonly kind = 'element';
  parent: ParentNode | undefined;
  /** Index among the parent's children. */
  position = 0;
  readonly attributes: XmlAttribute[] = [];

  /** Without namespaces the local name is the whole name, as name tests see it; the URI is ''. */
  constructor(
    readonly name: string,
    readonly local: string = name,
    readonly uri: string = '',
  ) {
    super();
  }

  get prefix(): string {
    return prefixOf(this.name);
  }

  /** Adds an attribute that stands nowhere yet. */
  setAttribute(attribute: XmlAttribute): void {
    attribute.parent = this;
    this.attributes.push(attribute);
  }

  attribute(name: string): string | undefined {
    for (const attribute of this.attributes) if (attribute.name === name) return attribute.value;
    return undefined;
  }
}

export class XmlAttribute {
  readonly kind = 'attribute';
  parent: XmlElement | undefined;
  order = 0;

  constructor(
    readonly name: string,
    readonly value: string,
    readonly local: string = name,
    readonly uri: string = '',
  ) {}

  get prefix(): string {
    return prefixOf(this.name);
  }
  /** Whether it declares a namespace: no attribute to XPath. */
  get declares(): boolean {
    return this.name === 'xmlns' || this.name.startsWith('xmlns:');
  }
}

/** A child that has a text and no children. */
abstract class Leaf {
  parent: ParentNode | undefined;
  position = 0;
  order = 0;

  constructor(readonly value: string) {}
}

export class XmlText extends Leaf {
  readonly kind = 'text';
}
export class XmlCData extends Leaf {
  readonly kind = 'cdata';
}
export class XmlComment extends Leaf {
  readonly kind = 'comment';
}
export class XmlInstruction extends Leaf {
  readonly kind = 'instruction';

  constructor(
    readonly name: string,
    value: string,
  ) {
    super(value);
  }
}

const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));

/** The document a node stands in. */
export function documentOfNode(node: XmlNode): XmlDocument | undefined {
  let at: XmlNode | undefined = node;
  while (at !== undefined && at.kind !== 'document') at = at.parent;
  return at;
}

/** Gives every node its place in document order, attributes right after their element; once per document. */
export function numberNodes(document: XmlDocument): void {
  if (document.numbered) return;
  document.numbered = true;
  let next = 1;
  const visit = (children: readonly ChildNode[]): void => {
    for (const node of children) {
      node.order = next++;
      if (node.kind !== 'element') continue;
      for (const attribute of node.attributes) attribute.order = next++;
      visit(node.children);
    }
  };
  visit(document.children);
}

/** The text of an element or a document: all text below it, without comments and instructions. */
export function textOf(node: XmlNode): string {
  if (node.kind !== 'element' && node.kind !== 'document') return node.value;
  const [only] = node.children;
  if (node.children.length === 1 && (only?.kind === 'text' || only?.kind === 'cdata')) return only.value;
  let text = '';
  for (const child of node.children)
    if (child.kind === 'text' || child.kind === 'cdata') text += child.value;
    else if (child.kind === 'element') text += textOf(child);
  return text;
}
