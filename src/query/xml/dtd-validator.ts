import type { XmlElement } from './dom.js';
import type { AttributeDeclaration, ContentSpec, Dtd, Group } from './dtd.js';
import type { Observer, Place } from './parse-options.js';

/** Checks a document by its DTD while it is parsed; throws at the first thing that is wrong, in Xerces' words. */
export class DtdValidator implements Observer {
  #dtd: Dtd | undefined;
  readonly #children: string[][] = [];
  readonly #ids = new Set<string>();
  readonly #references = new Set<string>();

  constructor(
    readonly place: Place,
    readonly namespaces: boolean,
  ) {}

  start(element: XmlElement, dtd: Dtd | undefined): void {
    const { name } = element;
    this.#dtd = dtd;
    if (this.#children.length === 0 && dtd?.name !== name)
      throw this.place.error(`Document root element "${name}", must match DOCTYPE root "${dtd?.name ?? 'null'}".`);
    this.#children.at(-1)?.push(name);
    this.#children.push([]);
    if (dtd?.elements.get(name) === undefined) throw this.place.error(`Element type "${name}" must be declared.`);
    this.#attributes(element, dtd.attributes.get(name));
  }

  #attributes({ name, attributes }: XmlElement, declared: ReadonlyMap<string, AttributeDeclaration> | undefined): void {
    for (const { name: key, use } of declared?.values() ?? [])
      if (use === '#REQUIRED' && !attributes.some((attribute) => attribute.name === key))
        throw this.place.error(`Attribute "${key}" is required and must be specified for element type "${name}".`);
    for (const { name: key, value } of attributes) {
      const declaration = declared?.get(key);
      if (declaration === undefined)
        throw this.place.error(`Attribute "${key}" must be declared for element type "${name}".`);
      this.#value(value, declaration);
    }
  }

  #value(value: string, { name, type, use, fallback, values }: AttributeDeclaration): void {
    if (use === '#FIXED' && value !== fallback)
      throw this.place.error(`Attribute "${name}" with value "${value}" must have a value of "${fallback}".`);
    if (values.length > 0 && !values.includes(value))
      throw this.place.error(
        `Attribute "${name}" with value "${value}" must have a value from the list "${values.join(' ')} ".`,
      );
    if (type === 'ID') {
      if (!NAME.test(value))
        throw this.place.error(
          `Attribute value "${value}" of type ID must be ${this.namespaces ? 'an NCName when namespaces are enabled' : 'a name'}.`,
        );
      if (this.#ids.has(value))
        throw this.place.error(`Attribute value "${value}" of type ID must be unique within the document.`);
      this.#ids.add(value);
    } else if (type === 'IDREF' || type === 'IDREFS') for (const id of value.split(' ')) this.#references.add(id);
    else if (type === 'NMTOKEN' && !TOKEN.test(value))
      throw this.place.error(`Attribute value "${value}" of type NMTOKEN must be a name token.`);
  }

  text(_: string, parent: XmlElement, isSpace: boolean): void {
    const spec = this.#dtd?.elements.get(parent.name);
    const children = this.#children.at(-1);
    if (spec?.kind === 'empty' || (spec?.kind === 'children' && !isSpace)) children?.push('#PCDATA');
  }

  end({ name }: XmlElement): void {
    const children = this.#children.pop() ?? [];
    const spec = this.#dtd?.elements.get(name);
    if (spec === undefined || spec.kind === 'any') return;
    const wrong = offender(children, spec);
    // Xerces has no text for the model that is text only.
    const text = spec.text === '(#PCDATA)' ? 'null' : spec.text;
    if (wrong === undefined) return;
    throw this.place.error(
      wrong === children.length
        ? `The content of element type "${name}" is incomplete, it must match "${text}".`
        : `The content of element type "${name}" must match "${text}".`,
    );
  }

  ended(): void {
    for (const id of this.#references)
      if (!this.#ids.has(id))
        throw this.place.error(`An element with the identifier "${id}" must appear in the document.`);
  }
}

const NAME = /^[\p{L}_:][-.:\p{L}\p{Nd}\p{M}]*$/u;
const TOKEN = /^[-.:\p{L}\p{Nd}\p{M}_]+$/u;

/** The first child that does not fit; their number when there should be more; undefined when all is well. */
function offender(children: readonly string[], spec: ContentSpec): number | undefined {
  if (spec.kind === 'empty') return children.length > 0 ? 0.5 : undefined;
  if (spec.kind === 'mixed') {
    const at = children.findIndex((child) => !spec.names.has(child));
    return at < 0 ? undefined : at;
  }
  if (spec.group === undefined) return undefined;
  let reached = 0;
  const ends = after(spec.group, new Set([0]), children, (at) => {
    reached = Math.max(reached, at);
  });
  return ends.has(children.length) ? undefined : reached;
}

/** Where the content may go on after a group that begins at one of these places. */
function after(
  group: Group,
  starts: ReadonlySet<number>,
  children: readonly string[],
  seen: (at: number) => void,
): Set<number> {
  const once = (from: ReadonlySet<number>): Set<number> => {
    if (group.name !== undefined) {
      const found = new Set<number>();
      for (const at of from)
        if (children[at] === group.name) {
          found.add(at + 1);
          seen(at + 1);
        }
      return found;
    }
    const parts = group.of ?? [];
    if (group.choice) return new Set(parts.flatMap((part) => [...after(part, from, children, seen)]));
    let at: Set<number> = new Set(from);
    for (const part of parts) at = after(part, at, children, seen);
    return at;
  };
  const all = new Set(group.times === '?' || group.times === '*' ? starts : []);
  let step = once(starts);
  while (step.size > 0) {
    const fresh = new Set([...step].filter((at) => !all.has(at)));
    for (const at of fresh) all.add(at);
    if (group.times === '' || group.times === '?') break;
    step = once(fresh);
  }
  return all;
}
