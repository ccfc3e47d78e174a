import { CHAR, END, isWhite } from './characters.js';
import { findGivenVersion } from './doctype.js';
import { readAttributeName, readValue } from './lex-attributes.js';
import type { Lexer } from './lexer.js';
import { Attribute, type NodeType, type TidyNode } from './node.js';

/** What is being read when it is neither text nor a tag. */
export type MarkupState =
  | 'comment'
  | 'doctype'
  | 'instruction'
  | 'xmlDecl'
  | 'section'
  | 'cdata'
  | 'asp'
  | 'jste'
  | 'php';

/** Takes one more character, which stands in the buffer; a token when it is complete. */
type Step = (lexer: Lexer, c: number) => TidyNode | undefined;

export const MARKUP: Readonly<Record<MarkupState, Step>> = {
  comment,
  doctype,
  instruction,
  xmlDecl,
  section,
  cdata,
  asp: until(CHAR.PERCENT, 'asp'),
  jste: until(CHAR.HASH, 'jste'),
  php: until(CHAR.QUESTION, 'php'),
};

/** Markup that ends with a character and `>`. */
function until(last: number, type: NodeType): Step {
  return (lexer, c) => (c === last && followedByGt(lexer) ? lexer.finish(type) : undefined);
}

function followedByGt({ stream }: Lexer): boolean {
  const c = stream.read();
  if (c === CHAR.GT) return true;
  stream.unread(c);
  return false;
}

/** Hyphens that are not its end are replaced by `=`. */
function comment(lexer: Lexer, c: number): TidyNode | undefined {
  if (c !== CHAR.MINUS) return undefined;
  const { stream } = lexer;
  let next = stream.read();
  lexer.add(next);
  if (next !== CHAR.MINUS) return undefined;
  do {
    next = stream.read();
    if (next === CHAR.GT) return endOfComment(lexer);
    if (lexer.badHyphens++ === 0) {
      lexer.lines = stream.line;
      lexer.columns = stream.column - 3;
    }
    lexer.buffer[lexer.size - 2] = CHAR.EQUALS;
    lexer.add(next);
  } while (next === CHAR.MINUS);
  lexer.buffer[lexer.size - 2] = CHAR.EQUALS;
  return undefined;
}

function endOfComment(lexer: Lexer): TidyNode {
  if (lexer.badHyphens !== 0) lexer.report.warning('malformedComment');
  // Both hyphens stand in the buffer; JTidy leaves them there, behind the comment.
  const { size } = lexer;
  lexer.size--;
  const token = lexer.finish('comment');
  lexer.size = size;
  const next = lexer.stream.read();
  if (next !== CHAR.LF) lexer.stream.unread(next);
  return token;
}

function doctype(lexer: Lexer, c: number): TidyNode | undefined {
  const white = isWhite(c);
  if (white && lexer.wasWhite) lexer.size--;
  lexer.wasWhite = white;
  if (lexer.inSubset) lexer.inSubset = c !== CHAR.CLOSE;
  else lexer.inSubset = c === CHAR.OPEN;
  if (lexer.inSubset || c !== CHAR.GT) return undefined;
  const token = lexer.finish('doctype');
  lexer.doctype = findGivenVersion(lexer, token);
  return token;
}

function instruction(lexer: Lexer, c: number): TidyNode | undefined {
  const length = lexer.size - lexer.textStart;
  if (length === 3 && lexer.slice(lexer.textStart, lexer.size) === 'php') {
    lexer.state = 'php';
    return undefined;
  }
  if (length === 4 && isWhite(c) && lexer.slice(lexer.textStart, lexer.size - 1) === 'xml') {
    lexer.state = 'xmlDecl';
    lexer.attributes = undefined;
    return undefined;
  }
  let last = c;
  if (lexer.settings.xmlInstructions) {
    if (c !== CHAR.QUESTION) return undefined;
    last = lexer.stream.read();
    if (last === END) {
      lexer.report.endOfFile(undefined);
      lexer.stream.unread(last);
      return undefined;
    }
    lexer.add(last);
  }
  return last === CHAR.GT ? lexer.finish('instruction') : undefined;
}

function xmlDecl(lexer: Lexer, c: number): TidyNode | undefined {
  if (isWhite(c)) return undefined;
  if (c !== CHAR.QUESTION) {
    lexer.stream.unread(c);
    const read = readAttributeName(lexer);
    const name = read.kind === 'name' ? read.name : undefined;
    const attribute = new Attribute(name, readValue(lexer, name, true).value);
    attribute.next = lexer.attributes;
    lexer.attributes = attribute;
  }
  if (!followedByGt(lexer)) return undefined;
  const { attributes } = lexer;
  const token = lexer.finish('xmlDecl');
  token.end = token.start;
  token.attributes = attributes;
  return token;
}

function section(lexer: Lexer, c: number): TidyNode | undefined {
  if (c === CHAR.OPEN && lexer.size === lexer.textStart + 6 && lexer.slice(lexer.textStart, lexer.size) === 'CDATA[') {
    lexer.state = 'cdata';
    lexer.size -= 6;
    return undefined;
  }
  return c === CHAR.CLOSE && followedByGt(lexer) ? lexer.finish('section') : undefined;
}

/** Of `]]]>` the first two brackets are read together, so that it does not end there; they are then lost. */
function cdata(lexer: Lexer, c: number): TidyNode | undefined {
  if (c !== CHAR.CLOSE) return undefined;
  const next = lexer.stream.read();
  if (next !== CHAR.CLOSE) {
    lexer.stream.unread(next);
    return undefined;
  }
  return followedByGt(lexer) ? lexer.finish('cdata') : undefined;
}
