import vm from 'node:vm';
import { JavaError } from '../../java/index.js';
import type { CompiledScript, User } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { bound, logger } from '../bindings.js';
import { hasStatic, isKnownClass } from '../jexl/classes.js';
import { outline } from './outline.js';
import { type Crossing, crossing } from './rhino-objects.js';
import { makeRhinoRealm, type RhinoRun } from './rhino-realm.js';
import { javaPaths, refused, rewritten } from './rhino-syntax.js';

let realm: ReturnType<typeof makeRhinoRealm> | undefined;

/** The names that `__javaScript` gives to a script. */
const NAMES = ['log', 'ctx', 'vars', 'props', 'threadName', 'sampler', 'sampleResult'] as const;

/**
 * Compiles the script of `__javaScript` as Rhino 1.7.14 runs it for JMeter on Java 17. Its result is a text: that of the
 * last expression statement, `undefined` and `null` by name. What it throws is an exception; each run has a fresh scope.
 */
export function compileRhino(script: string): CompiledScript | Problem {
  const why = unsupported(outline(script));
  if (why !== undefined) return why;
  const text = rewritten(script);
  try {
    new vm.Script(text, { filename: 'script' });
  } catch (thrown) {
    return problems.scriptBroken(`JavaScript: ${messageOf(thrown)}`);
  }
  const used = NAMES.filter((name) => script.includes(name));
  const runs = new Map<string, RhinoRun>();
  return {
    run(user, extra) {
      // A name that is given without a value is not there (the condition of an If Controller sees none).
      const names = used.filter((name) => !Object.hasOwn(extra, name));
      const run = runs.get(names.join()) ?? prepared(text, names);
      runs.set(names.join(), run);
      try {
        return run(names.map((name) => given(user, name)));
      } catch (thrown) {
        throw new JavaError('org.mozilla.javascript.RhinoException', messageOf(thrown));
      }
    },
  };
}

function prepared(text: string, names: readonly string[]): RhinoRun {
  realm ??= makeRhinoRealm();
  return realm.prepare(text, names);
}

/** What Rhino itself does not parse, and what Rhino runs and we cannot. */
function unsupported(code: string): Problem | undefined {
  const missing = refused(code);
  if (missing !== undefined) return problems.scriptBroken(`JavaScript: Rhino does not know ${missing}`);
  const unknown = javaPaths(code).find(isUnknown);
  const what = unknown ?? /\bJava(?:Importer|Adapter)\b/.exec(code)?.[0];
  return what === undefined ? undefined : problems.scriptLanguage(`JavaScript with ${what}`);
}

/** In `java.lang.Math.abs` the class is up to the first part that begins with a capital, what follows a member of it. */
function isUnknown(path: string): boolean {
  const [, name, member] = /^(?:Packages\.)?((?:[a-z]\w*\.)+[A-Z]\w*)(?:\.(\w+))?/.exec(path) ?? [];
  if (name === undefined) return false;
  return !isKnownClass(name) || (member !== undefined && member !== 'class' && !hasStatic(name, member));
}

/** The thread's name is a text of JavaScript: JMeter puts it into the scope. */
function given(user: User, name: (typeof NAMES)[number]): Crossing {
  if (name === 'threadName') return { kind: 'value', value: user.threadName };
  if (name === 'log') return crossing(logger(user, 'o.a.j.f.JavaScript'));
  return crossing(bound(user, {}, name === 'sampleResult' ? 'prev' : name) ?? null);
}

const messageOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown);
