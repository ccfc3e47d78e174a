import { invalidPath, isInvalidPath, isNotFound, jsonPathError, pathNotFound } from './cursor.js';
import { isArray, isObject, type Json, type JsonObject, javaClassOf } from './document.js';
import type { FilterContext } from './filter.js';
import { operandOf, UNDEFINED, type Value } from './filter-value.js';
import { callFunction } from './functions.js';
import { fragment, isDefinite, makePath, type Path, restOf, type Token } from './path.js';
import { javaText } from './render.js';

/**
 * What json-path keeps in a compiled path between two readings: the array index a scan saw last, by the token after the
 * scanned one. JMeter holds compiled paths per thread, so this belongs to a virtual user.
 */
export type PathMemory = WeakMap<Token, number>;

type Properties = Token & { kind: 'properties' };

/** All hits of one reading of one path. */
class Reading {
  readonly hits: Json[] = [];

  constructor(
    readonly path: Path,
    readonly root: Json,
    readonly memory: PathMemory,
    /** Option.REQUIRE_PROPERTIES: a missing leaf is an error, as in a filter's exists check. */
    readonly strict: boolean,
  ) {}

  run(document: Json): this {
    const first = this.path.tokens[0];
    if (first) this.token(first, this.path.root, document);
    else this.hits.push(document);
    return this;
  }

  /** The last hit of a definite path, the list of hits of another. */
  value(): Json {
    if (!this.path.definite) return this.hits;
    const last = this.hits.at(-1);
    if (last === undefined) throw pathNotFound(`No results for path: ${this.path.text}`);
    return last;
  }

  private onward(token: Token, where: string, value: Json): void {
    if (token.next) this.token(token.next, where, value);
    else this.hits.push(value);
  }

  private token(token: Token, where: string, model: Json): void {
    switch (token.kind) {
      case 'properties':
        this.properties(token, where, model);
        break;
      case 'indexes':
        if (this.array(token, where, model)) for (const index of token.indexes) this.index(token, where, model, index);
        break;
      case 'slice':
        if (this.array(token, where, model)) this.slice(token, where, model);
        break;
      case 'wildcard':
        this.wildcard(token, where, model);
        break;
      case 'scan':
        if (token.next) this.scan(token.next, where, model);
        break;
      case 'filter':
        this.filter(token, where, model);
        break;
      case 'function':
        this.call(token, where, model);
        break;
    }
  }

  private properties(token: Properties, where: string, model: Json): void {
    if (!isObject(model)) {
      if (!token.upstreamDefinite) return;
      const found = model === null ? 'null' : javaClassOf(model);
      throw pathNotFound(
        `Expected to find an object with property ${fragment(token)} in path ${where} but found '${found}'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.`,
      );
    }
    if (token.names.length > 1 && token.next === undefined) this.merge(token, where, model);
    else for (const name of token.names) this.property(token, where, model, name);
  }

  private property(token: Token, where: string, model: JsonObject, name: string): void {
    const value = model.get(name);
    const place = `${where}['${name}']`;
    if (value === undefined) {
      if (token.next === undefined) {
        if (this.strict) throw pathNotFound(`No results for path: ${place}`);
      } else if (this.strict || (token.upstreamDefinite && isDefinite(token)))
        throw pathNotFound(`Missing property in path ${place}`);
      return;
    }
    if (token.next) this.token(token.next, place, value);
    else {
      // After a scan of arrays a leaf counts only when the index before it says so: `$..*.x` finds nothing.
      const index = this.memory.get(token);
      if (index === undefined || this.path.beforeLast === `[${index}]`) this.hits.push(value);
    }
  }

  /** Several names at the end make one object of what there is. */
  private merge(token: Properties, where: string, model: JsonObject): void {
    const merged = new Map<string, Json>();
    for (const name of token.names) {
      const value = model.get(name);
      if (value !== undefined) merged.set(name, value);
      else if (this.strict)
        throw pathNotFound(`Missing property in path ${where}[${token.names.map((n) => `'${n}'`).join(', ')}]`);
    }
    this.hits.push(merged);
  }

  private array(token: Token, where: string, model: Json): model is readonly Json[] {
    if (isArray(model)) return true;
    if (!token.upstreamDefinite) return false;
    if (model === null) throw pathNotFound(`The path ${where} is null`);
    throw pathNotFound(
      `Filter: ${restOf(token)} can only be applied to arrays. Current context is: ${javaText(model)}`,
    );
  }

  private index(token: Token, where: string, model: readonly Json[], index: number): void {
    const item = model[index < 0 ? model.length + index : index];
    if (item !== undefined) this.onward(token, `${where}[${index}]`, item);
  }

  /** A slice with both bounds does not count negative ones from the end. */
  private slice({ from, to, ...token }: Token & { kind: 'slice' }, where: string, model: readonly Json[]): void {
    const { length } = model;
    const self: Token = { from, to, ...token };
    if (from !== undefined && to !== undefined) {
      for (let i = from; i < Math.min(length, to); i++) this.index(self, where, model, i);
    } else if (from !== undefined) {
      for (let i = Math.max(0, from < 0 ? length + from : from); i < length; i++) this.index(self, where, model, i);
    } else if (to !== undefined) {
      for (let i = 0; i < Math.min(length, to < 0 ? length + to : to); i++) this.index(self, where, model, i);
    }
  }

  private wildcard(token: Token, where: string, model: Json): void {
    if (isObject(model)) for (const name of model.keys()) this.property(token, where, model, name);
    else if (isArray(model))
      for (let i = 0; i < model.length; i++)
        try {
          this.index(token, where, model, i);
        } catch (error) {
          if (this.strict || !isNotFound(error)) throw error;
        }
  }

  private filter(token: Token & { kind: 'filter' }, where: string, model: Json): void {
    if (isObject(model)) {
      if (this.accepts(token, model)) this.onward(token, where, model);
    } else if (isArray(model))
      model.forEach((item, i) => {
        if (this.accepts(token, item)) this.index(token, where, model, i);
      });
    else if (token.upstreamDefinite)
      throw invalidPath(
        `Filter: ${restOf(token)} can not be applied to primitives. Current context is: ${model === null ? 'null' : javaText(model)}`,
      );
  }

  private accepts(token: Token & { kind: 'filter' }, item: Json): boolean {
    const context: FilterContext = {
      item,
      value: (path) => this.operand(path, item),
      exists: (path) => this.hasPath(path, item),
    };
    try {
      return token.filter(context);
    } catch (error) {
      if (isInvalidPath(error)) return false;
      throw error;
    }
  }

  private operand(path: Path, item: Json): Value {
    try {
      return operandOf(this.inner(path, path.root === '$' ? this.root : item, false));
    } catch (error) {
      if (isNotFound(error)) return UNDEFINED;
      throw error;
    }
  }

  /** Also a path from `$` is tried on the item here, as json-path does. */
  private hasPath(path: Path, item: Json): boolean {
    try {
      this.inner(path, item, true);
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  private inner(path: Path, from: Json, strict: boolean): Json {
    return new Reading(path, this.root, this.memory, strict).run(from).value();
  }

  private call(token: Token & { kind: 'function' }, where: string, model: Json): void {
    const value = callFunction(token.name, {
      model,
      parameters: token.parameters,
      read: (path) => this.inner(path, this.root, false),
      readAll: (path) =>
        this.inner(path.isFunction || path.tokens.length === 0 ? path : withWildcard(path), model, false),
    });
    this.hits.push(value);
    if (token.next) this.token(token.next, where, value);
  }

  private scan(target: Token, where: string, model: Json): void {
    if (isObject(model)) {
      if (this.scanned(target, model)) this.token(target, where, model);
      for (const [name, value] of model) this.scan(target, `${where}['${name}']`, value);
    } else if (isArray(model)) {
      if (this.scanned(target, model)) this.scanArray(target, where, model);
      model.forEach((item, i) => {
        this.scan(target, `${where}[${i}]`, item);
      });
    }
  }

  /** json-path hands all items to what follows, and lets the leaf find out which index was meant. */
  private scanArray(target: Token, where: string, model: readonly Json[]): void {
    const { next } = target;
    if (next === undefined) this.token(target, where, model);
    else
      model.forEach((item, i) => {
        this.memory.set(next, i);
        this.token(next, `${where}[${i}]`, item);
      });
  }

  private scanned(target: Token, model: Json): boolean {
    switch (target.kind) {
      case 'properties':
        return isObject(model) && (!isDefinite(target) || target.names.every((name) => model.has(name)));
      case 'indexes':
      case 'slice':
        return isArray(model);
      case 'filter':
        return this.accepts(target, model);
      default:
        return target.kind === 'wildcard';
    }
  }
}

/** json-path changes the path after it has asked whether it is definite, so a definite one gives its last hit. */
function withWildcard(path: Path): Path {
  const star: Token = { kind: 'wildcard', next: undefined, upstreamDefinite: true };
  return { ...makePath(path.root, [...path.tokens.map((token) => ({ ...token })), star]), definite: path.definite };
}

/** The hits as the JSON Extractor wants them (Option.ALWAYS_RETURN_LIST): a definite path gives one, or PathNotFoundException. */
export function readList(path: Path, document: Json, memory: PathMemory): readonly Json[] {
  if (path.isFunction)
    throw jsonPathError('Options AS_PATH_LIST and ALWAYS_RETURN_LIST are not allowed when using path functions!');
  const value = new Reading(path, document, memory, false).run(document).value();
  return path.definite ? [value] : isArray(value) ? value : [];
}

/** The value as the JSON Assertion wants it (default configuration): the hit of a definite path, else the list of hits. */
export function readValue(path: Path, document: Json, memory: PathMemory): Json {
  return new Reading(path, document, memory, false).run(document).value();
}
