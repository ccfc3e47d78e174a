import { JavaError } from '../../java/index.js';

/** SAXParseException: what a parser says of a document; `toString()` has the place, as in JMeter's messages. */
export class XmlParseError extends JavaError {
  /** Counted from 1; undefined where Xerces has left the document already. */
  constructor(
    message: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super('org.xml.sax.SAXParseException', message);
  }

  override toString(): string {
    const place = this.line === undefined ? '' : `lineNumber: ${this.line}; columnNumber: ${this.column}; `;
    return `${this.javaClass}; ${place}${this.message}`;
  }
}
