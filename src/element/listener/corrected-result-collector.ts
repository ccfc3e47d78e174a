import { element } from '../../model/index.js';
import { collectorProps, collectorRoles } from './collector.js';

const GRAPHS = [
  ...['TransactionsPerSecondGui', 'ResponseTimesOverTimeGui', 'ThreadsStateOverTimeGui', 'BytesThroughputOverTimeGui'],
  ...['HitsPerSecondGui', 'LatenciesOverTimeGui', 'ConnectTimesOverTimeGui', 'ResponseCodesPerSecondGui'],
  ...['ResponseTimesDistributionGui', 'ResponseTimesPercentilesGui', 'ThroughputVsThreadsGui', 'TimesVsThreadsGui'],
  ...['ResponseTimesPercentilesOverTimeGui', 'SynthesisReportGui', 'AggregateReportGui', 'ThroughputOverTimeGui'],
  ...['PageDataExtractorOverTimeGui', 'MergeResultsGui', 'TotalTransactionsPerSecondGui', 'ChartOptimizedGui'],
].map((name) => `kg.apc.jmeter.vizualizers.${name}`);

/**
 * jp@gc's graphs: a listener that writes its file with the thread counts, whatever its saveConfig says; which labels a graph
 * shows changes its display alone.
 */
export const correctedResultCollector = element({
  tag: 'kg.apc.jmeter.vizualizers.CorrectedResultCollector',
  gui: GRAPHS,
  call: 'record.graph',
  props: collectorProps,
  ignored: ['*'],
  ...collectorRoles((settings) => ({ ...settings, threadCounts: true })),
});
