import { element } from '../../model/index.js';
import { dummyProps, dummySample } from './dummy-sample.js';

/** jp@gc Dummy Sampler 0.4: gives back what its fields say, after a wait or without one. */
export const dummySampler = element({
  tag: 'kg.apc.jmeter.samplers.DummySampler',
  gui: 'kg.apc.jmeter.samplers.DummySamplerGui',
  call: 'dummy',
  props: dummyProps,
  sample: (given, user) => dummySample(given, user),
});
