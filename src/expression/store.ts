import { javaTrim } from '../java/index.js';
import type { User } from '../model/index.js';
import type { FunctionArgument } from './function.js';

/** Stores a function's result in the variable that an optional argument names (trimmed; an empty name stores nothing). */
export function store(user: User, variable: FunctionArgument | undefined, value: string): void {
  if (variable === undefined) return;
  const name = javaTrim(variable.evaluate(user));
  if (name !== '') user.variables.put(name, value);
}
