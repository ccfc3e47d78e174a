import { JavaError } from './error.js';
import { type CompiledPattern, javaPattern, oroPattern } from './regex/engine.js';
import { parseJava } from './regex/java-parser.js';
import { NotTranslatable } from './regex/node.js';
import { Malformed } from './regex/oro-class.js';
import { parseOro } from './regex/oro-parser.js';

export type { CompiledPattern, Match } from './regex/engine.js';

/** Whose rules a pattern follows: Apache ORO's Perl5 (JMeter's default) or java.util.regex's. */
export type Dialect = 'oro' | 'java';

/** What the property `jmeter.regex.engine` asks for: anything but `oro` (in any case, and absent) is java.util.regex. */
export const dialectOf = (engine: string | undefined): Dialect =>
  engine === undefined || engine.toLowerCase() === 'oro' ? 'oro' : 'java';

/** A pattern that cannot be used: the exception of ORO or Java, or `unsupported` when only we cannot read it. */
export interface BadPattern {
  readonly error: JavaError;
  readonly unsupported?: string;
}

interface Options {
  readonly dialect: Dialect;
  /** Flags of java.util.regex: `i`, `m`, `s`, `x`, `d`, `u`. */
  readonly flags?: string;
}

const LIMIT = 2000;
type Kept = Map<string, CompiledPattern | BadPattern>;
/** By flags, then by the pattern itself: a constant text is looked up without putting a key together. */
const kept: Readonly<Record<Dialect, Map<string, Kept>>> = { oro: new Map(), java: new Map() };

/**
 * Compiles a pattern to one that finds what ORO 2.0.8's Perl5 or java.util.regex (17) would find; kept by text, so a
 * constant pattern is compiled once. Bad patterns carry the exception with its message: for ORO
 * MalformedCachePatternException, as JMeter's pattern cache throws it.
 */
export function compilePattern(source: string, { dialect, flags = '' }: Options): CompiledPattern | BadPattern {
  const table = tableOf(kept[dialect], flags);
  let pattern = table.get(source);
  if (pattern === undefined) {
    pattern = compile(source, dialect, flags);
    // Patterns made of ever new values would fill the memory; the oldest goes.
    if (table.size >= LIMIT)
      for (const oldest of table.keys()) {
        table.delete(oldest);
        break;
      }
    table.set(source, pattern);
  }
  return pattern;
}

function tableOf(tables: Map<string, Kept>, flags: string): Kept {
  let table = tables.get(flags);
  if (table === undefined) {
    table = new Map();
    tables.set(flags, table);
  }
  return table;
}

function compile(source: string, dialect: Dialect, flags: string): CompiledPattern | BadPattern {
  try {
    return dialect === 'oro' ? oroPattern(source, parseOro(source)) : javaPattern(source, parseJava(source, flags));
  } catch (error) {
    if (error instanceof JavaError) return { error };
    if (error instanceof Malformed)
      return {
        error: new JavaError(
          'org.apache.oro.text.MalformedCachePatternException',
          `Invalid expression: ${source}\n${error.message}`,
        ),
      };
    // What JavaScript's engine itself cannot take, such as a repetition that is too large.
    if (error instanceof NotTranslatable || error instanceof SyntaxError) return unsupported(source, error.message);
    throw error;
  }
}

function unsupported(source: string, why: string): BadPattern {
  return {
    error: new JavaError(
      'java.lang.UnsupportedOperationException',
      `the pattern ${source} cannot be used here: ${why}`,
    ),
    unsupported: why,
  };
}

/** Whether compiling failed. */
export const isBad = (pattern: CompiledPattern | BadPattern): pattern is BadPattern => 'error' in pattern;
