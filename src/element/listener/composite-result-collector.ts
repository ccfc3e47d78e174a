import { element } from '../../model/index.js';
import { collectorProps, collectorRoles } from './collector.js';

/** jp@gc Composite Graph: a picture made of other graphs; with a file name it writes that, as any listener. */
export const compositeResultCollector = element({
  tag: 'kg.apc.jmeter.vizualizers.CompositeResultCollector',
  gui: 'kg.apc.jmeter.vizualizers.CompositeGraphGui',
  call: 'record.composite',
  props: collectorProps,
  ignored: ['*'],
  ...collectorRoles(),
});
