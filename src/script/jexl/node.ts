import { ScriptError } from '../value/value.js';

/** A compiled piece of a script; `assign` stands where it may be on the left of `=`. */
export interface Node {
  run(scope: Scope): unknown;
  /** A variable, member, index or method call: null instead of an error as the condition of `?`, `?:` and `??`. */
  readonly reference?: boolean;
  /** JEXL 3: as what a member or method is asked of; a name that is not known and an element of nothing are null then. */
  readonly navigate?: (scope: Scope) => unknown;
  /** JEXL 3: whether null is the value of a member or call, of which `[key]` is null too; elsewhere it is an error. */
  readonly mild?: (scope: Scope) => boolean;
  /** JEXL 3: as an operand of an operator that wants a value: a variable that is null is an error. */
  readonly operand?: (scope: Scope) => unknown;
  /** JEXL 2: as part of `? :` and `?:`, where an undefined name is null. */
  readonly soft?: (scope: Scope) => unknown;
  readonly assign?: (scope: Scope, value: unknown) => void;
  /** `a.b.c`, which may be the name of one variable. */
  readonly path?: string;
  readonly literal?: unknown;
  readonly lambda?: Lambda;
}
export interface Lambda {
  readonly parameters: readonly string[];
  readonly body: Node;
}

/** Names of one call: a function's own, then those of the functions around it, then the script's context. */
export class Scope {
  readonly #own = new Map<string, unknown>();
  constructor(
    readonly context: Map<string, unknown>,
    /** Undefined for a name that is not bound. */
    readonly bound: (name: string) => unknown,
    readonly outer?: Scope,
  ) {}

  has(name: string): boolean {
    return this.#own.has(name) || (this.outer?.has(name) ?? (this.context.has(name) || this.bound(name) !== undefined));
  }
  get(name: string): unknown {
    const own = this.#own.get(name);
    if (own !== undefined) return own;
    if (this.outer !== undefined) return this.outer.get(name);
    const value = this.global(name);
    if (value !== undefined) return value;
    throw new ScriptError(`undefined variable ${name}`);
  }
  /** The value of a declared name; null until it has one. */
  local(name: string): unknown {
    return this.#own.get(name) ?? null;
  }
  /** The value in the script's context; undefined for a name that is not known there. */
  global(name: string): unknown {
    const value = this.context.get(name);
    return value === undefined ? this.bound(name) : value;
  }
  set(name: string, value: unknown): void {
    if (!this.#assign(name, value)) this.context.set(name, value);
  }
  declare(name: string, value: unknown): void {
    this.#own.set(name, value);
  }
  #assign(name: string, value: unknown): boolean {
    if (this.#own.has(name)) {
      this.#own.set(name, value);
      return true;
    }
    return this.outer ? this.outer.#assign(name, value) : false;
  }
}

/** A function of a script, with the names it was made among. */
export class Closure {
  constructor(
    readonly lambda: Lambda,
    readonly scope: Scope,
  ) {}
  /** Missing arguments are null, extra ones are dropped. */
  call(args: readonly unknown[]): unknown {
    const scope = new Scope(this.scope.context, this.scope.bound, this.scope);
    this.lambda.parameters.forEach((name, i) => {
      scope.declare(name, args[i] ?? null);
    });
    return returned(this.lambda.body, scope);
  }
  toString(): string {
    return `(${this.lambda.parameters.join(', ')})->{…}`;
  }
}

/** Thrown by `return`. */
export class Return {
  constructor(readonly value: unknown) {}
}
export const BREAK = Symbol('break');
export const CONTINUE = Symbol('continue');

/** The value of a body, `return` included. */
export function returned(body: Node, scope: Scope): unknown {
  try {
    return body.run(scope);
  } catch (thrown) {
    if (thrown instanceof Return) return thrown.value;
    throw thrown;
  }
}

/** The value as a condition of `?`, `?:`, `??` sees it: a reference that leads nowhere is null. */
export function soft(node: Node): (scope: Scope) => unknown {
  if (node.soft) return node.soft;
  return node.reference ? quiet(node) : (scope) => node.run(scope);
}

/** The value, null for any error of the engine (`empty`, `size`). */
export function quiet(node: Node): (scope: Scope) => unknown {
  return (scope) => {
    try {
      return node.run(scope);
    } catch (thrown) {
      if (thrown instanceof ScriptError) return null;
      throw thrown;
    }
  };
}
