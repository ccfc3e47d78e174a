import type { Observer, Place, XmlAttribute, XmlElement, XmlParseError } from '../xml/index.js';
import { ANY_TYPE, BUILT_IN, XSD, XSI } from './built-in.js';
import {
  admits,
  type ComplexType,
  derives,
  type ElementDeclaration,
  keyOf,
  type Schema,
  type SimpleType,
  type Type,
  type Wildcard,
} from './components.js';
import { AllModel, ContentModel, type State } from './content-model.js';
import { incompleteContent, unexpectedElement } from './content-problem.js';
import { normalized, valueProblem } from './simple-value.js';

/** An element that is open. */
interface Level {
  readonly element: XmlElement;
  readonly declaration: ElementDeclaration | undefined;
  /** Undefined = not validated, because a wildcard says so. */
  readonly type: Type | undefined;
  readonly nil: boolean;
  state: State | undefined;
  text: string;
  sawElement: boolean;
  sawText: boolean;
}

/** Checks a document by a schema while it is parsed; throws at the first thing that is wrong, as Xerces 2.12 says it. */
export class Validator implements Observer {
  readonly #levels: Level[] = [];
  readonly #models = new WeakMap<ComplexType, ContentModel | AllModel>();
  readonly #ids = new Set<string>();
  readonly #references: string[] = [];

  constructor(
    readonly schema: Schema,
    readonly place: Place,
    readonly wrong: (error: XmlParseError) => never,
  ) {}

  start(element: XmlElement): void {
    const parent = this.#levels.at(-1);
    const term = parent === undefined ? undefined : this.#step(parent, element);
    const skipped =
      (parent !== undefined && parent.type === undefined) || (term?.kind === 'any' && term.process === 'skip');
    this.#levels.push(skipped ? level(element, undefined, undefined, false) : this.#open(element, term));
  }

  /** Moves the parent's content model on. */
  #step(parent: Level, element: XmlElement): ElementDeclaration | Wildcard | undefined {
    parent.sawElement = true;
    const { state } = parent;
    if (state === undefined) return undefined;
    const next = state.model.next(state, element);
    if (next === undefined) {
      return this.#fail(unexpectedElement(element, state));
    }
    parent.state = next.state;
    return next.term;
  }

  #open(element: XmlElement, term: ElementDeclaration | Wildcard | undefined): Level {
    const declaration =
      term?.kind === 'declaration' ? term : this.schema.elements.get(keyOf(element.uri, element.local));
    const xsiType = xsiAttribute(element, 'type');
    if (declaration === undefined && xsiType === undefined) this.#undeclared(element, term);
    let type = declaration?.type() ?? ANY_TYPE;
    if (xsiType !== undefined) type = this.#xsiType(element, xsiType, declaration === undefined ? undefined : type);
    if (declaration?.abstract)
      this.#fail(`cvc-elt.2: The value of {abstract} in the element declaration for '${element.name}' must be false.`);
    if (type.kind === 'complex' && type.abstract)
      this.#fail(`cvc-type.2: The type definition cannot be abstract for element ${element.name}.`);
    const opened = level(element, declaration, type, this.#isNil(element, declaration));
    opened.state = type.kind === 'complex' ? this.#model(type)?.begin() : undefined;
    this.#attributes(element, type);
    return opened;
  }

  #undeclared(element: XmlElement, term: ElementDeclaration | Wildcard | undefined): void {
    if (this.#levels.length === 0) this.#fail(`cvc-elt.1.a: Cannot find the declaration of element '${element.name}'.`);
    if (term?.kind === 'any' && term.process === 'strict')
      this.#fail(
        `cvc-complex-type.2.4.c: The matching wildcard is strict, but no declaration can be found for element '${element.name}'.`,
      );
  }

  #xsiType(element: XmlElement, name: string, declared: Type | undefined): Type {
    const [local = '', prefix = ''] = name.trim().split(':').reverse();
    const uri = uriOfPrefix(element, prefix) ?? '';
    const type = this.schema.types.get(keyOf(uri, local)) ?? builtIn(uri, local);
    if (type === undefined)
      return this.#fail(`cvc-elt.4.2: Cannot resolve '${name}' to a type definition for element '${element.name}'.`);
    if (declared !== undefined && !derives(type, declared))
      this.#fail(
        `cvc-elt.4.3: Type '${name}' is not validly derived from the type definition, '${declared.name}', of element '${element.name}'.`,
      );
    return type;
  }

  #isNil(element: XmlElement, declaration: ElementDeclaration | undefined): boolean {
    const nil = xsiAttribute(element, 'nil');
    if (nil === undefined || declaration === undefined) return false;
    if (!declaration.nillable)
      this.#fail(
        `cvc-elt.3.1: Attribute 'http://www.w3.org/2001/XMLSchema-instance,nil' must not appear on element '${element.name}', because the {nillable} property of '${element.name}' is false.`,
      );
    return nil.trim() === 'true' || nil.trim() === '1';
  }

  #model(type: ComplexType): ContentModel | AllModel | undefined {
    if (type.particle === undefined) return undefined;
    let model = this.#models.get(type);
    if (model === undefined) {
      const { term, min } = type.particle;
      model =
        term.kind === 'all'
          ? new AllModel(term.particles, min === 0, this.schema)
          : new ContentModel(type.particle, this.schema);
      this.#models.set(type, model);
    }
    return model;
  }

  #attributes(element: XmlElement, type: Type): void {
    for (const attribute of element.attributes) {
      if (attribute.declares || attribute.uri === XSI) continue;
      if (type.kind === 'simple')
        this.#fail(
          `cvc-type.3.1.1: Element '${element.name}' is a simple type, so it cannot have attributes, excepting those whose namespace name is identical to 'http://www.w3.org/2001/XMLSchema-instance' and whose [local name] is one of 'type', 'nil', 'schemaLocation' or 'noNamespaceSchemaLocation'. However, the attribute, '${attribute.name}' was found.`,
        );
      else this.#attribute(element, attribute, type);
    }
    if (type.kind === 'simple') return;
    for (const { declaration, required } of type.attributes.values())
      if (
        required &&
        !element.attributes.some(({ uri, local }) => uri === declaration.uri && local === declaration.local)
      )
        this.#fail(
          declaration.uri === ''
            ? `cvc-complex-type.4: Attribute '${declaration.local}' must appear on element '${element.name}'.`
            : `cvc-complex-type.4: Attribute '${declaration.local}' belonging to namespace '${declaration.uri}', must appear on element '${element.name}'.`,
        );
  }

  #attribute(element: XmlElement, attribute: XmlAttribute, type: ComplexType): void {
    const key = keyOf(attribute.uri, attribute.local);
    const use = type.attributes.get(key);
    const admitted = type.wildcard !== undefined && admits(type.wildcard, attribute.uri);
    const declaration =
      use?.declaration ?? (admitted && type.wildcard?.process !== 'skip' ? this.schema.attributes.get(key) : undefined);
    if (declaration === undefined) {
      if (!admitted)
        this.#fail(
          `cvc-complex-type.3.2.2: Attribute '${attribute.name}' is not allowed to appear in element '${element.name}'.`,
        );
      if (type.wildcard?.process === 'strict')
        this.#fail(
          `cvc-complex-type.3.2.1: Element '${element.name}' does not have an attribute wildcard for attribute '${attribute.name}'.`,
        );
      return;
    }
    const simple = declaration.type();
    this.#value(attribute.value, simple, element);
    const value = normalized(attribute.value, simple);
    const fixed = use?.fixed ?? declaration.fixed;
    if (fixed !== undefined && value !== normalized(fixed, simple))
      this.#fail(
        use?.fixed !== undefined
          ? `cvc-complex-type.3.1: Value '${attribute.value}' of attribute '${attribute.name}' of element '${element.name}' is not valid with respect to the corresponding attribute use. Attribute '${attribute.name}' has a fixed value of '${fixed}'.`
          : `cvc-attribute.4: The value '${attribute.value}' of attribute '${attribute.name}' on element '${element.name}' is not valid with respect to its fixed {value constraint}. The attribute must have a value of '${fixed}'.`,
      );
  }

  #value(raw: string, type: SimpleType, element: XmlElement): void {
    const problem = valueProblem(raw, type, (prefix) => uriOfPrefix(element, prefix) !== undefined);
    if (problem !== undefined) this.#fail(problem);
    if (type.primitive === 'ID') {
      const id = normalized(raw, type);
      if (this.#ids.has(id)) this.#fail(`cvc-id.2: There are multiple occurrences of ID value '${id}'.`);
      this.#ids.add(id);
    } else if (type.primitive === 'IDREF' || type.item?.primitive === 'IDREF')
      this.#references.push(...normalized(raw, type).split(' '));
  }

  text(text: string, _: XmlElement, isSpace: boolean): void {
    const open = this.#levels.at(-1);
    if (open === undefined) return;
    open.text += text;
    if (!isSpace) open.sawText = true;
  }

  end(): void {
    const closed = this.#levels.pop();
    if (closed?.type === undefined) return;
    if (closed.nil) this.#nil(closed);
    else if (closed.type.kind === 'simple') this.#simple(closed, closed.type);
    else this.#complex(closed, closed.type);
  }
  #nil({ element, sawElement, text }: Level): void {
    if (sawElement || text !== '')
      this.#fail(
        `cvc-elt.3.2.1: Element '${element.name}' cannot have character or element information [children], because 'http://www.w3.org/2001/XMLSchema-instance,nil' is specified.`,
      );
  }

  #simple({ element, declaration, sawElement, text }: Level, type: SimpleType): void {
    if (sawElement)
      this.#fail(
        `cvc-type.3.1.2: Element '${element.name}' is a simple type, so it must have no element information item [children].`,
      );
    this.#content(element, declaration, text, type);
  }
  #content(element: XmlElement, declaration: ElementDeclaration | undefined, text: string, type: SimpleType): void {
    const fixed = declaration?.fixed;
    const value = text === '' ? (fixed ?? declaration?.fallback ?? '') : text;
    this.#value(value, type, element);
    if (fixed !== undefined && normalized(value, type) !== normalized(fixed, type))
      this.#fail(
        `cvc-elt.5.2.2.2.2: The value '${value}' of element '${element.name}' does not match the {value constraint} value '${fixed}'.`,
      );
  }

  #complex(closed: Level, type: ComplexType): void {
    const { element, sawElement, sawText, text, state, declaration } = closed;
    if (type.simple !== undefined) {
      if (sawElement)
        this.#fail(
          `cvc-complex-type.2.2: Element '${element.name}' must have no element [children], and the value must be valid.`,
        );
      this.#content(element, declaration, text, type.simple);
      return;
    }
    if (type.particle === undefined && !type.mixed) {
      if (sawElement || text !== '')
        this.#fail(
          `cvc-complex-type.2.1: Element '${element.name}' must have no character or element information item [children], because the type's content type is empty.`,
        );
      return;
    }
    if (!type.mixed && sawText)
      this.#fail(
        `cvc-complex-type.2.3: Element '${element.name}' cannot have character [children], because the type's content type is element-only.`,
      );
    if (state !== undefined && !state.model.complete(state)) this.#fail(incompleteContent(element, state));
  }

  ended(): void {
    for (const reference of this.#references)
      if (!this.#ids.has(reference)) this.#fail(`cvc-id.1: There is no ID/IDREF binding for IDREF '${reference}'.`);
  }

  #fail(message: string): never {
    return this.wrong(this.place.error(message));
  }
}

const level = (
  element: XmlElement,
  declaration: ElementDeclaration | undefined,
  type: Type | undefined,
  nil: boolean,
): Level => ({
  element,
  declaration,
  type,
  nil,
  state: undefined,
  text: '',
  sawElement: false,
  sawText: false,
});

const xsiAttribute = ({ attributes }: XmlElement, local: string): string | undefined =>
  attributes.find((attribute) => attribute.uri === XSI && attribute.local === local)?.value;

function uriOfPrefix(element: XmlElement, prefix: string): string | undefined {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
  const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  for (
    let at: XmlElement | undefined = element;
    at !== undefined;
    at = at.parent?.kind === 'element' ? at.parent : undefined
  ) {
    const uri = at.attribute(name);
    if (uri !== undefined) return uri;
  }
  return undefined;
}
const builtIn = (uri: string, local: string): Type | undefined =>
  uri === XSD ? (local === 'anyType' ? ANY_TYPE : BUILT_IN.get(local)) : undefined;
