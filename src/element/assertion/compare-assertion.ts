import { javaTrim } from '../../java/index.js';
import { property } from '../../jmx/index.js';
import { element, type PropsOf, prop, type Sample, type User } from '../../model/index.js';
import { problems } from '../../problem.js';
import { replaceMatches } from './replace-matches.js';

/** Compares each sample with those before it in the same pass of the controller around: what they say and how long they took. */
export const compareAssertion = element({
  tag: 'CompareAssertion',
  gui: 'TestBeanGUI',
  call: 'expect.same',
  props: {
    // JMeter's own defaults serve its GUI only: absent keys are false and 0.
    content: prop.flag('compareContent'),
    /** Milliseconds that two samples may differ by; negative = any. */
    time: prop.long('compareTime'),
    /** What is replaced before contents are compared. */
    replace: prop.list('stringsToSkip', { regex: prop.text('regex'), by: prop.text('substitute') }),
  },

  check: (plan) =>
    property(plan, 'stringsToSkip')?.kind === 'collection'
      ? []
      : [problems.elementCannotRun('the list stringsToSkip is missing; JMeter ends each user before its first sample')],

  iterationStart(_props, user, _iteration, self) {
    user.state(self, newList).splice(0);
  },
  assert(props, user, sample, result, self) {
    const samples = user.state(self, newList);
    samples.push(sample);
    if (samples.length === 1) return;
    const compared = { base: [] as string[], secondary: [] as string[] };
    result.compared = compared;
    const note = (before: Sample, was: string, now: Sample, is: string): void => {
      compared.base.push(details(before) + was);
      compared.secondary.push(details(now) + is);
    };
    // A difference in time hides one in content.
    const { time } = props;
    if (props.content && contentDiffers(props, samples, user, note)) result.fail('Responses differ in content');
    if (time >= 0 && timeDiffers(time, samples, note))
      result.fail(`Responses differ in response time by more than${time} ms`);
  },
});

type Props = PropsOf<typeof compareAssertion>;
type Note = (before: Sample, was: string, now: Sample, is: string) => void;
const newList = (): Sample[] => [];

/** Looks for the first two neighbours that differ. */
function contentDiffers({ replace }: Props, samples: readonly Sample[], user: User, note: Note): boolean {
  const contentOf = ({ text }: Sample): string =>
    replace.reduce((content, { regex, by }) => replaceMatches(content, regex, by, user), text);
  let before: { readonly sample: Sample; readonly content: string } | undefined;
  for (const sample of samples) {
    const content = contentOf(sample);
    if (before !== undefined && before.content !== content) {
      note(before.sample, before.content, sample, content);
      return true;
    }
    before = { sample, content };
  }
  return false;
}

function timeDiffers(limit: number, samples: readonly Sample[], note: Note): boolean {
  let before: Sample | undefined;
  for (const sample of samples) {
    if (before !== undefined && Math.abs(before.elapsed - sample.elapsed) > limit) {
      note(before, `Response Time:${before.elapsed}`, sample, `Response Time:${sample.elapsed}`);
      return true;
    }
    before = sample;
  }
  return false;
}

const details = ({ samplerData = '', requestHeaders }: Sample): string =>
  `${javaTrim(samplerData)}\n${requestHeaders}\n\n`;
