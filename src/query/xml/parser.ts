import { isNameStart, isSpace, skipSpace } from './char-class.js';
import {
  type ChildNode,
  type ParentNode,
  XmlCData,
  XmlComment,
  XmlDocument,
  type XmlElement,
  XmlInstruction,
  XmlText,
} from './dom.js';
import { Dtd } from './dtd.js';
import { DtdScanner } from './dtd-scanner.js';
import { DtdValidator } from './dtd-validator.js';
import { PREDEFINED } from './markup-scanner.js';
import { checkBinding, NO_PREFIXES, type Prefixes, prefixesOf, resolveNames } from './namespaces.js';
import type { Observer, ParseOptions } from './parse-options.js';
import { firstBad } from './scanner.js';
import { applyDeclared, byName, idsOf, notUnique, plainElement } from './start-tag.js';

/**
 * Parses a document as Xerces 2.12.2 does in JMeter, with its messages.
 * @throws XmlParseError (org.xml.sax.SAXParseException) when it is not well-formed
 */
export function parseXml(text: string, options: ParseOptions): XmlDocument {
  return new DocumentParser(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, options).document();
}

class DocumentParser extends DtdScanner {
  readonly #document = new XmlDocument();
  readonly #observer: Observer | undefined;
  #parent: ParentNode = this.#document;
  #open: XmlElement[] = [];
  #prefixes: Prefixes[] = [];
  #text = '';
  /** The next place in document order. */
  #next = 1;
  /** How many elements were open where the entity in hand began. */
  #base = 0;

  constructor(
    text: string,
    readonly options: ParseOptions,
  ) {
    super(text, options.namespaces);
    this.#observer =
      options.observer?.(this) ?? (options.validate ? new DtdValidator(this, options.namespaces) : undefined);
    this.#document.namespaces = options.namespaces;
  }

  readExternal(systemId: string, publicId: string | undefined): string {
    return this.options.external?.(systemId, publicId).replace(/\r\n?/g, '\n') ?? '';
  }

  document(): XmlDocument {
    this.#declaration();
    this.#prolog();
    this.#content();
    this.#trailer();
    this.#observer?.ended?.();
    this.#document.numbered = true;
    return this.#document;
  }

  #declaration(): void {
    if (!this.skipString('<?xml')) return;
    if (this.atEnd) this.ended();
    this.depth++;
    if (!isSpace(this.code) && this.text[this.at] !== '?') {
      if (isNameStart(this.code) || /[-.\d]/.test(this.text[this.at] ?? '')) {
        this.at -= 3;
        this.#instruction();
        return;
      }
    }
    this.xmlDeclaration();
  }

  #prolog(): void {
    for (;;) {
      this.skipSpaces();
      if (this.atEnd) this.ended();
      if (this.skip('&')) this.fatal('Reference is not allowed in prolog.');
      if (!this.skip('<')) this.fatal('Content is not allowed in prolog.');
      this.depth++;
      if (isNameStart(this.code)) return;
      if (this.skip('?')) this.#instruction();
      else if (this.skip('!')) this.#declarationOrComment();
      else this.fatal('The markup in the document preceding the root element must be well-formed.');
    }
  }
  #declarationOrComment(): void {
    if (this.skip('-')) this.#comment();
    else if (this.skipString('DOCTYPE')) this.#doctype();
    else this.fatal('The markup in the document preceding the root element must be well-formed.');
  }

  #doctype(): void {
    if (this.options.noDoctype)
      throw this.error(
        'DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.',
      );
    if (this.dtd !== undefined) this.fatal('Already seen doctype.');
    if (!this.skipSpaces()) this.fatal('White space is required after "<!DOCTYPE" in the document type declaration.');
    const name = this.name();
    if (name === undefined)
      this.fatal('The root element type must appear after "<!DOCTYPE" in the document type declaration.');
    const dtd = new Dtd(name);
    this.dtd = dtd;
    if (this.skipSpaces()) Object.assign(dtd, this.externalId());
    this.skipSpaces();
    if (this.skip('[')) {
      this.internalSubset(dtd);
      this.skipSpaces();
    }
    if (!this.skip('>')) this.fatal(`The document type declaration for root element type "${name}" must end with '>'.`);
    this.depth--;
    if (dtd.systemId !== undefined) {
      dtd.incomplete = true;
      this.externalSubset(dtd, this.readExternal(dtd.systemId, dtd.publicId));
    }
    this.#document.doctype = { name, publicId: dtd.publicId, systemId: dtd.systemId, ids: idsOf(dtd) };
  }

  #trailer(): void {
    for (;;) {
      this.skipSpaces();
      if (this.atEnd) return;
      if (!this.skip('<')) this.fatal('Content is not allowed in trailing section.');
      this.depth++;
      if (this.skip('?')) this.#instruction();
      else if (this.skip('!')) {
        if (!this.skipString('--')) this.fatal('Comment must start with "<!--".');
        this.#append(new XmlComment(this.comment()));
      } else this.fatal('The markup in the document following the root element must be well-formed.');
    }
  }

  /** From the name of a start tag to the end of its element, or of the entity. */
  #content(): void {
    if (!this.inEntity) this.#startTag();
    while (this.#open.length > this.#base || this.inEntity) {
      const lt = this.text.indexOf('<', this.at);
      const end = lt < 0 ? this.text.length : lt;
      if (end > this.at) this.#characters(end);
      if (this.atEnd) {
        if (this.inEntity) return;
        this.ended();
      }
      this.at++;
      this.depth++;
      const c = this.code;
      if (c === SLASH) {
        this.at++;
        this.#endTag();
      } else if (isNameStart(c)) this.#startTag();
      else this.#other();
    }
  }
  #other(): void {
    if (this.skip('?')) this.#instruction();
    else if (!this.skip('!')) this.fatal(BAD_CONTENT);
    else if (this.skip('-')) this.#comment();
    else if (this.skipString('[CDATA[')) this.#cdata();
    else if (!this.inEntity && this.skipString('DOCTYPE')) throw this.error('A DOCTYPE is not allowed in content.');
    else this.fatal(BAD_CONTENT);
  }

  #startTag(): void {
    const name = this.namespaces ? this.qName() : this.name();
    if (name === undefined) this.#unterminated('null');
    this.#checkGrammar();
    const attributes: [string, string][] = [];
    let empty = false;
    for (;;) {
      const saw = this.skipSpaces();
      const c = this.code;
      if (c === GREATER) break;
      if (c === SLASH) {
        this.at++;
        empty = true;
        if (this.code !== GREATER) this.#unterminated(name);
        break;
      }
      if (!saw || !isNameStart(c)) this.#unterminated(name);
      this.#attribute(name, attributes);
    }
    this.at++;
    this.#startElement(name, attributes, empty);
  }
  /** With namespaces the lack of a DTD is told before anything else of the root element. */
  #checkGrammar(): void {
    if (!this.options.validate || !this.namespaces || this.#open.length > 0 || this.dtd !== undefined) return;
    throw this.error('Document is invalid: no grammar found.');
  }
  #unterminated(name: string): never {
    this.fatal(`Element type "${name}" must be followed by either attribute specifications, ">" or "/>".`);
  }

  #attribute(element: string, attributes: [string, string][]): void {
    const name = (this.namespaces ? this.qName() : this.name()) ?? '';
    this.at = skipSpace(this.text, this.at);
    if (!this.skip('='))
      this.fatal(
        `Attribute name "${name}" associated with an element type "${element}" must be followed by the ' = ' character.`,
      );
    this.at = skipSpace(this.text, this.at);
    if (!this.namespaces && attributes.some(([other]) => other === name)) this.fatal(notUnique(name, element));
    const value = this.attributeValue(element, name);
    if (this.namespaces) {
      if (attributes.some(([other]) => other === name)) this.#twice = name;
      checkBinding(name, value, (message) => {
        throw this.error(message);
      });
    }
    attributes.push([name, value]);
  }
  /** With namespaces a second attribute of the same name is told at the end of the tag. */
  #twice: string | undefined;

  #startElement(name: string, attributes: [string, string][], empty: boolean): void {
    const declared = this.dtd?.attributes.get(name);
    if (declared !== undefined) applyDeclared(declared, attributes);
    if (this.options.sorted && attributes.length > 1) attributes.sort(byName);
    if (this.#text !== '') this.#flush();
    const element = this.namespaces ? this.#resolved(name, attributes) : plainElement(name, attributes);
    this.#append(element);
    for (const attribute of element.attributes) attribute.order = this.#next++;
    this.#observer?.start?.(element, this.dtd);
    if (empty) {
      if (this.namespaces) this.#prefixes.pop();
      this.depth--;
      this.#observer?.end?.(element);
      return;
    }
    this.#open.push(element);
    this.#parent = element;
  }

  #resolved(name: string, attributes: readonly [string, string][]): XmlElement {
    const fail = (message: string): never => {
      throw this.error(message);
    };
    const outer = this.#prefixes.at(-1) ?? NO_PREFIXES;
    const prefixes = attributes.length === 0 ? outer : prefixesOf(attributes, outer);
    if (this.#twice !== undefined) fail(notUnique(this.#twice, name));
    this.#prefixes.push(prefixes);
    return resolveNames(name, attributes, prefixes, fail);
  }

  #endTag(): void {
    const element = this.#open[this.#open.length - 1];
    if (element === undefined || this.#open.length <= this.#base)
      throw this.error(`The element "${element?.name ?? ''}" must start and end within the same entity.`);
    const { name } = element;
    if (!this.text.startsWith(name, this.at))
      this.fatal(`The element type "${name}" must be terminated by the matching end-tag "</${name}>".`);
    this.at += name.length;
    if (this.code !== GREATER) {
      this.skipSpaces();
      if (this.code !== GREATER) this.fatal(`The end-tag for element type "${name}" must end with a '>' delimiter.`);
    }
    this.at++;
    this.depth -= 2;
    if (this.#text !== '') this.#flush();
    this.#observer?.end?.(element);
    this.#open.pop();
    if (this.namespaces) this.#prefixes.pop();
    this.#parent = element.parent ?? this.#document;
  }

  /** Text up to `end`, with its references. */
  #characters(end: number): void {
    const run = this.text.slice(this.at, end);
    if (!ODD_CONTENT.test(run)) {
      this.#text = this.#text === '' ? run : this.#text + run;
      this.at = end;
      return;
    }
    while (this.at < end) {
      const amp = this.text.indexOf('&', this.at);
      const stop = amp < 0 || amp > end ? end : amp;
      this.#plain(stop);
      if (stop === end) return;
      this.at++;
      this.depth++;
      this.#reference();
      // An entity may hold elements, so what is read next stands elsewhere; the rest of the run is still ahead.
    }
  }
  #plain(end: number): void {
    const run = this.text.slice(this.at, end);
    if (ODD_CONTENT.test(run)) this.#odd(run, end);
    this.#text += run;
    this.at = end;
  }
  /** Text that may hold what it must not. */
  #odd(run: string, end: number): void {
    const bad = firstBad(run, 0, run.length);
    const close = run.indexOf(']]>');
    if (close >= 0 && (bad < 0 || close < bad)) {
      this.at += close + 3;
      throw this.error(
        'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.',
      );
    }
    if (bad >= 0)
      this.checkChars(
        end,
        (c) => `An invalid XML character (Unicode: 0x${c}) was found in the element content of the document.`,
      );
  }

  #reference(): void {
    if (this.skip('#')) {
      this.#text += this.charReference();
      this.depth--;
      return;
    }
    const name = this.referenceName();
    this.depth--;
    const known = PREDEFINED[name];
    if (known !== undefined) {
      this.#text += known;
      return;
    }
    const entity = this.dtd?.entities.get(name);
    if (entity === undefined) {
      this.undeclared(name);
      return;
    }
    if (entity.notation !== undefined) throw this.error(`The unparsed entity reference "&${name};" is not permitted.`);
    this.#expandContent(name, entity.text ?? this.readExternal(entity.systemId ?? '', entity.publicId));
  }
  #expandContent(name: string, text: string): void {
    const base = this.#base;
    const depth = this.depth;
    this.#base = this.#open.length;
    this.expand(name, text.replace(/^<\?xml[ \t\n][^?]*\?>/, ''), () => {
      this.#content();
      if (this.depth !== depth) this.ended();
    });
    this.#base = base;
  }

  #cdata(): void {
    const text = this.upTo(']]>', (c) => `An invalid XML character (Unicode: 0x${c}) was found in the CDATA section.`);
    this.depth--;
    if (text === '') return;
    if (this.options.mergeText) {
      this.#text += text;
      return;
    }
    this.#flush();
    this.#append(new XmlCData(text));
    if (this.#parent.kind === 'element') this.#observer?.text?.(text, this.#parent, false);
  }
  #comment(): void {
    if (!this.skip('-')) this.fatal('Comment must start with "<!--".');
    const text = this.comment();
    this.#flush();
    this.#append(new XmlComment(text));
  }
  #instruction(): void {
    const { target, data } = this.instruction();
    this.#flush();
    this.#append(new XmlInstruction(target, data));
  }

  #append(node: ChildNode): void {
    node.order = this.#next++;
    this.#parent.append(node);
  }

  #flush(): void {
    const text = this.#text;
    if (text === '' || this.#parent.kind !== 'element') return;
    this.#text = '';
    if (this.dtd !== undefined || this.#observer !== undefined) {
      const blank = !/[^ \t\n\r]/.test(text);
      this.#observer?.text?.(text, this.#parent, blank);
      if (blank && this.options.dropWhitespace && this.dtd?.elements.get(this.#parent.name)?.kind === 'children')
        return;
    }
    this.#append(new XmlText(text));
  }
}

const SLASH = 47;
const GREATER = 62;
const BAD_CONTENT = 'The content of elements must consist of well-formed character data or markup.';
/** What character data may hold that is not taken as it stands. */
const ODD_CONTENT = /&|\]\]>|[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/;
