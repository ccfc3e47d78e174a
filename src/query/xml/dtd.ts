/** What a document type declaration declares, as far as parsing and validating need it. */
export class Dtd {
  readonly entities = new Map<string, Entity>();
  readonly parameterEntities = new Map<string, Entity>();
  readonly elements = new Map<string, ContentSpec>();
  readonly attributes = new Map<string, Map<string, AttributeDeclaration>>();
  readonly notations = new Set<string>();
  publicId: string | undefined;
  systemId: string | undefined;
  /** A parameter entity was used, or there is an external subset: undeclared entities are then no error. */
  incomplete = false;

  constructor(readonly name: string) {}

  /** The first declaration of an attribute counts. */
  declareAttribute(element: string, attribute: AttributeDeclaration): void {
    let declared = this.attributes.get(element);
    if (declared === undefined) {
      declared = new Map();
      this.attributes.set(element, declared);
    }
    if (!declared.has(attribute.name)) declared.set(attribute.name, attribute);
  }
}

export interface Entity {
  /** The replacement text; undefined = in a file, or not XML. */
  readonly text?: string | undefined;
  readonly systemId?: string | undefined;
  readonly publicId?: string | undefined;
  readonly notation?: string | undefined;
}

export interface AttributeDeclaration {
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly use: '#REQUIRED' | '#IMPLIED' | '#FIXED' | '';
  readonly fallback: string | undefined;
}

/** What an element may hold; `text` is as Xerces prints it: `(a,b?)`. */
export interface ContentSpec {
  readonly text: string;
  readonly kind: 'empty' | 'any' | 'mixed' | 'children';
  /** The names of mixed content. */
  readonly names: ReadonlySet<string>;
  readonly group?: Group | undefined;
}

/** A part of a content model. */
export interface Group {
  readonly name?: string;
  readonly of?: readonly Group[];
  readonly choice?: boolean;
  readonly times: '' | '?' | '*' | '+';
}
