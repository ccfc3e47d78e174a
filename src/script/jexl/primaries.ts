import { JavaList, JavaMap, JavaSet } from '../value/collection.js';
import { Double } from '../value/number.js';
import { NoMethod, ScriptError, textOf } from '../value/value.js';
import { JexlPattern } from './compare.js';
import { unescaped } from './lexer.js';
import type { Lexicon } from './lexicon.js';
import { callMethod, construct, indexed, member, NoProperty, setIndexed, setMember } from './members.js';
import { Closure, type Node, quiet, type Scope } from './node.js';
import type { Operations } from './operations.js';
import { Reader } from './reader.js';

/** Literals, names, calls, members and functions. */
export abstract class PrimaryParser extends Reader {
  /** How many `?` wait for their `:`, which is no namespace then. */
  protected choices = 0;

  constructor(
    script: string,
    lexicon: Lexicon,
    protected readonly operations: Operations,
  ) {
    super(script, lexicon);
  }

  protected abstract expression(): Node;
  protected abstract conditional(): Node;
  /** `{ … }` as statements. */
  protected abstract block(): Node;
  protected abstract nested(script: string): Node;

  /** `x -> {…}`, `(x, y) -> {…}`, `function(x) {…}`; 3.2.1 wants the braces. */
  protected lambda(): Node | undefined {
    const start = this.at;
    const parameters = this.parameters();
    if (parameters === undefined) {
      this.at = start;
      return undefined;
    }
    const lambda = { parameters, body: this.block() };
    return { lambda, run: (scope) => new Closure(lambda, scope) };
  }

  private parameters(): string[] | undefined {
    const word = this.eat('function');
    if (!word && this.peek().kind === 'name' && this.is('->', 1)) {
      const only = this.name();
      this.at++;
      return [only];
    }
    if (!this.eat('(')) return word ? this.fail('(') : undefined;
    const names: string[] = [];
    while (this.peek().kind === 'name') {
      names.push(this.name());
      if (!this.eat(',')) break;
    }
    if (!this.eat(')')) return word ? this.fail(')') : undefined;
    if (!word && !this.is('->')) return undefined;
    if (!word) this.at++;
    return names;
  }

  protected primary(): Node {
    let node = this.atom();
    for (;;) {
      if (this.is('.') || this.is('?.')) node = this.memberOf(node);
      else if (this.eat('[')) node = this.indexOf(node);
      else if (this.is('(') && node.reference !== true && node.literal === undefined) node = this.callOf(node);
      else return node;
    }
  }

  private memberOf(object: Node): Node {
    const safe = this.peek().text === '?.';
    this.at++;
    const token = this.peek();
    if (token.kind === 'end' || token.kind === 'sign') this.fail('a name');
    this.at++;
    const key = token.kind === 'number' ? token.value : token.text;
    if (token.kind === 'name' && this.eat('(')) return callNode(object, token.text, this.list(')'));
    const path = object.path === undefined ? undefined : `${object.path}.${token.text}`;
    const value = quiet(object);
    const navigate = navigated(object);
    const known = (scope: Scope): boolean => path !== undefined && scope.context.has(path);
    return {
      reference: true,
      ...(path === undefined ? {} : { path }),
      mild: rooted(object),
      run(scope) {
        // A name with dots may be one variable, but only where its first part leads nowhere.
        if (known(scope) && value(scope) === null) return scope.context.get(path ?? '');
        const of = navigate(scope);
        if (of === null) return null;
        return safe ? memberOrNull(of, key) : member(of, key);
      },
      assign(scope, to) {
        if (path !== undefined && value(scope) === null) scope.context.set(path, to);
        else setMember(object.run(scope), key, to);
      },
    };
  }

  private indexOf(object: Node): Node {
    const key = this.expression();
    this.want(']');
    const navigate = navigated(object);
    return {
      reference: true,
      navigate(scope) {
        const of = navigate(scope);
        return of === null ? null : indexed(of, key.run(scope));
      },
      run(scope) {
        const of = object.run(scope);
        return of === null && object.mild?.(scope) ? null : indexed(of, key.run(scope));
      },
      assign: (scope, to) => setIndexed(object.run(scope), key.run(scope), to),
    };
  }

  private callOf(callee: Node): Node {
    this.want('(');
    const args = this.list(')');
    return { run: (scope) => call(callee.run(scope), evaluated(args, scope)) };
  }

  protected list(end: string): Node[] {
    const items: Node[] = [];
    if (this.eat(end)) return items;
    do items.push(this.expression());
    while (this.eat(','));
    this.want(end);
    return items;
  }

  protected atom(): Node {
    const token = this.peek();
    this.at++;
    switch (token.kind) {
      case 'number':
        return { literal: token.value, run: () => token.value };
      case 'text':
        return { literal: token.text, run: () => token.text };
      case 'regex': {
        const pattern = new JexlPattern(token.text);
        return { literal: pattern, run: () => pattern };
      }
      case 'template':
        return this.template(token.text);
      case 'name':
        return this.named(token.text);
      case 'end':
        this.at--;
        return this.fail();
    }
    return this.signed(token.text);
  }

  private signed(text: string): Node {
    const constant = CONSTANTS.get(text);
    if (constant !== undefined) return { literal: constant, run: () => constant };
    switch (text) {
      case 'null':
        return { literal: null, run: () => null };
      case 'new':
        return this.creation();
      case '(': {
        const inner = this.expression();
        this.want(')');
        return { run: (scope) => inner.run(scope) };
      }
      case '[':
        return this.arrayLiteral();
      case '{':
        return this.mapOrSet();
    }
    this.at--;
    return this.fail();
  }

  private named(name: string): Node {
    if (this.is(':') && this.choices === 0 && this.peek(1).kind === 'name' && this.is('(', 2)) {
      this.at += 3;
      this.list(')');
      return { run: () => unknownName(`${name}:`) };
    }
    if (this.eat('(')) {
      const args = this.list(')');
      return { run: (scope) => call(scope.has(name) ? scope.get(name) : undefined, evaluated(args, scope)) };
    }
    return {
      reference: true,
      path: name,
      navigate: (scope) => (scope.has(name) ? scope.get(name) : null),
      operand(scope) {
        const value = scope.get(name);
        if (value === null) throw new ScriptError(`null variable ${name}`);
        return value;
      },
      run: (scope) => scope.get(name),
      assign: (scope, value) => scope.set(name, value),
    };
  }

  protected creation(): Node {
    this.want('(');
    const args = this.list(')');
    if (args.length === 0) this.fail('a class name');
    return {
      run(scope) {
        const [name, ...rest] = evaluated(args, scope);
        return construct(textOf(name), rest);
      },
    };
  }

  /** `[1,2,...]` is a list instead of an array. */
  protected arrayLiteral(): Node {
    const items: Node[] = [];
    let open = false;
    if (!this.eat(']')) {
      do {
        open = this.eat('...');
        if (open) break;
        items.push(this.expression());
      } while (this.eat(','));
      this.want(']');
    }
    return {
      run: (scope) => (open ? new JavaList(evaluated(items, scope)) : this.operations.array(evaluated(items, scope))),
    };
  }

  /** `{k: v}` a map (keys are expressions), `{a, b}` and `{}` a set, `{:}` an empty map. */
  protected mapOrSet(): Node {
    if (this.eat('}')) return { run: () => new JavaSet([], 1) };
    if (this.is(':') && this.is('}', 1)) {
      this.at += 2;
      return { run: () => new JavaMap(1) };
    }
    const keys: Node[] = [];
    const values: Node[] = [];
    do {
      this.choices++;
      keys.push(this.is(':', 1) ? this.atom() : this.expression());
      this.choices--;
      if (keys.length === values.length + 1 && (keys.length === 1 || values.length > 0) && this.eat(':'))
        values.push(this.expression());
    } while (this.eat(','));
    this.want('}');
    if (values.length === 0) return { run: (scope) => new JavaSet(evaluated(keys, scope), keys.length) };
    if (values.length !== keys.length) this.fail(':');
    return {
      run(scope) {
        const map = new JavaMap(keys.length);
        keys.forEach((key, i) => {
          map.set(key.run(scope), values[i]?.run(scope) ?? null);
        });
        return map;
      },
    };
  }

  private template(text: string): Node {
    const parts: Node[] = [];
    let rest = 0;
    for (const found of text.matchAll(/\\[\s\S]|[$#]\{((?:[^{}]|\{[^{}]*\})*)\}/g)) {
      const inner = found[1];
      if (inner === undefined) continue;
      parts.push(this.constantText(text.slice(rest, found.index)), this.nested(inner));
      rest = found.index + found[0].length;
    }
    if (parts.length === 0) return this.constantText(text);
    parts.push(this.constantText(text.slice(rest)));
    return { run: (scope) => parts.map((part) => emptyForNull(part.run(scope))).join('') };
  }

  private constantText(raw: string): Node {
    const text = unescaped(raw, '`', this.lexicon.escapes).replaceAll('\\$', '$');
    return { literal: text, run: () => text };
  }
}

const CONSTANTS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['NaN', new Double(Number.NaN)],
]);

export const evaluated = (nodes: readonly Node[], scope: Scope): unknown[] => nodes.map((node) => node.run(scope));

const emptyForNull = (value: unknown): string => (value === null ? '' : textOf(value));

/** Commons JEXL 3 is safe unless told otherwise: a method of nothing, and one that is not there, give null. */
function callNode(object: Node, name: string, args: readonly Node[]): Node {
  const navigate = navigated(object);
  return {
    reference: true,
    mild: () => true,
    run(scope) {
      const of = navigate(scope);
      if (of === null) return null;
      const given = evaluated(args, scope);
      return orNull(() => callMethod(of, name, given), NoMethod);
    },
  };
}

const navigated = (node: Node): ((scope: Scope) => unknown) => node.navigate ?? ((scope) => node.run(scope));

/** Whether a chain of names starts with a variable that is something. */
function rooted({ path }: Node): (scope: Scope) => boolean {
  if (path === undefined) return () => true;
  const [root = ''] = path.split('.', 1);
  return (scope) => scope.has(root) && scope.get(root) !== null;
}

const memberOrNull = (object: unknown, key: unknown): unknown => orNull(() => member(object, key), NoProperty);

function orNull(get: () => unknown, expected: typeof NoMethod | typeof NoProperty): unknown {
  try {
    return get();
  } catch (thrown) {
    if (thrown instanceof expected) return null;
    throw thrown;
  }
}

function call(callee: unknown, args: readonly unknown[]): unknown {
  if (callee instanceof Closure) return callee.call(args);
  throw new ScriptError('no function');
}

function unknownName(name: string): never {
  throw new ScriptError(`${name} is not known`);
}
