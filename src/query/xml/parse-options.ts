import type { XmlElement } from './dom.js';
import type { Dtd } from './dtd.js';
import type { XmlParseError } from './parse-error.js';

/** How a document is parsed. */
export interface ParseOptions {
  readonly namespaces: boolean;
  /** A DOCTYPE is an error. */
  readonly noDoctype?: boolean;
  /** Attributes stand in the order of their names, as in Xerces' DOM. */
  readonly sorted?: boolean;
  /** CDATA sections are text like any other. */
  readonly mergeText?: boolean;
  /** White space goes where a DTD allows elements only. */
  readonly dropWhitespace?: boolean;
  /** Checks the document by its DTD. */
  readonly validate?: boolean;
  /** Reads an external DTD or entity; absent = they are all empty. */
  readonly external?: ((systemId: string, publicId: string | undefined) => string) | undefined;
  /** Hears the elements as they are read; may throw. */
  readonly observer?: ((parser: Place) => Observer) | undefined;
}

/** Hears what is read; a throw ends the parsing. */
export interface Observer {
  /** After the start tag, and before the end of an empty element. */
  start?(element: XmlElement, dtd: Dtd | undefined): void;
  end?(element: XmlElement): void;
  text?(text: string, parent: XmlElement, isSpace: boolean): void;
  ended?(): void;
}
/** Where the parser is. */
export interface Place {
  error(message: string): XmlParseError;
}
