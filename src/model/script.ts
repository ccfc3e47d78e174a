import type { Problem } from '../problem.js';
import type { User } from './user.js';

/** What a script sees by name: `vars props ctx log prev sampler SampleResult AssertionResult Label Parameters args OUT …`. */
export type Bindings = Readonly<Record<string, unknown>>;

/** A script ready to run; it may return a promise when it waits. Throws what the script throws. */
export interface CompiledScript {
  run(user: User, bindings: Bindings): unknown;
}

/** The one door to the script languages: text (after `${}` substitution) to a function; cached by language and text. */
export type CompileScript = (language: string, text: string) => CompiledScript | Problem;

/** Stand-ins given beside a plan, for scripts that cannot run as they stand. */
export interface StandIns {
  /** The stand-in of the script at this element path, or what is wrong with it; undefined when there is none. */
  find(script: {
    readonly path: string;
    readonly name: string;
    readonly text: string;
  }): CompiledScript | Problem | undefined;
}
