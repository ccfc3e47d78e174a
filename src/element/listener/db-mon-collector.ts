import { element } from '../../model/index.js';
import { problems } from '../../problem.js';

/** jp@gc - DbMon Samples Collector: measures the servers, not the samples; nothing of it reaches the results. Not measured here. */
export const dbMonCollector = element({
  tag: 'kg.apc.jmeter.dbmon.DbMonCollector',
  gui: 'kg.apc.jmeter.vizualizers.DbMonGui',
  call: 'record.dbMon',
  props: {},
  ignored: ['*'],
  check: () => [problems.elementWarns('nothing is measured: Meterless runs the plan without it')],
});
