import jexl, { type Expression } from 'jexl';
import type { Bindings, CompiledScript, User } from '../../model/index.js';
import { functions, text, transforms } from './transforms.js';

/** One step of a stand-in: a local name or a JMeter variable, and the expression of its value. */
export interface Step {
  readonly kind: 'let' | 'set';
  readonly name: string;
  readonly expression: string;
}

/** Compiles the steps of stand-ins; an expression that does not parse throws what jexl says. */
export class StepCompiler {
  readonly #jexl = new jexl.Jexl();
  /** Whose turn it is: expressions are evaluated without a pause, so the functions may look here. */
  #user: User | undefined;

  constructor(env: (name: string) => string | undefined) {
    const around = {
      random: () => this.#user?.random() ?? Math.random(),
      property: (name: string) => this.#user?.test.properties.get(name),
      env,
    };
    this.#jexl.addTransforms(transforms(around));
    this.#jexl.addFunctions(functions(around));
  }

  compile(steps: readonly Step[]): CompiledScript {
    const compiled = steps.map((step) => ({ ...step, expression: this.#expression(step) }));
    return {
      run: (user, bindings) => {
        this.#user = user;
        const names = scope(user, bindings);
        let value: unknown = null;
        for (const { kind, name, expression } of compiled) {
          value = expression.evalSync(names) ?? null;
          if (kind === 'let') names[name] = value;
          else if (value === null) user.variables.remove(name);
          else user.variables.put(name, text(value));
        }
        return typeof value === 'object' && value !== null ? text(value) : value;
      },
    };
  }

  #expression({ expression }: Step): Expression {
    return this.#jexl.compile(expression);
  }
}

/** The names of one run: locals and what the element gives first, then the user's variables. */
function scope(user: User, bindings: Bindings): Record<string, unknown> {
  const own: Record<string, unknown> = Object.create(null);
  own.vars = variablesByName(user);
  own.threadName = user.threadName;
  own.threadNum = user.number;
  for (const name of ['Label', 'Parameters', 'args', 'FileName']) own[name] = bindings[name];
  const { previous } = user;
  if (previous !== undefined) {
    const { code, message, success, label, elapsed } = previous;
    // The data only when asked for: decoding it costs.
    own.prev = {
      code,
      message,
      success,
      label,
      elapsed,
      get text() {
        return previous.text;
      },
    };
  }
  return new Proxy(own, {
    get: (target, name) => (typeof name === 'string' ? (target[name] ?? user.variables.getObject(name)) : undefined),
  });
}

/** For names that are no identifiers: `vars["a.b"]`. */
const variablesByName = (user: User): object =>
  new Proxy(Object.create(null) as object, {
    get: (_, name) => (typeof name === 'string' ? user.variables.getObject(name) : undefined),
  });
