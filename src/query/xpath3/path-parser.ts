import { AXES, type Test } from '../xpath/axes.js';
import { atomize, cast } from './cast.js';
import { arrayOf, lookup, mapOf } from './collections.js';
import { saxonError, staticError } from './error.js';
import { constant, type Expression } from './expression.js';
import { FN, findFunction, functionProblem } from './functions.js';
import { Atomic, atomicText, EMPTY, integer, type Sequence, string } from './item.js';
import type { Token } from './lexer.js';
import { shownItems } from './operators.js';
import { ANY, type AxisStep, filterItems, path, type Step } from './paths.js';
import { closure, early, isCastable, missing, nameTest, numberLiteral } from './primary.js';
import { fits, type SequenceType } from './sequence-type.js';
import { callLater, callOf } from './signature.js';
import { KIND_TESTS, TypeParser } from './type-parser.js';

const XS = 'http://www.w3.org/2001/XMLSchema';

/** Paths, steps and what stands in them. */
export abstract class PathParser extends TypeParser {
  abstract expression(): Expression;
  abstract single(): Expression;

  path(): Expression {
    const slash = this.is('/');
    const double = this.is('//');
    if (slash || double) this.at++;
    if (slash && !this.#stepBegins()) return path(true, []);
    const steps: Step[] = double ? [ANY] : [];
    steps.push(this.#step());
    while (this.is('/') || this.is('//')) {
      if (this.is('//')) steps.push(ANY);
      this.at++;
      steps.push(this.#step());
    }
    const [only] = steps;
    if (!slash && !double && steps.length === 1 && only !== undefined && !('axis' in only)) return only;
    return path(slash || double, steps);
  }

  /** Whether a `/` is followed by a step, or stands for the root. */
  #stepBegins(): boolean {
    const { kind, text } = this.token;
    if (kind === 'name' || kind === 'string' || kind === 'number') return true;
    return kind === 'symbol' && ['*', '@', '.', '..', '(', '$', '[', '?', '/', '//'].includes(text);
  }

  #step(): Step {
    const axis = this.#axisStep();
    if (axis !== undefined) return { ...axis, predicates: this.#predicates() };
    return this.#postfix(this.#primary());
  }

  #axisStep(): Omit<AxisStep, 'predicates'> | undefined {
    const { kind, text } = this.token;
    const next = this.ahead(1).text;
    if (text === '..' && kind === 'symbol') {
      this.at++;
      return { axis: 'parent', test: () => true, any: true };
    }
    if (text === '@' && kind === 'symbol') {
      this.at++;
      if (this.token.kind !== 'name' && !this.is('*')) throw staticError('@ must be followed by a NodeTest');
      return { axis: 'attribute', ...this.#nodeTest('attribute') };
    }
    if (kind === 'name' && next === '::') {
      const axis = AXES.get(text);
      if (axis === undefined) throw staticError(`Unknown axis name: ${text}`);
      this.at += 2;
      return { axis: text, ...this.#nodeTest(text === 'namespace' ? 'namespace' : axis.principal) };
    }
    if (text === '*' && kind === 'symbol') return { axis: 'child', ...this.#nodeTest('element') };
    if (kind !== 'name') return undefined;
    if (next === '(') {
      if (!KIND_TESTS.has(text)) return undefined;
      return { axis: text === 'attribute' ? 'attribute' : 'child', ...this.#nodeTest('element') };
    }
    if (next === '#' || (next === '{' && (text === 'map' || text === 'array'))) return undefined;
    return { axis: 'child', ...this.#nodeTest('element') };
  }

  #nodeTest(principal: 'element' | 'attribute' | 'namespace'): { readonly test: Test; readonly any?: boolean } {
    const { token } = this;
    const kind = principal === 'element' ? 'element' : 'attribute';
    if (token.kind === 'name' && this.ahead(1).text === '(') {
      if (!KIND_TESTS.has(token.text)) throw staticError(`${token.text}() is not a valid node kind`);
      return { test: this.kindTest(), any: token.text === 'node' };
    }
    if (this.take('*')) {
      if (!this.#touches(':')) return { test: (node) => node.kind === kind };
      this.at++;
      const local = this.token.text;
      this.at++;
      return { test: (node) => node.kind === kind && 'local' in node && node.local === local };
    }
    if (token.kind !== 'name') throw staticError(`Unexpected token "${token.text}" in path expression`);
    this.at++;
    if (this.#touches(':') && this.ahead(1).text === '*') {
      this.at += 2;
      const uri = this.uriOf(token.text);
      return { test: (node) => node.kind === kind && 'uri' in node && node.uri === uri };
    }
    const { uri, local } = this.nameOf(token, '');
    if (principal === 'namespace') return { test: (node) => node.kind === 'attribute' && node.local === local };
    return { test: nameTest(kind, uri, local) };
  }
  /** Whether a symbol follows the token before it without a gap. */
  #touches(symbol: string): boolean {
    return this.is(symbol) && this.tokens[this.at - 1]?.end === this.token.start;
  }

  #predicates(): readonly Expression[] {
    const predicates: Expression[] = [];
    while (this.take('[')) {
      predicates.push(this.expression());
      this.expect(']');
    }
    return predicates;
  }

  #postfix(primary: Expression): Expression {
    let left = primary;
    for (;;) {
      if (this.take('[')) {
        const predicate = this.expression();
        this.expect(']');
        const base = left;
        left = {
          type: base.type,
          positional: base.positional,
          run: (context) => filterItems(base.run(context), predicate, context),
        };
      } else if (this.take('(')) left = this.dynamicCall(left, this.arguments());
      else if (this.take('?')) left = this.#lookup(left);
      else return left;
    }
  }
  #lookup(base: Expression | undefined): Expression {
    const { kind, text, value } = this.token;
    let key: Expression | undefined;
    if (this.is('(')) key = this.parenthesized();
    else {
      this.at++;
      if (kind === 'number') key = constant([integer(BigInt(value ?? 0))], 'integer');
      else if (kind === 'name') key = constant([string(text)], 'string');
      else if (text !== '*') this.unexpected();
    }
    return {
      run: (context) =>
        lookup(
          base === undefined ? (context.item === undefined ? EMPTY : [context.item]) : base.run(context),
          key?.run(context),
        ),
    };
  }

  #primary(): Expression {
    const { kind, text, value = '' } = this.token;
    if (kind === 'number') {
      this.at++;
      return numberLiteral(value);
    }
    if (kind === 'string') {
      this.at++;
      return constant([string(value)], 'string', `"${value}"`);
    }
    if (kind === 'name') return this.#named();
    switch (kind === 'symbol' ? text : '') {
      case '$':
        return this.variableReference();
      case '(':
        return this.parenthesized();
      case '.':
        this.at++;
        return { run: ({ item }) => (item === undefined ? missing() : [item]) };
      case '[':
        return this.#squareArray();
      case '?':
        this.at++;
        return this.#lookup(undefined);
      default:
        return this.unexpected();
    }
  }

  #named(): Expression {
    const { token } = this;
    const next = this.ahead(1).text;
    if (next === '{') return this.#braced(token.text);
    this.at++;
    if (next === '#') return this.#functionReference(token);
    if (token.text === 'function') return this.#inlineFunction();
    if (token.text === 'item') throw staticError('item() is not allowed in a path expression');
    this.expect('(');
    return this.callNamed(token, this.arguments());
  }

  #braced(kind: string): Expression {
    this.at += 2;
    if (kind === 'array') {
      const content = this.is('}') ? constant(EMPTY, 'item') : this.expression();
      this.expect('}');
      return { run: (context) => [arrayOf(content.run(context).map((item) => [item]))] };
    }
    const entries: (readonly [Expression, Expression])[] = [];
    while (!this.is('}')) {
      const key = this.single();
      this.expect(':');
      entries.push([key, this.single()]);
      if (!this.take(',')) break;
    }
    this.expect('}');
    return { run: (context) => [mapOf(entries.map(([key, value]) => [key.run(context), value.run(context)]))] };
  }
  #squareArray(): Expression {
    this.at++;
    const members: Expression[] = [];
    while (!this.is(']')) {
      members.push(this.single());
      if (!this.take(',')) break;
    }
    this.expect(']');
    return { run: (context) => [arrayOf(members.map((member) => member.run(context)))] };
  }

  #functionReference(token: Token): Expression {
    this.at++;
    const arity = Number(this.token.value);
    this.at++;
    const { uri, local } = this.nameOf(token, FN);
    if (uri === XS)
      return {
        run: () => [
          {
            kind: 'function',
            name: `xs:${local}`,
            arity: 1,
            call: ([value = EMPTY]) => atomize(value).map((one) => cast(one, local)),
          },
        ],
      };
    const signature = findFunction(uri, local, arity);
    if (signature === undefined) throw staticError(functionProblem(uri, local, arity));
    return {
      run: (context) => [
        { kind: 'function', name: `fn:${local}`, arity, call: (args) => callLater(signature, args, context) },
      ],
    };
  }

  #inlineFunction(): Expression {
    this.expect('(');
    const names: string[] = [];
    const outer = this.variables;
    while (this.take('$')) {
      names.push(this.variableName());
      if (this.take('as')) this.sequenceType();
      if (!this.take(',')) break;
    }
    this.expect(')');
    if (this.take('as')) this.sequenceType();
    this.expect('{');
    this.variables = [...outer, ...names];
    const body = this.is('}') ? constant(EMPTY, 'item') : this.expression();
    this.variables = outer;
    this.expect('}');
    return { run: (context) => [closure(names, body, context)] };
  }

  arguments(): readonly (Expression | undefined)[] {
    const args: (Expression | undefined)[] = [];
    if (this.take(')')) return args;
    do {
      if (this.is('?') && [',', ')'].includes(this.ahead(1).text)) {
        this.at++;
        args.push(undefined);
      } else args.push(this.single());
    } while (this.take(','));
    this.expect(')');
    return args;
  }

  callNamed(token: Token, args: readonly (Expression | undefined)[]): Expression {
    const { uri, local } = this.nameOf(token, FN);
    const given = args.filter((arg) => arg !== undefined);
    if (uri === XS) {
      const [only] = given;
      if (!isCastable(local) || args.length !== 1 || only === undefined)
        throw staticError(
          `${functionProblem(uri, local, args.length)}. Unknown constructor function: {${uri}}${local}`,
        );
      return this.castTo(only, { atomic: local, times: '?', shown: '' }, `first argument of xs:${local}()`);
    }
    const signature = findFunction(uri, local, args.length);
    if (signature === undefined) throw staticError(functionProblem(uri, local, args.length));
    if (given.length === args.length) return callOf(signature, given);
    return {
      run: (context) => {
        const bound = args.map((arg) => arg?.run(context));
        const call = (rest: readonly Sequence[]): Sequence => {
          const values = [...rest];
          return callLater(
            signature,
            bound.map((value) => value ?? values.shift() ?? EMPTY),
            context,
          );
        };
        return [{ kind: 'function', arity: args.length - given.length, call }];
      },
    };
  }

  dynamicCall(called: Expression, args: readonly (Expression | undefined)[]): Expression {
    return {
      run(context) {
        const [item, more] = called.run(context);
        if (item === undefined || more !== undefined)
          throw saxonError('A dynamic function call must have exactly one function');
        const values = args.map((arg) => arg?.run(context) ?? EMPTY);
        if (item.kind === 'map' || item.kind === 'array') return lookup([item], values[0] ?? EMPTY);
        if (item.kind !== 'function') throw saxonError('The required item type of the called function is function(*)');
        if (item.arity !== values.length)
          throw saxonError(
            `Number of arguments required for dynamic call to function is ${item.arity}; number supplied = ${values.length}`,
          );
        return item.call(values);
      },
    };
  }

  castTo(operand: Expression, type: SequenceType, role: string): Expression {
    const target = type.atomic ?? '';
    const { prefixes } = this.world;
    const run = (items: Sequence): Sequence => {
      const values = atomize(items);
      if (!fits(values.length, type.times)) {
        if (values.length === 0) throw saxonError(`An empty sequence is not allowed as the ${role}`);
        throw saxonError(`A sequence of more than one item is not allowed as the ${role} ${shownItems(items)} `);
      }
      return values.map((value) => cast(value, target, (prefix) => prefixes.get(prefix)));
    };
    // What is known already is cast already, and told at once when it cannot be.
    if (operand.constant !== undefined) {
      const value = early(() => run(operand.constant ?? EMPTY));
      return constant(
        value,
        target,
        value[0] instanceof Atomic ? `xs:${target}("${atomicText(value[0])}")` : undefined,
      );
    }
    return { type: target, positional: operand.positional, run: (context) => run(operand.run(context)) };
  }

  parenthesized(): Expression {
    this.expect('(');
    if (this.take(')')) return constant(EMPTY, 'item', '()');
    const inner = this.expression();
    this.expect(')');
    return inner;
  }

  variableName(): string {
    const { token } = this;
    if (token.kind !== 'name') throw staticError(`expected "<name>", found "${token.text}"`);
    this.at++;
    return token.text;
  }
  variableReference(): Expression {
    this.expect('$');
    const name = this.variableName();
    if (!this.variables.includes(name)) throw staticError(`Undeclared variable in XPath expression: $${name}`);
    return {
      run({ variables }) {
        for (let at = variables; at !== undefined; at = at.outer) if (at.name === name) return at.value;
        return EMPTY;
      },
    };
  }
}
