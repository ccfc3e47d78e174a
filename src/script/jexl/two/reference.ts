import { Host } from '../../host/host.js';
import { JavaArray, JavaList, JavaMap } from '../../value/collection.js';
import { ScriptError, textOf } from '../../value/value.js';
import { callMethod, member, NoProperty, setBySetter, setIndexed } from '../members.js';
import type { Node, Scope } from '../node.js';
import { evaluated } from '../primaries.js';

/** A piece of `a.b[1].c(2)`: finds its value in what the pieces before it gave, null for the first one. */
export interface Part {
  /** The name, or the digits, where the part may belong to a variable with dots in its name. */
  readonly name?: string;
  /** What is asked of the object in an assignment to this part. */
  readonly key?: unknown;
  /** For `a[i][j]`: the object and the key in an assignment. */
  readonly target?: (scope: Scope, object: unknown) => { readonly object: unknown; readonly key: unknown };
  /** A name that was declared with `var`. */
  readonly local?: boolean;
  /** `soft`: an undefined name is null. */
  run(scope: Scope, object: unknown, soft: boolean): unknown;
}

/** A name: of a variable when nothing was found so far, else of a property. */
export const named = (name: string, local: boolean): Part => ({
  name,
  key: name,
  local,
  run(scope, object) {
    if (object !== null) return property(object, name);
    return local ? scope.local(name) : (scope.global(name) ?? null);
  },
});

/** A whole number after a dot: part of a variable's name as long as nothing was found. */
export const position = (value: unknown, text: string): Part => ({
  name: text,
  key: value,
  run: (_, object) => (object === null ? null : property(object, value)),
});

/** `name[key][key]`. */
export function indexed(name: string, keys: readonly Node[]): Part {
  const start = (scope: Scope, object: unknown, soft: boolean): unknown => {
    if (object !== null) return property(object, name);
    const value = scope.global(name);
    if (value === undefined && !soft) throw new ScriptError(`undefined variable ${name}`);
    return value ?? null;
  };
  const within = walk(keys);
  const lastOf = walk(keys.slice(0, -1));
  return {
    run: (scope, object, soft) => within(scope, start(scope, object, soft), soft),
    target(scope, object) {
      const array = start(scope, object, false);
      if (array === null) throw new ScriptError('array element is null');
      return { object: lastOf(scope, array, false), key: keys.at(-1)?.run(scope) };
    },
  };
}

/** `(expression)[key]`, and with no key any other beginning. */
export function begun(node: Node, keys: readonly Node[] = []): Part {
  const within = walk(keys);
  return {
    run: (scope, _, soft) => within(scope, (soft ? (node.soft ?? node.run) : node.run).call(node, scope), soft),
  };
}

function walk(keys: readonly Node[]) {
  return (scope: Scope, from: unknown, soft: boolean): unknown => {
    let object = from;
    for (const key of keys) {
      const value = (soft ? (key.soft ?? key.run) : key.run).call(key, scope);
      // A literal that no index can be, and any literal in null, is its own value.
      const own = key.literal !== undefined && (object === null || !isIndex(key.literal));
      if (object === null && !own) throw new ScriptError('object is null');
      object = own ? value : property(object, value);
    }
    return object;
  };
}
const isIndex = (literal: unknown): boolean => typeof literal === 'number' || typeof literal === 'string';

/** `.name(args)`; an array has the methods of a list, too. */
export const called = (name: string, args: readonly Node[]): Part => ({
  run(scope, object) {
    const own = OBJECT_METHODS.has(name) || !(object instanceof JavaArray);
    return callMethod(own ? object : new JavaList(object.items), name, evaluated(args, scope));
  },
});
const OBJECT_METHODS: ReadonlySet<string> = new Set(['getClass', 'toString', 'hashCode', 'equals']);

function property(object: unknown, key: unknown): unknown {
  try {
    return member(object, key);
  } catch (thrown) {
    if (thrown instanceof NoProperty) return null;
    throw thrown;
  }
}

/**
 * A reference as Interpreter 2.1.1 walks it: a part that gives null is looked for again as a variable whose name has dots,
 * and only a name that leads nowhere at all is an error.
 */
export function reference(parts: readonly Part[]): Node {
  return {
    reference: true,
    run: (scope) => resolve(parts, scope, false),
    soft: (scope) => resolve(parts, scope, true),
    assign: (scope, value) => assign(parts, scope, value),
  };
}

function resolve(parts: readonly Part[], scope: Scope, soft: boolean): unknown {
  let result: unknown = null;
  let isVariable = true;
  let name = '';
  for (const [i, part] of parts.entries()) {
    isVariable &&= part.name !== undefined && (result === null || typeof part.key === 'string');
    result = part.run(scope, result, soft);
    if (!isVariable) continue;
    name = i === 0 ? (part.name ?? '') : `${name}.${part.name}`;
    if (result === null) result = scope.global(name) ?? null;
  }
  if (result !== null || !isVariable || soft || scope.global(name) !== undefined) return result;
  if (parts.length === 1 && parts[0]?.local) return null;
  throw new ScriptError(`undefined variable ${name}`);
}

function assign(parts: readonly Part[], scope: Scope, value: unknown): void {
  const last = parts.at(-1);
  const { object, name } = owner(parts.slice(0, -1), scope);
  if (last?.target !== undefined) {
    const target = last.target(scope, object);
    setProperty(target.object, target.key, value);
  } else if (last?.key === undefined) throw new ScriptError('illegal assignment form');
  else if (object !== null) setProperty(object, last.key, value);
  else if (last.local && parts.length === 1) scope.declare(textOf(last.key), value);
  else scope.context.set(name === '' ? textOf(last.key) : `${name}.${textOf(last.key)}`, value);
}

/** What the parts before the last one lead to, or the name with dots that they are. */
function owner(parts: readonly Part[], scope: Scope): { readonly object: unknown; readonly name: string } {
  let object: unknown = null;
  let name = '';
  for (const [i, part] of parts.entries()) {
    name = i === 0 ? (part.name ?? '') : `${name}.${part.name}`;
    object = part.run(scope, object, false);
    if (object !== null) continue;
    if (part.name === undefined) throw new ScriptError('illegal assignment form');
    object = scope.global(name) ?? null;
  }
  return { object, name };
}

/** An entry, or a setter: JEXL 2 puts nothing into JMeter's variables. */
function setProperty(object: unknown, key: unknown, value: unknown): void {
  if (object instanceof JavaMap || object instanceof JavaArray || object instanceof JavaList)
    setIndexed(object, key, value);
  else if (!(object instanceof Host) || !setBySetter(object, textOf(key), value))
    throw new ScriptError(`no property ${textOf(key)}`);
}
