import { COLLECTION_FUNCTIONS } from './functions-collection.js';
import { NODE_FUNCTIONS } from './functions-node.js';
import { NUMBER_FUNCTIONS } from './functions-number.js';
import { SEQUENCE_FUNCTIONS } from './functions-sequence.js';
import { TEXT_FUNCTIONS } from './functions-text.js';
import { TIME_FUNCTIONS } from './functions-time.js';
import type { Signature } from './signature.js';

export const FN = 'http://www.w3.org/2005/xpath-functions';

/** Functions by namespace and name. */
const TABLE: ReadonlyMap<string, ReadonlyMap<string, Signature>> = new Map([
  [FN, byName([...TEXT_FUNCTIONS, ...NUMBER_FUNCTIONS, ...SEQUENCE_FUNCTIONS, ...NODE_FUNCTIONS, ...TIME_FUNCTIONS])],
  ...COLLECTION_FUNCTIONS.map(([part, functions]) => [`${FN}/${part}`, byName(functions)] as const),
]);

function byName(signatures: readonly Signature[]): ReadonlyMap<string, Signature> {
  return new Map(signatures.map((signature) => [signature.name, signature]));
}

export function findFunction(uri: string, local: string, arity: number): Signature | undefined {
  const signature = TABLE.get(uri)?.get(local);
  if (signature === undefined || arity < signature.min) return undefined;
  return signature.variadic || arity <= signature.parameters.length ? signature : undefined;
}

/** What Saxon says of a function it does not have. */
export function functionProblem(uri: string, local: string, arity: number): string {
  const what = `Cannot find a ${arity}-argument function named Q{${uri}}${local}()`;
  const known = TABLE.get(uri)?.get(local) !== undefined;
  if (!known) return what;
  const concat = local === 'concat' ? 'concat() prior to XPath 4.0 requires at least two arguments. ' : '';
  return `${what}. ${concat}The namespace URI and local name are recognized, but the number of arguments is wrong`;
}
