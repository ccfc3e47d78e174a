import { isName, skipSpace } from './char-class.js';
import type { AttributeDeclaration, ContentSpec, Dtd, Entity, Group } from './dtd.js';
import { MarkupScanner } from './markup-scanner.js';

const ILL_FORMED =
  'The markup declarations contained or pointed to by the document type declaration must be well-formed.';

/** Reads the declarations of a DTD (Xerces' XMLDTDScannerImpl); the external subset is text that was read before. */
export abstract class DtdScanner extends MarkupScanner {
  /** Reads what a system identifier names; undefined = nothing there. */
  abstract readExternal(systemId: string, publicId: string | undefined): string;

  /** The internal subset, up to its `]`. */
  internalSubset(dtd: Dtd): void {
    while (this.text[this.at] !== ']') this.#declaration(dtd, false);
    this.at++;
  }
  /** An external subset: all of the text. */
  externalSubset(dtd: Dtd, text: string): void {
    if (text === '') return;
    this.expand('[dtd]', text, () => {
      const depth = this.depth;
      this.#textDeclaration();
      while (skipSpace(this.text, this.at) < this.text.length) this.#declaration(dtd, true);
      this.depth = depth;
    });
  }

  #textDeclaration(): void {
    const declared = /^<\?xml[ \t\n][^?]*\?>/.exec(this.text);
    if (declared !== null) this.at = declared[0].length;
  }

  #declaration(dtd: Dtd, external: boolean): void {
    this.skipSpaces();
    if (this.text[this.at] === ']' && !external) return;
    if (this.atEnd) {
      // Between two declarations Xerces has left the document already.
      if (!this.inEntity) this.depth = 0;
      this.ended();
    }
    if (this.skip('%')) {
      this.#parameterReference(dtd, external);
      return;
    }
    if (external && this.skipString(']]>')) return;
    if (!this.skip('<')) this.fatal(ILL_FORMED);
    this.depth++;
    if (this.skip('?')) {
      this.instruction();
      return;
    }
    if (!this.skip('!')) this.fatal(ILL_FORMED);
    if (this.skipString('--')) this.comment();
    else if (this.skip('-')) this.fatal('Comment must start with "<!--".');
    else if (this.skipString('ELEMENT')) this.#element(dtd);
    else if (this.skipString('ATTLIST')) this.#attlist(dtd);
    else if (this.skipString('ENTITY')) this.#entity(dtd);
    else if (this.skipString('NOTATION')) this.#notation(dtd);
    else if (external && this.skip('[')) this.#conditional(dtd);
    else this.fatal(ILL_FORMED);
  }

  #parameterReference(dtd: Dtd, external: boolean): void {
    const name = this.name();
    if (name === undefined)
      this.fatal("The entity name must immediately follow the '%' in the parameter entity reference.");
    if (!this.skip(';')) this.fatal(`The parameter entity reference "%${name};" must end with the ';' delimiter.`);
    dtd.incomplete = true;
    const text = this.#replacement(dtd.parameterEntities.get(name));
    this.expand(`%${name}`, text, () => {
      this.#textDeclaration();
      while (skipSpace(this.text, this.at) < this.text.length) this.#declaration(dtd, external || text !== '');
    });
  }
  #replacement(entity: Entity | undefined): string {
    if (entity?.text !== undefined) return entity.text;
    return entity?.systemId === undefined ? '' : this.readExternal(entity.systemId, entity.publicId);
  }

  /** `<![INCLUDE[` and `<![IGNORE[` of an external subset. */
  #conditional(dtd: Dtd): void {
    this.#separator(dtd);
    const included = this.skipString('INCLUDE');
    if (!included && !this.skipString('IGNORE')) this.fatal(ILL_FORMED);
    this.#separator(dtd);
    if (!this.skip('[')) this.fatal(ILL_FORMED);
    this.depth--;
    if (included) return;
    for (let open = 1; open > 0; ) {
      const [mark] = /<!\[|\]\]>/.exec(this.text.slice(this.at)) ?? [];
      if (mark === undefined) this.fatal('The excluded conditional section must end with "]]>".');
      this.at = this.text.indexOf(mark, this.at) + 3;
      open += mark === ']]>' ? -1 : 1;
    }
  }

  /** White space between the parts of a declaration; parameter entities there are put in place. */
  #separator(dtd: Dtd): boolean {
    let saw = this.skipSpaces();
    while (this.text[this.at] === '%' && /[\w:]/.test(this.text[this.at + 1] ?? '')) {
      const start = this.at++;
      const name = this.name() ?? '';
      if (!this.inEntity)
        this.fatal(
          `The parameter entity reference "%${name};" cannot occur within markup in the internal subset of the DTD.`,
        );
      if (!this.skip(';')) this.fatal(`The parameter entity reference "%${name};" must end with the ';' delimiter.`);
      const text = this.#replacement(dtd.parameterEntities.get(name));
      this.text = `${this.text.slice(0, start)} ${text} ${this.text.slice(this.at)}`;
      this.at = start;
      saw = this.skipSpaces() || saw;
    }
    return saw;
  }

  #element(dtd: Dtd): void {
    if (!this.#separator(dtd)) this.fatal('White space is required after "<!ELEMENT" in the element type declaration.');
    const name = this.name();
    if (name === undefined) this.fatal('The element type is required in the element type declaration.');
    if (!this.#separator(dtd))
      this.fatal(`White space is required after the element type "${name}" in the element type declaration.`);
    const spec = this.#contentSpec(dtd, name);
    this.#separator(dtd);
    if (!this.skip('>')) this.fatal(`The declaration for element type "${name}" must end with '>'.`);
    this.depth--;
    if (!dtd.elements.has(name)) dtd.elements.set(name, spec);
  }

  #contentSpec(dtd: Dtd, element: string): ContentSpec {
    const names = new Set<string>();
    if (this.skipString('EMPTY')) return { kind: 'empty', text: 'EMPTY', names };
    if (this.skipString('ANY')) return { kind: 'any', text: 'ANY', names };
    if (!this.skip('('))
      this.fatal(`A '(' character or an element type is required in the declaration of element type "${element}".`);
    this.#separator(dtd);
    if (this.skipString('#PCDATA')) return this.#mixed(dtd, element, names);
    const group = this.#group(dtd, element);
    return { kind: 'children', text: groupText(group), names, group };
  }

  #mixed(dtd: Dtd, element: string, names: Set<string>): ContentSpec {
    this.#separator(dtd);
    while (this.skip('|')) {
      this.#separator(dtd);
      const name = this.name();
      if (name === undefined)
        this.fatal(`An element type is required in the declaration of element type "${element}".`);
      names.add(name);
      this.#separator(dtd);
    }
    if (!this.skipString(')*')) {
      if (names.size > 0)
        this.fatal(
          `The mixed content model "${element}" must end with ")*" when the types of child elements are constrained.`,
        );
      if (!this.skip(')')) this.fatal(`A ')' is required in the declaration of element type "${element}".`);
      return { kind: 'mixed', text: '(#PCDATA)', names };
    }
    return { kind: 'mixed', text: `(${['#PCDATA', ...names].join('|')})*`, names };
  }

  /** A group after its `(`, with what follows its `)`. */
  #group(dtd: Dtd, element: string): Group {
    const of: Group[] = [];
    let operator = '';
    for (;;) {
      this.#separator(dtd);
      of.push(this.skip('(') ? this.#group(dtd, element) : this.#named(element));
      this.#separator(dtd);
      const char = this.text[this.at] ?? '';
      if ((char === ',' || char === '|') && (operator === '' || operator === char)) {
        operator = char;
        this.at++;
      } else if (char === ')') {
        this.at++;
        return { of, choice: operator === '|', times: this.#times() };
      } else this.fatal(`A ')' is required in the declaration of element type "${element}".`);
    }
  }
  #named(element: string): Group {
    const name = this.name();
    if (name === undefined)
      this.fatal(`A '(' character or an element type is required in the declaration of element type "${element}".`);
    return { name, times: this.#times() };
  }
  #times(): Group['times'] {
    for (const times of ['?', '*', '+'] as const) if (this.skip(times)) return times;
    return '';
  }

  #attlist(dtd: Dtd): void {
    if (!this.#separator(dtd))
      this.fatal('White space is required after "<!ATTLIST" in the attribute-list declaration.');
    const element = this.name();
    if (element === undefined) this.fatal('The element type is required in the attribute-list declaration.');
    if (!this.#separator(dtd) && this.text[this.at] !== '>')
      this.fatal(
        `White space is required before the attribute name in the attribute-list declaration for element "${element}".`,
      );
    while (!this.skip('>')) {
      dtd.declareAttribute(element, this.#attribute(dtd, element));
      this.#separator(dtd);
    }
    this.depth--;
  }

  #attribute(dtd: Dtd, element: string): AttributeDeclaration {
    const name = this.name();
    if (name === undefined)
      this.fatal(`The attribute name must be specified in the attribute-list declaration for element "${element}".`);
    const where = `in the declaration of attribute "${name}" for element "${element}".`;
    if (!this.#separator(dtd)) this.fatal(`White space is required before the attribute type ${where}`);
    const type = TYPES.find((word) => this.skipString(word)) ?? 'ENUMERATION';
    if (type === 'NOTATION') this.#separator(dtd);
    const values = type === 'ENUMERATION' || type === 'NOTATION' ? this.#enumeration(dtd, name, where) : [];
    if (!this.#separator(dtd)) this.fatal(`White space is required before the attribute default ${where}`);
    const use = (['#REQUIRED', '#IMPLIED', '#FIXED'] as const).find((word) => this.skipString(word)) ?? '';
    if (use === '#REQUIRED' || use === '#IMPLIED') return { name, type, values, use, fallback: undefined };
    if (use === '#FIXED' && !this.#separator(dtd))
      this.fatal(`White space must appear after "FIXED" in the "${name}" attribute declaration.`);
    const value = this.attributeValue(element, name);
    return { name, type, values, use, fallback: type === 'CDATA' ? value : collapse(value) };
  }

  #enumeration(dtd: Dtd, name: string, where: string): readonly string[] {
    const values: string[] = [];
    if (!this.skip('(')) this.fatal(`The attribute type is required ${where}`);
    do {
      this.#separator(dtd);
      let end = this.at;
      while (isName(this.text.charCodeAt(end))) end++;
      if (end === this.at)
        this.fatal(`The name token is required in the enumerated type list for the "${name}" attribute declaration.`);
      values.push(this.take(end));
      this.#separator(dtd);
    } while (this.skip('|'));
    if (!this.skip(')'))
      this.fatal(`The enumerated type list must end with ')' in the "${name}" attribute declaration.`);
    return values;
  }

  #entity(dtd: Dtd): void {
    if (!this.skipSpaces()) this.fatal('White space is required after "<!ENTITY" in the entity declaration.');
    const parameter = this.skip('%');
    if (parameter && !this.skipSpaces())
      this.fatal("White space is required between the '%' and the entity name in the parameter entity declaration.");
    const name = this.name();
    if (name === undefined) this.fatal('The name of the entity is required in the entity declaration.');
    if (!this.#separator(dtd))
      this.fatal(
        `White space is required between the entity name "${name}" and the definition in the entity declaration.`,
      );
    const entity = this.#entityDefinition(dtd, name, parameter);
    this.#separator(dtd);
    if (!this.skip('>')) this.fatal(`The declaration for the entity "${name}" must end with '>'.`);
    this.depth--;
    const table = parameter ? dtd.parameterEntities : dtd.entities;
    if (!table.has(name)) table.set(name, entity);
  }

  #entityDefinition(dtd: Dtd, name: string, parameter: boolean): Entity {
    const quote = this.text[this.at];
    if (quote === '"' || quote === "'") return { text: this.#entityValue(dtd, quote) };
    const external = this.externalId();
    if (external.systemId === undefined)
      this.fatal('The external entity declaration must begin with either "SYSTEM" or "PUBLIC".');
    const spaced = this.#separator(dtd);
    if (parameter || !this.skipString('NDATA')) return external;
    if (!spaced) this.fatal(`White space is required before "NDATA" in the declaration for the entity "${name}".`);
    this.#separator(dtd);
    const notation = this.name();
    if (notation === undefined)
      this.fatal(`The notation name is required after "NDATA" in the declaration for the entity "${name}".`);
    return { ...external, notation };
  }

  /** A literal: characters and parameter entities are put in, other references stay. */
  #entityValue(dtd: Dtd, quote: string): string {
    this.at++;
    const end = this.text.indexOf(quote, this.at);
    if (end < 0) {
      this.at = this.text.length;
      this.ended();
    }
    let value = '';
    while (this.at < end) {
      const char = this.text[this.at] ?? '';
      this.at++;
      if (char === '&') value += this.skip('#') ? this.charReference() : `&${this.referenceName()};`;
      else if (char === '%') value += this.#parameterText(dtd);
      else value += char;
    }
    this.at++;
    return value;
  }
  #parameterText(dtd: Dtd): string {
    const name = this.name();
    if (name === undefined)
      this.fatal("The entity name must immediately follow the '%' in the parameter entity reference.");
    if (!this.skip(';')) this.fatal(`The parameter entity reference "%${name};" must end with the ';' delimiter.`);
    if (!this.inEntity)
      this.fatal(
        `The parameter entity reference "%${name};" cannot occur within markup in the internal subset of the DTD.`,
      );
    return this.#replacement(dtd.parameterEntities.get(name));
  }

  #notation(dtd: Dtd): void {
    this.#separator(dtd);
    const name = this.name();
    if (name === undefined) this.fatal('The name of the notation is required in the notation declaration.');
    this.#separator(dtd);
    const { publicId, systemId } = this.externalId(true);
    if (publicId === undefined && systemId === undefined)
      this.fatal(`The declaration for the notation "${name}" must include a system or public identifier.`);
    this.#separator(dtd);
    if (!this.skip('>')) this.fatal(`The declaration for the notation "${name}" must end with '>'.`);
    this.depth--;
    dtd.notations.add(name);
  }
}

const TYPES = ['CDATA', 'IDREFS', 'IDREF', 'ID', 'ENTITY', 'ENTITIES', 'NMTOKENS', 'NMTOKEN', 'NOTATION'];

/** White space around goes, blanks within become one: for attributes that are not CDATA. */
export const collapse = (value: string): string => value.replace(/ +/g, ' ').replace(/^ | $/g, '');

const groupText = ({ name, of = [], choice, times }: Group): string =>
  (name ?? `(${of.map(groupText).join(choice ? '|' : ',')})`) + times;
