import { endOfNcName, skipSpace } from './char-class.js';
import type { Dtd } from './dtd.js';
import { Scanner } from './scanner.js';

/** The parts that the document and its DTD share: comments, instructions, attribute values (Xerces' XMLScanner). */
export abstract class MarkupScanner extends Scanner {
  dtd: Dtd | undefined;
  standalone = false;

  constructor(
    text: string,
    readonly namespaces: boolean,
  ) {
    super(text);
  }

  /** What stands between `<!--` and `-->`. */
  comment(): string {
    const text = this.upTo('--', (c) => `An invalid XML character (Unicode: 0x${c}) was found in the comment.`);
    if (!this.skip('>')) this.fatal('The string "--" is not permitted within comments.');
    this.depth--;
    return text;
  }

  /** What stands between `<?` and `?>`. */
  instruction(): { readonly target: string; readonly data: string } {
    const target = this.namespaces ? this.ncName() : this.name();
    if (target === undefined) this.fatal('The processing instruction must begin with the name of the target.');
    return { target, data: this.instructionData(target) };
  }
  instructionData(target: string): string {
    if (target.toLowerCase() === 'xml')
      this.fatal('The processing instruction target matching "[xX][mM][lL]" is not allowed.');
    if (!this.skipSpaces()) {
      if (this.skipString('?>')) {
        this.depth--;
        return '';
      }
      if (this.namespaces && this.skip(':'))
        this.fatal(`A colon is not allowed in the name '${target}:${this.name() ?? ''}' when namespaces are enabled.`);
      this.fatal('White space is required between the processing instruction target and data.');
    }
    const data = this.upTo(
      '?>',
      (c) => `An invalid XML character (Unicode: 0x${c}) was found in the processing instruction.`,
    );
    this.depth--;
    return data;
  }

  ncName(): string | undefined {
    const end = endOfNcName(this.text, this.at);
    return end === this.at ? undefined : this.take(end);
  }
  /** A name with at most one colon; what follows a second one is left. */
  qName(): string | undefined {
    const { text, at } = this;
    let end = endOfNcName(text, at);
    if (end === at) return undefined;
    if (text[end] === ':') {
      const local = endOfNcName(text, end + 1);
      if (local > end + 1) end = local;
      else {
        this.at = end + 1;
        throw this.error("Element or attribute do not match QName production: QName::=(NCName':')?NCName.");
      }
    }
    return this.take(end);
  }

  /** A quoted attribute value with its references resolved and white space made blanks. */
  attributeValue(element: string, attribute: string): string {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'")
      this.fatal(`Open quote is expected for attribute "${attribute}" associated with an  element type  "${element}".`);
    const start = ++this.at;
    const found = this.text.indexOf(quote, start);
    const end = found < 0 ? this.text.length : found;
    const plain = this.text.slice(start, end);
    if (found >= 0 && !ODD.test(plain)) {
      this.at = end + 1;
      return plain;
    }
    const value = this.#pieces(end, element, attribute);
    if (found < 0) this.ended();
    this.at++;
    return value;
  }

  /** The value up to `end`, piece by piece. */
  #pieces(end: number, element: string, attribute: string): string {
    let value = '';
    while (this.at < end) {
      PIECE.lastIndex = this.at;
      const plain = PIECE.exec(this.text)?.[0] ?? '';
      const length = Math.min(plain.length, end - this.at);
      value += plain.slice(0, length);
      this.at += length;
      if (this.at >= end) break;
      const char = this.text[this.at] ?? '';
      if (char === '&') {
        this.at++;
        value += this.#reference(element, attribute);
      } else if (char === '<')
        this.fatal(
          `The value of attribute "${attribute}" associated with an element type "${element}" must not contain the '<' character.`,
        );
      else if (char === '\t' || char === '\n' || char === '\r') {
        value += ' ';
        this.at++;
      } else value += this.#wide(element, attribute);
    }
    return value;
  }

  #wide(element: string, attribute: string): string {
    const code = this.text.codePointAt(this.at) ?? 0;
    if (code > 0xffff) return this.take(this.at + 2);
    throw this.error(
      `An invalid XML character (Unicode: 0x${code.toString(16)}) was found in the value of attribute "${attribute}" and element is "${element}".`,
    );
  }

  #reference(element: string, attribute: string): string {
    if (this.skip('#')) return this.charReference();
    const name = this.referenceName();
    const known = PREDEFINED[name];
    if (known !== undefined) return known;
    const entity = this.dtd?.entities.get(name);
    if (entity === undefined) {
      this.undeclared(name);
      return '';
    }
    if (entity.notation !== undefined) this.fatal(`The unparsed entity reference "&${name};" is not permitted.`);
    if (entity.text === undefined)
      throw this.error(`The external entity reference "&${name};" is not permitted in an attribute value.`);
    let value = '';
    this.expand(name, entity.text, () => {
      value = this.#pieces(this.text.length, element, attribute);
    });
    return value;
  }

  /** The name of a reference, after its `&`. */
  referenceName(): string {
    const name = this.name();
    if (name === undefined) this.fatal("The entity name must immediately follow the '&' in the entity reference.");
    if (!this.skip(';')) this.fatal(`The reference to entity "${name}" must end with the ';' delimiter.`);
    return name;
  }
  /** An entity nobody declared: an error, unless a part of the DTD was not read. */
  undeclared(name: string): void {
    if (this.dtd?.incomplete && !this.standalone) return;
    throw this.error(`The entity "${name}" was referenced, but not declared.`);
  }

  /** SYSTEM or PUBLIC with what they name; `optional` = a public identifier may stand alone. */
  externalId(optional = false): { readonly publicId?: string; readonly systemId?: string } {
    if (this.skipString('PUBLIC')) {
      if (!this.skipSpaces()) this.fatal('White spaces are required after keyword PUBLIC in DOCTYPE decl.');
      const publicId = this.#publicId();
      const spaced = this.skipSpaces();
      if (!spaced && !optional) this.fatal('White spaces are required between publicId and systemId.');
      const quote = this.text[this.at];
      if (optional && quote !== '"' && quote !== "'") return { publicId };
      return { publicId, systemId: this.#systemId() };
    }
    if (!this.skipString('SYSTEM')) return {};
    if (!this.skipSpaces()) this.fatal('White space is required after keyword SYSTEM in DOCTYPE decl.');
    return { systemId: this.#systemId() };
  }
  #systemId(): string {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'")
      this.fatal('The system identifier must begin with either a single or double quote character.');
    this.at++;
    return this.upTo(quote, (c) => `An invalid XML character (Unicode: 0x${c}) was found in the system identifier.`);
  }
  #publicId(): string {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'")
      this.fatal('The public identifier must begin with either a single or double quote character.');
    this.at++;
    const literal = this.upTo(
      quote,
      (c) => `An invalid XML character (Unicode: 0x${c}) was found in the public identifier.`,
    );
    return literal.replace(/[ \n\r]+/g, ' ').replace(/^ | $/g, '');
  }

  /** The pseudo attributes of `<?xml … ?>`, with the space or `?` before them already reached. */
  xmlDeclaration(): void {
    let saw = this.skipSpaces();
    let at = 0;
    const fatalHere = (message: string): never => this.fatal(message);
    while (this.text[this.at] !== '?') {
      const name = PSEUDO.find((pseudo) => this.skipString(pseudo));
      if (name === undefined) this.fatal('A pseudo attribute name is expected.');
      const value = this.#pseudoValue(name);
      const place = PSEUDO.indexOf(name);
      if (at === 0 && place !== 0) fatalHere('The version is required in the XML declaration.');
      if (at > 2) fatalHere('No more pseudo attributes are allowed.');
      if (place < at) fatalHere('The encoding declaration is required in the text declaration.');
      if (!saw)
        fatalHere(
          `White space is required before the ${place === 0 ? 'version' : 'encoding'} pseudo attribute in the XML declaration.`,
        );
      if (place === 0 && value !== '1.0' && value !== '1.1')
        fatalHere(`XML version "${value}" is not supported, only XML 1.0 is supported.`);
      if (place === 2) this.#standalone(value);
      at = place + 1;
      saw = this.skipSpaces();
    }
    if (at === 0) this.fatal('The version is required in the XML declaration.');
    this.at++;
    if (!this.skip('>')) this.fatal('The XML declaration must end with "?>".');
    this.depth--;
  }
  #standalone(value: string): void {
    if (value !== 'yes' && value !== 'no')
      this.fatal(`The standalone document declaration value must be "yes" or "no", not "${value}".`);
    this.standalone = value === 'yes';
  }
  #pseudoValue(name: string): string {
    this.at = skipSpace(this.text, this.at);
    if (!this.skip('=')) this.fatal(`The ' = ' character must follow "${name}" in the XML declaration.`);
    this.at = skipSpace(this.text, this.at);
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'")
      this.fatal(`The value following "${name}" in the XML declaration must be a quoted string.`);
    this.at++;
    return this.upTo(quote, (c) => `An invalid XML character (Unicode: 0x${c}) was found in the XML declaration.`);
  }
}

const PSEUDO = ['version', 'encoding', 'standalone'];
/** What an attribute value may hold that is not taken as it stands. */
const ODD = /[&<\0-\x1f\ud800-\udfff\ufffe\uffff]/;
const PIECE = /[^&<\0-\x1f\ud800-\udfff\ufffe\uffff]*/y;

/** The entities that need no declaration. */
export const PREDEFINED: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
});
