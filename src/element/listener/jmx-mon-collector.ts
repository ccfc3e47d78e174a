import { element } from '../../model/index.js';
import { problems } from '../../problem.js';

/** jp@gc - JMXMon Samples Collector: measures the servers, not the samples; nothing of it reaches the results. Not measured here. */
export const jmxMonCollector = element({
  tag: 'kg.apc.jmeter.jmxmon.JMXMonCollector',
  gui: 'kg.apc.jmeter.vizualizers.JMXMonGui',
  call: 'record.jmxMon',
  props: {},
  ignored: ['*'],
  check: () => [problems.elementWarns('nothing is measured: Meterless runs the plan without it')],
});
