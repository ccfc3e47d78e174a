import { element } from '../../model/index.js';
import { checkJsr223, evaluate, failureText, jsr223Props, prepared, preparedAtStart } from './jsr223.js';
import { asData, fileOrScript, scriptSample } from './script-sample.js';

const OF = { category: 'o.a.j.p.j.s.JSR223Sampler' };

/** JSR223 Sampler: 200 and OK, the script's value as data, unless the script sets them itself; 500 when it fails. */
export const jsr223Sampler = element({
  tag: 'JSR223Sampler',
  gui: 'TestBeanGUI',
  call: 'jsr223.sampler',
  looksAtData: true,
  props: jsr223Props,
  check: checkJsr223,
  testStarted: preparedAtStart,
  accepts: ['SimpleConfigGui'],
  sample(props, user, self) {
    const use = prepared(props);
    return scriptSample(
      {
        name: use.name,
        samplerData: fileOrScript(use),
        run: (sample) => evaluate(use, user, self, { SampleResult: sample }, OF),
        // What the script itself set as data stays.
        value: (sample, value) => {
          if (sample.dataLength === 0) asData(sample, value);
        },
        failed(error) {
          const text = failureText(error);
          user.test.log.write('ERROR', OF.category, `Problem in JSR223 script ${use.name}, message: ${text}`);
          return text;
        },
      },
      user,
    );
  },
});
