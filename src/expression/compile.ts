import {
  functionsKept,
  interned,
  lastSampleIsKept,
  lastSampleIsRead,
  type Test,
  type Text,
  type User,
} from '../model/index.js';
import type { FunctionContext, FunctionLookup } from './function.js';
import { builtIn } from './known.js';
import { type Grammar, parseText, type Segment } from './parse.js';

export interface ExpressionContext {
  /** The engine's own user: sees properties and the variables known so far. */
  readonly engineUser: User;
  /** Absent = the functions of this folder. */
  readonly functions?: FunctionLookup | undefined;
  /** Told the name of each `${__something…}` that is no function here. */
  readonly unknown?: ((name: string) => void) | undefined;
}

/**
 * Compiles a text of the plan; the original text, backslashes included, when it holds no reference.
 * Throws ProblemError for a wrong call, which ends a JMeter 5.6.3 run before its first sample.
 */
export function compileExpression(text: string, context: ExpressionContext): Text {
  // Without `${` nothing can be a reference; this spares the parse of most texts.
  if (!text.includes('${')) return text;
  const grammar: Grammar = { functions: context.functions ?? builtIn, unknown: context.unknown };
  const segments = parseText(text, grammar);
  if (segments.length === 0 || (segments.length === 1 && typeof segments[0] === 'string')) return text;
  const compiled = link(segments, functionContext(context.engineUser, grammar.functions));
  if (typeof compiled === 'string') return compiled;
  const { test } = context.engineUser;
  return test.properties.flag('function.cache.per.iteration', false) ? cachedPerIteration(compiled, test) : compiled;
}

function functionContext(engineUser: User, functions: FunctionLookup): FunctionContext {
  return {
    engineUser,
    compile: (text, user) => link(parseText(text, { functions }), functionContext(user, functions)),
  };
}

function link(segments: readonly Segment[], context: FunctionContext): Text {
  const texts = segments.map((segment) => linkSegment(segment, context));
  // Parts such as the rest of an unclosed `${` may leave literals side by side.
  const merged: Text[] = [];
  for (const text of texts) {
    const last = merged.at(-1);
    if (typeof text === 'string' && typeof last === 'string') merged[merged.length - 1] = last + text;
    else merged.push(text);
  }
  return joined(merged);
}

function linkSegment(segment: Segment, context: FunctionContext): Text {
  if (typeof segment === 'string') return segment;
  if ('variable' in segment) {
    const variable = interned(segment.variable);
    const itself = `\${${variable}}`;
    return (user) => user.variables.get(variable) ?? itself;
  }
  const args = segment.args.map((arg) => {
    const text = link(arg, context);
    return { text, evaluate: typeof text === 'string' ? () => text : text };
  });
  if (segment.spec.looksBack) lastSampleIsRead(context.engineUser.test).is = true;
  const { alone } = segment.spec;
  if (typeof alone === 'function' ? alone(args) : alone) functionsKept(context.engineUser.test).add(segment.spec.name);
  const call = segment.spec.compile(args, context);
  return (user) => (user.journal === undefined ? call(user) : user.journal.call(call, user));
}

/** One closure for a list of texts; the usual shapes have one of their own. */
function joined(texts: readonly Text[]): Text {
  const [a = '', b, c] = texts;
  if (b === undefined) return a;
  if (texts.length === 2) {
    if (typeof a === 'string') return typeof b === 'string' ? a + b : (user) => a + b(user);
    return typeof b === 'string' ? (user) => a(user) + b : (user) => a(user) + b(user);
  }
  if (texts.length === 3 && typeof a === 'string' && typeof b !== 'string' && typeof c === 'string')
    return (user) => a + b(user) + c;
  return (user) => {
    let value = '';
    for (const text of texts) value += typeof text === 'string' ? text : text(user);
    return value;
  };
}

/**
 * `function.cache.per.iteration=true`: a user evaluates a text once (FunctionProperty), but JMeter forgets the value after
 * each sample as well as with each pass of the main loop; the last result tells the samples apart.
 */
function cachedPerIteration(evaluate: (user: User) => string, test: Test): Text {
  lastSampleIsKept(test).is = true;
  const key = {};
  return (user) => {
    if (user.threadName === '') return evaluate(user);
    const { iteration, previous } = user;
    const cache = user.state(key, () => ({ iteration: -1, previous, value: '' }));
    if (cache.iteration !== iteration || cache.previous !== previous) {
      cache.value = evaluate(user);
      cache.iteration = iteration;
      cache.previous = previous;
    }
    return cache.value;
  };
}
