/** Runs an extractor on a sample and shows the variables it leaves. */
import { type Element, type Props, Sample, type User } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

export function sampleOf(text: string, ...subs: readonly Sample[]): Sample {
  const sample = new Sample();
  sample.setText(text);
  sample.ok();
  for (const sub of subs) sample.addRawSubSample(sub, false);
  return sample;
}

/** The variables after the extractor, by name; those of before are the user's. */
export function extracted<P extends Props>(
  element: Element<P>,
  props: Readonly<Record<string, Given>>,
  on: string | Sample,
  user: User = fakeUser({ random: () => 0.99 }),
): Readonly<Record<string, unknown>> {
  const self = place(element, { name: 'Extractor', props });
  const sample = typeof on === 'string' ? sampleOf(on) : on;
  user.previous = sample;
  void element.after?.(self.props(user), user, sample, self);
  return Object.fromEntries([...user.variables.entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
}
