import { element } from '../../model/index.js';
import { collectorProps, collectorRoles } from './collector.js';

/** Writes samples to a file; the views that JMeter shows of them are all this one element without a display. */
export const resultCollector = element({
  tag: 'ResultCollector',
  gui: [
    'SimpleDataWriter',
    'ViewResultsFullVisualizer',
    'SummaryReport',
    'StatVisualizer',
    'StatGraphVisualizer',
    'RespTimeGraphVisualizer',
    'GraphVisualizer',
    'TableVisualizer',
    'AssertionVisualizer',
    'ComparisonVisualizer',
    'SplineVisualizer',
    'DistributionGraphVisualizer',
    'MonitorHealthVisualizer',
  ],
  call: 'record.toFile',
  props: collectorProps,
  // Each view keeps settings of its display here.
  ignored: ['*'],
  ...collectorRoles(),
});
