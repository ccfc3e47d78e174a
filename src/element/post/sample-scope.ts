import { prop, type Sample } from '../../model/index.js';

/** Which samples an extractor reads; a missing key is the parent, an unknown word means none. */
export const scopeProps = {
  scope: prop.text('Sample.scope', 'parent'),
  /** Read instead of a sample when the scope is `variable`. */
  scopeVariable: prop.text('Scope.variable'),
};

/** How deep sub-samples below the direct ones are followed. */
const DEPTH = 4;

/** The samples of a scope: the sample, its direct sub-samples, then those below each of them (AbstractScopedTestElement). */
export function samplesInScope(scope: string, sample: Sample): readonly Sample[] {
  if (scope === 'parent') return [sample];
  if (scope !== 'children' && scope !== 'all') return [];
  const found: Sample[] = scope === 'all' ? [sample] : [];
  const direct = sample.subSamples ?? [];
  found.push(...direct);
  below(direct, DEPTH, found);
  return found;
}

function below(samples: readonly Sample[], depth: number, into: Sample[]): void {
  if (depth === 0) return;
  for (const { subSamples = [] } of samples) {
    into.push(...subSamples);
    below(subSamples, depth - 1, into);
  }
}
