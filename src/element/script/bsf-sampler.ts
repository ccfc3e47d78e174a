import { element } from '../../model/index.js';
import { thrownText } from './attempt.js';
import { bsfProps, checkBsf, evaluate, prepared } from './bsf.js';
import { asData, fileOrScript, scriptSample } from './script-sample.js';

const OF = 'o.a.j.p.j.s.BSFSampler';

/** BSF Sampler: 200 and OK, the script's value as data, unless the script sets them itself; 500 when it fails. */
export const bsfSampler = element({
  tag: 'BSFSampler',
  gui: 'TestBeanGUI',
  call: 'bsf.sampler',
  looksAtData: true,
  props: bsfProps,
  ignored: ['cacheKey'],
  check: checkBsf,
  accepts: ['SimpleConfigGui'],
  sample(props, user, self) {
    const use = prepared(props);
    return scriptSample(
      {
        name: use.name,
        samplerData: fileOrScript(use),
        // The script's Label is another evaluation of the name than the sample's (BSFTestElement.initManager).
        run: (sample) => evaluate({ ...use, name: props.name }, user, self, { SampleResult: sample }, OF),
        value: asData,
        failed(error) {
          user.test.log.write('WARN', OF, `BSF error\n${thrownText(error)}`);
          return thrownText(error);
        },
      },
      user,
    );
  },
});
