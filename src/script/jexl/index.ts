import type { Bindings, CompiledScript, User } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { bound, logger } from '../bindings.js';
import { ScriptError } from '../value/value.js';
import { JexlSyntaxError } from './lexer.js';
import { type Node, returned, Scope } from './node.js';
import { parse } from './statements.js';
import { parse2 } from './two/parser.js';

/**
 * Compiles a JEXL script as commons-jexl3 3.2.1 runs it for JMeter: strict and silent. Its result is a Java-like value
 * (`String(value)` is Java's text) or null, also for an error inside; a text used as a number that is none throws.
 */
export function compileJexl3(text: string): CompiledScript | Problem {
  return compiled({ parse, category: 'o.a.j.f.Jexl3Function' }, text, (run) => (user, extra) => {
    try {
      return run(user, extra);
    } catch (thrown) {
      if (thrown instanceof ScriptError) return null;
      throw thrown;
    }
  });
}

/** Compiles a JEXL script as commons-jexl 2.1.1 runs it for JMeter: strict, and every error is thrown. */
export function compileJexl2(text: string): CompiledScript | Problem {
  return compiled({ parse: parse2, category: 'o.a.j.f.Jexl2Function' }, text, (run) => run);
}

type Run = CompiledScript['run'];

/** The log category is that of the function; a script element brings its own `log`. */
interface Version {
  readonly parse: (text: string) => Node;
  readonly category: string;
}

function compiled({ parse, category }: Version, text: string, guard: (run: Run) => Run): CompiledScript | Problem {
  let body: Node;
  try {
    body = parse(text);
  } catch (thrown) {
    if (thrown instanceof JexlSyntaxError) return problems.scriptBroken(`JEXL: ${thrown.message}`);
    throw thrown;
  }
  const run: Run = (user, extra) =>
    returned(body, new Scope(new Map(), (name) => named(user, extra, name, category))) ?? null;
  return { run: guard(run) };
}

/** The names of `__jexl3`: `sampleResult` instead of `prev`; an element's own names come on top. */
function named(user: User, extra: Bindings, name: string, category: string): unknown {
  if (name === 'log' && !Object.hasOwn(extra, name)) return logger(user, category);
  if (name === 'prev' && !Object.hasOwn(extra, name)) return undefined;
  const value = bound(user, extra, name);
  return value === undefined && name === 'sampleResult' ? bound(user, extra, 'prev') : value;
}
