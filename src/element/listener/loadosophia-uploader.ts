import { element } from '../../model/index.js';
import { problems } from '../../problem.js';

/** jp@gc and bzm uploaders: send the results to a service when the test ends. Not sent here. */
export const loadosophiaUploader = element({
  tag: ['kg.apc.jmeter.reporters.LoadosophiaUploader', 'kg.apc.jmeter.reporters.bzm.BlazeMeterUploader'],
  gui: ['kg.apc.jmeter.reporters.LoadosophiaUploaderGui', 'kg.apc.jmeter.reporters.bzm.BlazeMeterUploaderGui'],
  call: 'record.upload',
  props: {},
  ignored: ['*'],
  check: () => [problems.elementWarns('results are not uploaded: Meterless runs the plan without it')],
});
