import type { Text, User } from '../model/index.js';

/** An argument of a call: compiled, evaluated when the function asks. */
export interface FunctionArgument {
  readonly text: Text;
  evaluate(user: User): string;
}

export interface FunctionContext {
  /** Sees properties and the variables known so far; for arguments that JMeter evaluates when it compiles. */
  readonly engineUser: User;
  /**
   * Compiles a text met at run time (`__eval`): escapes are resolved even when it holds no reference.
   * Throws ProblemError when a call in it is wrong.
   */
  compile(text: string, user: User): Text;
}

/** Everything the program knows of one `${__function(…)}`. */
export interface FunctionSpec {
  /** With its underscores: `__time`. */
  readonly name: string;
  readonly min: number;
  /** Infinity = no limit. */
  readonly max: number;
  /** For documentation: the arguments, as `min, max, [variable]`. */
  readonly usage: string;
  /** Whether it may look at the data of the last sample. */
  readonly looksBack?: boolean;
  /** Whether all users must be in one process, since they share what it keeps. */
  readonly alone?: boolean | ((args: readonly FunctionArgument[]) => boolean);
  /** Called once per occurrence in the plan (state of the occurrence lives in the closure); gives the call itself. */
  compile(args: readonly FunctionArgument[], context: FunctionContext): (user: User) => string;
}

/** Finds a function by its name, underscores included. */
export type FunctionLookup = (name: string) => FunctionSpec | undefined;

/** Declares a function: one file, one call. */
export const fn = (spec: FunctionSpec): FunctionSpec => spec;
