import { element } from '../../model/index.js';
import { problems } from '../../problem.js';

/** jp@gc - PerfMon Metrics Collector: measures the servers, not the samples; nothing of it reaches the results. Not measured here. */
export const perfMonCollector = element({
  tag: 'kg.apc.jmeter.perfmon.PerfMonCollector',
  gui: 'kg.apc.jmeter.vizualizers.PerfMonGui',
  call: 'record.perfMon',
  props: {},
  ignored: ['*'],
  check: () => [problems.elementWarns('nothing is measured: Meterless runs the plan without it')],
});
