import vm from 'node:vm';
import { JavaError } from '../../java/index.js';
import type { Bindings, CompiledScript, User } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { bound, EXTRA, STANDARD } from '../bindings.js';
import { Double } from '../value/number.js';
import { crossing, makeRealm, type Run } from './realm.js';

const JAVA =
  /\b(?:importPackage|importClass|JavaImporter|Packages|Java\.type)\b|(?<![.\w$])(?:java|javax|org)\.\w+\.\w+/;
const LITERALS = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/** `length()` of a Java text, outside of literals; no function of that name can stand there otherwise. */
const LENGTH = new RegExp(`${LITERALS.source}|(\\.length\\(\\s*\\))`, 'g');

let realm: ReturnType<typeof makeRealm> | undefined;

/**
 * Compiles a script of JavaScript. Its result is the value of its last expression statement, as Rhino gives it, null for
 * undefined. What it throws arrives as the exception Rhino would have thrown. Scripts run in a realm of their own
 * without process or require; each run starts with a fresh scope.
 */
export function compileJavaScript(text: string): CompiledScript | Problem {
  const java = JAVA.exec(text.replace(LITERALS, '""'));
  if (java) return problems.scriptLanguage(`JavaScript with Java classes (${java[0]})`);
  const source = text.replace(LENGTH, (all, call: string | undefined) => (call === undefined ? all : '.length'));
  const why = syntaxError(source);
  if (why !== undefined) return problems.scriptBroken(`JavaScript: ${why}`);
  const used = [...STANDARD, ...EXTRA].filter((name) => text.includes(name));
  const runs = new Map<string, Run>();
  return { run: (user, extra) => run(source, used, runs, user, extra) };
}

function syntaxError(text: string): string | undefined {
  try {
    new vm.Script(text, { filename: 'script' });
    return undefined;
  } catch (thrown) {
    return String(thrown instanceof Error ? thrown.message : thrown);
  }
}

function run(text: string, used: readonly string[], runs: Map<string, Run>, user: User, extra: Bindings): unknown {
  const names: string[] = [];
  const values: ReturnType<typeof crossing>[] = [];
  for (const name of used) {
    const value = bound(user, extra, name);
    if (value === undefined) continue;
    names.push(name);
    values.push(crossing(value));
  }
  const key = names.join();
  let prepared = runs.get(key);
  if (prepared === undefined) {
    realm ??= makeRealm();
    prepared = realm.prepare(text, names);
    runs.set(key, prepared);
  }
  try {
    return result(prepared(values));
  } catch (thrown) {
    throw rhinoError(thrown);
  }
}

/** Rhino's numbers are Integers where they can be, else Doubles with Java's text: 1e10 is `1.0E10`. */
function result(value: unknown): unknown {
  if (typeof value !== 'number') return value ?? null;
  return value === (value | 0) && !Object.is(value, -0) ? value : new Double(value);
}

/** The exception Rhino has for it: errors of the language are EcmaErrors, what a script throws a JavaScriptException. */
function rhinoError(thrown: unknown): JavaError {
  if (typeof thrown !== 'object' || thrown === null || !('name' in thrown) || !('message' in thrown))
    return new JavaError('org.mozilla.javascript.JavaScriptException', String(thrown));
  const text = `${String(thrown.name)}: ${worded(String(thrown.message))}`;
  const kind = thrown.name === 'Error' ? 'JavaScriptException' : 'EcmaError';
  return new JavaError(`org.mozilla.javascript.${kind}`, text);
}

function worded(message: string): string {
  return message
    .replace(/^(\S+) is not defined$/, '"$1" is not defined.')
    .replace(/^Cannot read properties of (\w+) \(reading '(.*)'\)$/, 'Cannot read property "$2" from $1')
    .replace(/^(?:.*\.)?([\w$]+) is not a function$/, 'Cannot find function $1.');
}
