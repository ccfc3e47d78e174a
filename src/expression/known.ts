import type { FunctionLookup, FunctionSpec } from './function.js';
import { all } from './functions/all.generated.js';

const byName: ReadonlyMap<string, FunctionSpec> = new Map(all.map((spec) => [spec.name, spec]));

/** The functions that Meterless has. */
export const builtIn: FunctionLookup = (name) => byName.get(name);

/** All functions that Meterless has, for documentation. */
export const functions: readonly FunctionSpec[] = all;
