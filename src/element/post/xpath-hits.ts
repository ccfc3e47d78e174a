import { toInt } from '../../java/index.js';
import { AssertionResult, type Sample, type User } from '../../model/index.js';

/** Gives the variable its default, and takes the marks of an earlier run away; what comes back is how many hits it had. */
export function prepareHits(user: User, name: string, fallback: string): number {
  const { variables } = user;
  variables.put(name, fallback);
  const before = toInt(variables.get(`${name}_matchNr`) ?? '') ?? 0;
  // In case nothing else is found out.
  variables.put(`${name}_matchNr`, '0');
  variables.remove(`${name}_1`);
  return before;
}

/** Stores the hits of an XPath extractor; a hit without a value counts but is not stored. */
export function storeHits(user: User, name: string, hits: readonly (string | undefined)[], before: number): void {
  const { variables } = user;
  const count = hits.length;
  variables.put(`${name}_matchNr`, String(count));
  const [first] = hits;
  if (first !== undefined) variables.put(name, first);
  hits.forEach((hit, i) => {
    if (hit !== undefined) variables.put(`${name}_${i + 1}`, hit);
  });
  variables.remove(`${name}_${count + 1}`);
  for (let i = count + 2; i <= before; i++) variables.remove(`${name}_${i}`);
}

/** Tells what an extractor could not do by an assertion result, which does not fail the sample by itself. */
export function tellFailure(sample: Sample, name: string, text: string): void {
  const result = new AssertionResult(name).fail(`${text}\nSee log file for further details.`);
  addQuietly(sample, result);
}
/** Adds a result without a word about the sample's success. */
export function addQuietly(sample: Sample, result: AssertionResult): void {
  if (sample.assertions === undefined) sample.assertions = [result];
  else sample.assertions.push(result);
}
