/** What a message may speak of: two nodes as tags (`<p>`, `</p>`, `plain text`) and by name, and more texts. */
export interface Terms {
  readonly element: string;
  readonly elementName: string;
  readonly node: string;
  readonly nodeName: string;
  readonly attribute: string;
  readonly value: string;
  /** An entity as it is written, a character code in hex, or a file name. */
  readonly text: string;
}
type Say = (terms: Terms) => string;

/** The texts of JTidy's messages (TidyMessages.properties) after its formatting, by kind. */
export const MESSAGES = {
  // About tags.
  missingEndTag: ({ elementName }) => `missing </${elementName}>`,
  missingEndTagBefore: ({ elementName, node }) => `missing </${elementName}> before ${node}`,
  discarding: ({ node }) => `discarding unexpected ${node}`,
  nestedEmphasis: ({ node }) => `nested emphasis ${node}`,
  coerceToEndTag: ({ elementName }) => `<${elementName}> is probably intended as </${elementName}>`,
  nonMatchingEndTag: ({ node, elementName }) => `replacing unexpected ${node} by </${elementName}>`,
  notAllowedIn: ({ node, elementName }) => `${node} isn't allowed in <${elementName}> elements`,
  doctypeAfterTags: () => `<!DOCTYPE> isn't allowed after elements`,
  missingStartTag: ({ nodeName }) => `missing <${nodeName}>`,
  unexpectedEndTag: ({ nodeName, elementName }) =>
    elementName === '' ? `unexpected </${nodeName}>` : `unexpected </${nodeName}> in <${elementName}>`,
  tooMany: ({ nodeName, elementName }) => `too many ${nodeName} elements in <${elementName}>`,
  usingBr: ({ node }) => `using <br> in place of ${node}`,
  inserting: ({ nodeName }) => `inserting implicit <${nodeName}>`,
  cantBeNested: ({ node }) => `${node} can't be nested`,
  proprietaryElement: ({ node }) => `${node} is not approved by W3C`,
  obsolete: ({ element, node }) => `replacing obsolete element ${element} by ${node}`,
  replacing: ({ element, node }) => `replacing element ${element} by ${node}`,
  unescapedElement: ({ element }) => `unescaped ${element} in pre content`,
  trimEmpty: ({ element }) => `trimming empty ${element}`,
  missingTitle: () => `inserting missing 'title' element`,
  illegalNesting: ({ element }) => `${element} shouldn't be nested`,
  noframesContent: ({ node }) => `${node} not inside 'noframes' element`,
  inconsistentVersion: () => `html doctype doesn't match content`,
  malformedDoctype: () => 'expected "html PUBLIC" or "html SYSTEM"',
  contentAfterBody: () => 'content occurs after end of body',
  malformedComment: () => 'adjacent hyphens within comment',
  inconsistentNamespace: () => `html namespace doesn't match content`,
  doctypeCase: () => 'SYSTEM, PUBLIC, W3C, DTD, EN must be upper case',
  endOfFile: ({ element }) => `end of file while parsing attributes ${element}`,
  nestedQuotation: () => 'nested q elements, possible typo',
  notEmpty: ({ element }) => `${element} element not empty or not closed`,
  missingDoctype: () => 'missing <!DOCTYPE> declaration',
  missingQuote: () => 'missing quotemark for attribute value',
  duplicateFrameset: () => 'repeated FRAMESET element',
  unknownElement: ({ node }) => `${node} is not recognized!`,
  // About attributes.
  unexpectedGt: ({ element }) => `${element} missing '>' for end of tag`,
  unknownAttribute: ({ attribute }) => `unknown attribute "${attribute}"`,
  missingAttribute: ({ element, attribute }) => `${element} lacks "${attribute}" attribute`,
  missingValue: ({ element, attribute }) => `${element} attribute "${attribute}" lacks value`,
  missingImageMap: ({ element }) => `${element} should use client-side image map`,
  badValue: ({ element, attribute, value }) => `${element} attribute "${attribute}" has invalid value "${value}"`,
  xmlId: ({ element }) => `ID "${element}" uses XML ID syntax`,
  xmlAttribute: ({ element, attribute }) => `${element} has XML attribute "${attribute}"`,
  quoteMark: ({ element }) => `${element} unexpected or duplicate quote mark`,
  missingQuoteMark: ({ element }) => `${element} attribute with missing trailing quote mark`,
  repeatedAttribute: ({ element, attribute, value }) =>
    `${element} dropping value "${value}" for repeated attribute "${attribute}"`,
  proprietaryValue: ({ element, value }) => `${element} proprietary attribute value "${value}"`,
  proprietaryAttribute: ({ element, attribute }) => `${element} proprietary attribute "${attribute}"`,
  idNameMismatch: ({ element }) => `${element} id and name attribute value mismatch`,
  fixedBackslash: ({ element }) => `${element} converting backslash in URI to slash`,
  escapedUri: ({ element }) => `${element} escaping malformed URI reference`,
  newlineInUri: ({ element }) => `${element} discarding newline in URI reference`,
  anchorNotUnique: ({ element, value }) => `${element} Anchor "${value}" already defined`,
  entityInId: () => 'no entities allowed in id attribute, discarding "&"',
  joining: ({ element, attribute }) => `${element} joining values of repeated attribute "${attribute}"`,
  equalsSign: ({ element }) => `${element} unexpected =, expected attribute name`,
  notLowerCase: ({ element, attribute, value }) =>
    `${element} attribute value "${value}" for "${attribute}" must be lower case for XHTML`,
  // About entities and characters.
  missingSemicolon: ({ text }) => `Warning: entity "${text}" doesn't end in ';'`,
  missingSemicolonNumeric: ({ text }) => `numeric character reference "${text}" doesnt end in ";"`,
  unknownEntity: ({ text }) => `Warning: unescaped & or unknown entity "${text}"`,
  unescapedAmpersand: () => 'Warning: unescaped & which should be written as &amp;',
  aposUndefined: () => 'Named Entity &apos; only defined in XML/XHTML',
  replacedNumeric: ({ text }) => `replacing invalid numeric character reference ${text}`,
  discardedNumeric: ({ text }) => `discarding invalid numeric character reference ${text}`,
} satisfies Record<string, Say>;

export type Message = keyof typeof MESSAGES;

/** The text of one message. */
export const messageText = (kind: Message, terms: Terms): string => (MESSAGES[kind] as Say)(terms);

/** The advice that stands at the end of a report, in this order; the keys are what the document did. */
export const ADVICE = {
  // JTidy takes the numbers of kinds for bits: whichever character was bad, all of this is said.
  badCharacters: `It is unlikely that vendor-specific, system-dependent encodings
work widely enough on the World Wide Web; you should avoid using the 
specified character encoding, instead you are recommended to
use named entities, e.g. &trade;.
Character codes 128 to 159 (U+0080 to U+009F) are not allowed in HTML;
even if they were, they would likely be unprintable control characters.
Tidy assumed you wanted to refer to a character with the same byte value in the 
specified encoding and replaced that reference with the Unicode equivalent.
Character codes for UTF-8 must be in the range: U+0000 to U+10FFFF.
The definition of UTF-8 in Annex D of ISO/IEC 10646-1:2000 also
allows for the use of five- and six-byte sequences to encode
characters that are outside the range of the Unicode character set;
those five- and six-byte sequences are illegal for the use of
UTF-8 as a transformation of Unicode characters. ISO/IEC 10646
does not allow mapping of unpaired surrogates, nor U+FFFE and U+FFFF
(but it does allow other noncharacters). For more information please refer to
http://www.unicode.org/unicode and http://www.cl.cam.ac.uk/~mgk25/unicode.html
Character codes for UTF-16 must be in the range: U+0000 to U+10FFFF.
The definition of UTF-16 in Annex C of ISO/IEC 10646-1:2000 does not allow the
mapping of unpaired surrogates. For more information please refer to
http://www.unicode.org/unicode and http://www.cl.cam.ac.uk/~mgk25/unicode.html
URIs must be properly escaped, they must not contain unescaped
characters below U+0021 including the space character and not
above U+007E. Tidy escapes the URI for you as recommended by
HTML 4.01 section B.2.1 and XML 1.0 section 4.2.2. Some user agents
use another algorithm to escape such URIs and some server-sided
scripts depend on that. If you want to depend on that, you must
escape the URI by your own. For more information please refer to
http://www.w3.org/International/O-URL-and-ident.html`,
  badForm: `You may need to move one or both of the <form> and </form>
tags. HTML elements should be properly nested and form elements
are no exception. For instance you should not place the <form>
in one table cell and the </form> in another. If the <form> is
placed before a table, the </form> cannot be placed inside the
table! Note that one form can't be nested inside another!`,
  missingSummary: `The table summary attribute should be used to describe
the table structure. It is very helpful for people using
non-visual browsers. The scope and headers attributes for
table cells are useful for specifying which headers apply
to each table cell, enabling non-visual browsers to provide
a meaningful context for each cell.`,
  missingImageAlt: `The alt attribute should be used to give a short description
of an image; longer descriptions should be given with the
longdesc attribute which takes a URL linked to the description.
These measures are needed for people using non-graphical browsers.`,
  missingImageMap: `Use client-side image maps in preference to server-side image
maps as the latter are inaccessible to people using non-
graphical browsers. In addition, client-side maps are easier
to set up and provide immediate feedback to users.`,
  missingLinkAlt: `For hypertext links defined using a client-side image map, you
need to use the alt attribute to provide a textual description
of the link for people using non-graphical browsers.`,
  frames: `Pages designed using frames presents problems for
people who are either blind or using a browser that
doesn't support frames. A frames-based page should always
include an alternative layout inside a NOFRAMES element.`,
  access: `For further advice on how to make your pages accessible
see "http://www.w3.org/WAI/GL". You may also want to try
"http://www.cast.org/bobby/" which is a free Web-based
service for checking URLs for accessibility.`,
  layer: `The Cascading Style Sheets (CSS) Positioning mechanism
is recommended in preference to the proprietary <LAYER>
element due to limited vendor support for LAYER.`,
  spacer: `You are recommended to use CSS for controlling white
space (e.g. for indentation, margins and line spacing).
The proprietary <SPACER> element has limited vendor support.`,
  font: `You are recommended to use CSS to specify the font and
properties such as its size and color. This will reduce
the size of HTML files and make them easier to maintain
compared with using <FONT> elements.`,
  nobr: `You are recommended to use CSS to control line wrapping.
Use "white-space: nowrap" to inhibit wrapping in place
of inserting <NOBR>...</NOBR> into the markup.`,
} as const;

export type Advice = keyof typeof ADVICE;
