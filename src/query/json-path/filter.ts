import { compilePattern, JavaError } from '../../java/index.js';
import { Cursor, invalidPath, isInvalidPath } from './cursor.js';
import type { Json } from './document.js';
import { flag, numberValue, stringLiteral, type Value } from './filter-value.js';
import { exists, type Operator, operator } from './operators.js';
import { parsePath } from './parse-path.js';
import type { Path } from './path.js';

/** What a filter sees: the item, and how to evaluate a path from it. */
export interface FilterContext {
  readonly item: Json;
  /** The value of a path operand. */
  value(path: Path): Value;
  /** Whether the path hits something, with every property required. */
  exists(path: Path): boolean;
}
export type Filter = (context: FilterContext) => boolean;

/** Compiles `[?(…)]` as json-path 2.8 does; throws InvalidPathException with its message. */
export function parseFilter(text: string): Filter {
  const at = new Cursor(text).trim();
  if (!at.is('[') || !at.endsWith(']')) throw invalidPath(`Filter must start with '[' and end with ']'. ${text}`);
  at.position++;
  at.end--;
  at.trim();
  if (!at.is('?')) throw invalidPath(`Filter must start with '[?' and end with ']'. ${text}`);
  at.position++;
  at.trim();
  if (!at.is('(') || !at.endsWith(')')) throw invalidPath(`Filter must start with '[?(' and end with ')]'. ${text}`);
  return compile(at);
}

function compile(at: Cursor): Filter {
  try {
    const filter = readOr(at);
    at.skipBlanks();
    if (at.inBounds())
      throw invalidPath(`Expected end of filter expression instead of: ${at.slice(at.position, at.length)}`);
    return filter;
  } catch (error) {
    if (isInvalidPath(error) || !(error instanceof JavaError)) throw error;
    throw invalidPath(`Failed to parse filter: ${at.text}, error on position: ${at.position}, char: ${at.current}`);
  }
}

function readOr(at: Cursor): Filter {
  const parts = chain(at, '||', () => chainAnd(at));
  const [first] = parts;
  return first && parts.length === 1 ? first : (context) => parts.some((part) => part(context));
}

function chainAnd(at: Cursor): Filter {
  const parts = chain(at, '&&', () => readOperand(at));
  const [first] = parts;
  return first && parts.length === 1 ? first : (context) => parts.every((part) => part(context));
}

function chain(at: Cursor, between: string, read: () => Filter): readonly Filter[] {
  const parts = [read()];
  for (;;) {
    const before = at.position;
    if (!at.accept(between)) {
      at.position = before;
      return parts;
    }
    parts.push(read());
  }
}

function readOperand(at: Cursor): Filter {
  const start = at.skipBlanks().position;
  if (at.current === '!') {
    at.read('!');
    const c = at.skipBlanks().current;
    // `!@.x` is a path that must not exist; before anything else it negates.
    if (c !== '$' && c !== '@') {
      const operand = readOperand(at);
      return (context) => !operand(context);
    }
    at.position = start;
  }
  if (at.skipBlanks().current !== '(') return readExpression(at);
  at.read('(');
  const inner = readOr(at);
  at.read(')');
  return inner;
}

function readExpression(at: Cursor): Filter {
  const left = readValue(at);
  const before = at.position;
  try {
    const holds = readOperator(at);
    const right = readValue(at);
    return (context) => holds(resolve(left, context), resolve(right, context));
  } catch (error) {
    if (!isInvalidPath(error)) throw error;
    at.position = before;
  }
  if (left.kind !== 'path') throw invalidPath('Expected path node');
  return (context) => exists(flag(context.exists(left.path)), flag(left.should));
}

const resolve = (value: Value, context: FilterContext): Value =>
  value.kind === 'path' ? context.value(value.path) : value;

function readOperator(at: Cursor): Operator {
  const start = at.skipBlanks().position;
  if (isOperator(at.current)) while (at.inBounds() && isOperator(at.current)) at.position++;
  else while (at.inBounds() && at.current !== ' ') at.position++;
  return operator(at.slice(start, at.position));
}

function readValue(at: Cursor): Value {
  const c = at.skipBlanks().current;
  if (c === '$' || c === '@') return readPath(at);
  if (c !== '!') return readLiteral(at);
  at.position++;
  const next = at.skipBlanks().current;
  if (next === '$' || next === '@') return readPath(at);
  throw invalidPath('Unexpected character: !');
}

function readLiteral(at: Cursor): Value {
  const c = at.current;
  const start = at.position;
  switch (c) {
    case "'":
    case '"': {
      const close = at.findUnescaped(c);
      if (close === -1) throw invalidPath(`String literal does not have matching quotes. Expected ${c} in ${at.text}`);
      at.position = close + 1;
      return { kind: 'string', text: stringLiteral(at.slice(start, at.position)) };
    }
    case 't':
    case 'f':
      return readFlag(at, c === 't' ? 'true' : 'false');
    case 'n':
      if (!at.inBounds(start + 3) || !at.text.startsWith('null', start)) throw invalidPath('Expected <null> value');
      at.position += 4;
      return { kind: 'null' };
    case '{':
    case '[': {
      const close = at.closing(start, c, c === '[' ? ']' : '}', false);
      if (close === -1) throw invalidPath(`String not closed. Expected ' in ${at.text}`);
      at.position = close + 1;
      return { kind: 'json', json: { raw: at.slice(start, at.position) } };
    }
    case '/':
      return readPattern(at);
    default:
      while (at.inBounds() && /[\p{Nd}\-.eE]/u.test(at.current)) at.position++;
      return numberValue(at.slice(start, at.position));
  }
}

/** `t…` and `f…` only say how long the word is: `trueish` fails, `falsy` too. */
function readFlag(at: Cursor, word: string): Value {
  const end = at.position + word.length;
  if (!at.inBounds(end - 1)) throw invalidPath('Expected boolean literal');
  const found = at.slice(at.position, end);
  if (found !== 'true' && found !== 'false') throw invalidPath('Expected boolean literal');
  at.position = end;
  return flag(found === 'true');
}

function readPattern(at: Cursor): Value {
  const start = at.position;
  const close = at.findUnescaped('/');
  if (close === -1) throw invalidPath(`Pattern not closed. Expected / in ${at.text}`);
  let end = close + 1;
  while (at.inBounds(end) && 'dixmsuU'.includes(at.at(end))) end++;
  at.position = end;
  const compiled = compilePattern(at.slice(start + 1, close), { dialect: 'java', flags: at.slice(close + 1, end) });
  if ('error' in compiled) throw compiled.error;
  return { kind: 'pattern', pattern: compiled };
}

function readPath(at: Cursor): Value {
  const before = at.previous();
  const start = at.position;
  at.position++;
  while (at.inBounds()) {
    if (at.current === '[') {
      const close = at.closing(at.position, '[', ']', false);
      if (close === -1) throw invalidPath(`Square brackets does not match in filter ${at.text}`);
      at.position = close + 1;
    }
    // Looks at the character behind a closing bracket, which at the end of the text is Java's exception.
    const c = at.current;
    if (!at.inBounds() || isOperator(c) || c === ' ' || (c === ')' && !closesFunction(at, start))) break;
    at.position++;
  }
  const should = before === -1 || at.at(before) !== '!';
  return { kind: 'path', path: parsePath(at.slice(start, at.position)), exists: false, should };
}

/** `()` after a dot: the end of a function without arguments. */
function closesFunction(at: Cursor, from: number): boolean {
  let open = at.previous();
  if (open === -1 || at.at(open) !== '(') return false;
  for (open--; at.inBounds(open) && open > from; open--) if (at.at(open) === '.') return true;
  return false;
}

const isOperator = (c: string): boolean => '<>=~!'.includes(c);
