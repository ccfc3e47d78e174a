import { JavaError } from '../../java/index.js';
import { deep } from '../deep.js';
import type { Document } from '../jackson/index.js';
import { isArray, type Json, jacksonDocument, jsonText, readJackson, sameJson } from '../jackson/index.js';
import { compileTree } from './compile.js';
import { parseExpression } from './parse.js';
import type { Search } from './search.js';
import type { SyntaxFault } from './tokens.js';

/** What an expression finds in a JSON text: each item of a list, nothing for null; texts as they are, the rest as JSON. */
export function findAll(text: string, expression: string): readonly string[] {
  const search = compileJmesPath(expression);
  const document = jacksonDocument(text);
  return use(document, (root) => {
    const found = search(root, document);
    if (found === null) return [];
    document.mustBeSure(found);
    return isArray(found) ? found.map(textOf) : [textOf(found)];
  });
}

/** The one value that an expression finds. */
export interface Found {
  readonly isNull: boolean;
  /** A text as it is, the rest as JSON. */
  readonly text: string;
  /** Whether it is this JSON; throws when that cannot be read. */
  is(json: string): boolean;
}

/** What the JMESPath Assertion looks at; the document is read before the expression is compiled. */
export function findOne(text: string, expression: string): Found {
  const document = jacksonDocument(text);
  const search = compileJmesPath(expression);
  return use(document, (root) => {
    const found = search(root, document);
    document.mustBeSure(found);
    return { isNull: found === null, text: textOf(found), is: (json) => sameJson(readJackson(json), found) };
  });
}

const use = <T>(document: Document, run: (root: Json) => T): T => deep(() => document.use(run));
const textOf = (value: Json): string => (typeof value === 'string' ? value : jsonText(value));

const LIMIT = 1000;
const searches = new Map<string, Search | JavaError>();

/** The compiled JMESPath expression, kept by its text; throws ParseException as jmespath-java 0.6.0 words it. */
function compileJmesPath(text: string): Search {
  let search = searches.get(text);
  if (search === undefined) {
    search = tried(text);
    if (searches.size >= LIMIT)
      for (const oldest of searches.keys()) {
        searches.delete(oldest);
        break;
      }
    searches.set(text, search);
  }
  if (search instanceof JavaError) throw search;
  return search;
}

function tried(text: string): Search | JavaError {
  try {
    return compile(text);
  } catch (error) {
    if (error instanceof JavaError) return error;
    throw error;
  }
}

function compile(text: string): Search {
  const faults: SyntaxFault[] = [];
  const tree = parseExpression(text, faults);
  const search = faults.length === 0 ? compileTree(tree, faults) : undefined;
  if (search !== undefined && faults.length === 0) return search;
  const list = faults.map(({ message, position }) => `${message} at position ${position}`).join(', ');
  throw new JavaError('io.burt.jmespath.parser.ParseException', `Unable to compile expression "${text}": ${list}`);
}
