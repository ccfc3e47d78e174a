import type { Sample, User } from '../../model/index.js';

/** A titled part of a listing. */
export interface Section {
  readonly title: string;
  readonly entries: Iterable<readonly [key: string, value: unknown]>;
}

/** Makes the sections the text of the sample, and their titles its request. */
export function debugText(sample: Sample, sections: readonly Section[]): void {
  sample.setText(sections.map(({ title, entries }) => `${title}:\n${debugListing(entries)}\n`).join(''));
  sample.dataType = 'text';
  sample.samplerData = sections.map(({ title }) => `${title}\n`).join('');
}

/** JMeter keeps the running sampler's package among the variables; only this listing shows it. */
export function* variablesOf(user: User): Generator<readonly [string, unknown]> {
  if (user.variables.getObject(PACKAGE) === undefined)
    yield [PACKAGE, 'org.apache.jmeter.threads.SamplePackage@1b2c3d4e'];
  yield* user.variables.entries();
}
const PACKAGE = 'JMeterThread.pack';

/** `key=value` lines in the order of the Debug Sampler and the Debug PostProcessor (AlphaNumericKeyComparator). */
function debugListing(entries: Iterable<readonly [key: string, value: unknown]>): string {
  return [...entries]
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** Runs of digits compare as numbers, what stands between them as UTF-16 text: `a_2` comes before `a_10`. */
export function compareKeys(a: string, b: string): number {
  const as = partsOf(a);
  const bs = partsOf(b);
  for (let i = 0; ; i++) {
    const [textA, digitsA] = as[i] ?? NOTHING;
    const [textB, digitsB] = bs[i] ?? NOTHING;
    if (textA !== textB) return textA < textB ? -1 : 1;
    if (digitsA === '' || digitsB === '') return digitsA === digitsB ? 0 : digitsA === '' ? -1 : 1;
    const byNumber = compareDigits(digitsA.replace(/^0+/, ''), digitsB.replace(/^0+/, ''));
    if (byNumber !== 0) return byNumber;
  }
}

type Part = readonly [text: string, digits: string];
const NOTHING: Part = ['', ''];

const partsOf = (key: string): readonly Part[] =>
  [...key.matchAll(/(\D*)(\d*)/g)].map(([, text = '', digits = '']) => [text, digits]);

function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
