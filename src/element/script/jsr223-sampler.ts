import { element, Sample, type User } from '../../model/index.js';
import { attempt } from './attempt.js';
import { checkJsr223, evaluate, failureText, jsr223Props, prepared, preparedAtStart } from './jsr223.js';

/** JSR223 Sampler: 200 and OK, the script's value as data, unless the script sets them itself; 500 when it fails. */
export const jsr223Sampler = element({
  tag: 'JSR223Sampler',
  gui: 'TestBeanGUI',
  call: 'jsr223.sampler',
  props: jsr223Props,
  check: checkJsr223,
  testStarted: preparedAtStart,
  accepts: ['SimpleConfigGui'],
  sample(props, user, self) {
    const use = prepared(props);
    const sample = new Sample();
    sample.label = use.name;
    sample.ok();
    sample.dataType = 'text';
    sample.samplerData = use.filename === '' ? use.script : `File: ${use.filename}`;
    sample.start(user.test.clock.now());
    return attempt(
      () => evaluate(use, user, self, { SampleResult: sample }, OF),
      (value) => {
        // What the script itself set as data stays.
        if (value !== null && value !== undefined && sample.dataLength === 0) sample.setText(String(value));
        return ended(sample, user);
      },
      (error) => {
        const text = failureText(error);
        user.test.log.write('ERROR', OF.category, `Problem in JSR223 script ${use.name}, message: ${text}`);
        fail(sample, text);
        return ended(sample, user);
      },
    );
  },
});

const OF = { category: 'o.a.j.p.j.s.JSR223Sampler' };

function fail(sample: Sample, message: string): void {
  sample.success = false;
  sample.code = '500';
  sample.message = message;
}

/** A script may have ended the sample itself. */
function ended(sample: Sample, user: User): Sample {
  if (sample.endTime === 0) sample.end(user.test.clock.now());
  return sample;
}
