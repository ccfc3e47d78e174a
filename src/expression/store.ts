import { javaTrim } from '../java/index.js';
import type { User } from '../model/index.js';
import type { FunctionArgument } from './function.js';

/** Stores a function's result in the variable that an optional argument names (trimmed; an empty name stores nothing). */
export function store(user: User, variable: FunctionArgument | undefined, value: string): void {
  if (variable === undefined) return;
  const name = javaTrim(variable.evaluate(user));
  if (name !== '') user.variables.put(name, value);
}

/** As `store`, but the name is not trimmed. */
export function storeUntrimmed(user: User, variable: FunctionArgument | undefined, value: string): void {
  const name = variable?.evaluate(user) ?? '';
  if (name !== '') user.variables.put(name, value);
}

/** As `store`, but an empty name is a variable too. */
export function storeEvenUnnamed(user: User, variable: FunctionArgument | undefined, value: string): void {
  if (variable !== undefined) user.variables.put(javaTrim(variable.evaluate(user)), value);
}

/** As `storeEvenUnnamed`; no value removes the variable. */
export function storeOrRemove(user: User, variable: FunctionArgument | undefined, value: string | undefined): void {
  if (variable !== undefined) user.variables.putObject(javaTrim(variable.evaluate(user)), value);
}
