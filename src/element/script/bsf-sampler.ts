import { element, Sample } from '../../model/index.js';
import { attempt, thrownText } from './attempt.js';
import { bsfProps, checkBsf, evaluate, prepared } from './bsf.js';

/** BSF Sampler: 200 and OK, the script's value as data, unless the script sets them itself; 500 when it fails. */
export const bsfSampler = element({
  tag: 'BSFSampler',
  gui: 'TestBeanGUI',
  call: 'bsf.sampler',
  props: bsfProps,
  ignored: ['cacheKey'],
  check: checkBsf,
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
        if (value !== null && value !== undefined) sample.setText(String(value));
        sample.end(user.test.clock.now());
        return sample;
      },
      (error) => {
        user.test.log.write('WARN', OF, `BSF error\n${thrownText(error)}`);
        fail(sample, thrownText(error));
        sample.end(user.test.clock.now());
        return sample;
      },
    );
  },
});

const OF = 'o.a.j.p.j.s.BSFSampler';

function fail(sample: Sample, message: string): void {
  sample.success = false;
  sample.code = '500';
  sample.message = message;
}
