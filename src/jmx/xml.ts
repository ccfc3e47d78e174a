/**
 * An XML element as the document holds it: values decoded, and beside them the raw spelling wherever the way XStream
 * prints (JMeter 5.6.3: two blanks, `&quot;`, `&#xd;`) does not explain what the file says.
 */
export interface XmlElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text before the first child element: CDATA and text joined, comments left out (what XStream hands to JMeter). */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly raw?: RawSpelling;
}

/** What the printer must repeat as it stood; each part is absent when the canonical spelling is the same. */
export interface RawSpelling {
  /** `<tag attr="…">` or `<tag/>`. */
  readonly open?: string;
  /** Everything between the tags that is not a child element: one entry before each child and one after the last. */
  readonly between?: readonly string[];
  readonly close?: string;
}
