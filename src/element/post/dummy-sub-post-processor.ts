import { element, Sample } from '../../model/index.js';
import { dummyProps, dummySample } from '../sampler/dummy-sample.js';

/** jp@gc Dummy Subresult 0.4: hangs a made-up sample below the current one. It has no thread counts, as in the plugin. */
export const dummySubPostProcessor = element({
  tag: 'kg.apc.jmeter.modifiers.DummySubPostProcessor',
  gui: 'kg.apc.jmeter.modifiers.DummySubPostProcessorGui',
  call: 'addDummySample',
  props: dummyProps,
  after(given, user, sample) {
    const made = dummySample(given, user);
    if (made instanceof Sample) sample.addSubSample(made);
    else return made.then((sub) => sample.addSubSample(sub));
  },
});
