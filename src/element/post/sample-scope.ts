import { isBlank } from '../../java/index.js';
import { prop, type Sample, type User } from '../../model/index.js';

/** Which samples an extractor reads; a missing key is the parent, an unknown word means none. */
export const scopeProps = {
  scope: prop.text('Sample.scope', 'parent'),
  /** Read instead of a sample when the scope is `variable`. */
  scopeVariable: prop.text('Scope.variable'),
};

const NO_TEXTS: readonly string[] = [];
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

/**
 * The texts that JSON extractors read. Samples without text are passed over; a variable is read even when it is not there,
 * which then fails. The scope is read for each question that JMeter asks of it.
 */
export function textsInScope(
  props: { readonly scope: string; readonly scopeVariable: string },
  user: User,
  sample: Sample,
): readonly string[] {
  if (props.scope === 'variable') return [user.variables.get(props.scopeVariable) ?? ''];
  const { scope } = props;
  if (scope === 'parent') return isBlank(sample.text) ? NO_TEXTS : [sample.text];
  return samplesInScope(scope, sample)
    .map(({ text }) => text)
    .filter((text) => !isBlank(text));
}
