import { describe, expect, it } from 'vitest';
import { registry } from '../../../src/element/index.js';
import { prepare } from '../../../src/engine/index.js';
import type { PlanElement } from '../../../src/jmx/index.js';
import { el, group, setup } from '../../engine/plan-kit.js';

const problemsOf = (...listeners: PlanElement[]): readonly string[] => {
  const plan = el('TestPlan', 'P', {}, group('G', {}, el('DebugSampler', 'd', {}, ...listeners)));
  return prepare({ file: 'plan.jmx', elements: [plan] }, setup({ registry })).problems.map(
    ({ code, place }) => `${code} ${place?.path}`,
  );
};

/** A listener as its window saves it, with settings of the display. */
const listener = (tag: string, guiClass: string): PlanElement => ({
  ...el(tag, guiClass, { filename: 'out.jtl', useGroupName: 'true', interval_grouping: '500', 'RespTimeGraph.x': '1' }),
  guiClass,
});

/** The views of saveservice.properties 5.6.3 and of plans of earlier versions, by short name and by class. */
const VIEWS = [
  ...['AssertionVisualizer', 'ComparisonVisualizer', 'DistributionGraphVisualizer', 'GraphAccumVisualizer'],
  ...['GraphVisualizer', 'MonitorHealthVisualizer', 'RespTimeGraphVisualizer', 'SimpleDataWriter', 'SplineVisualizer'],
  ...['StatGraphVisualizer', 'StatVisualizer', 'SummaryReport', 'TableVisualizer', 'ViewResultsFullVisualizer'],
];

/** The graphs of the jp@gc plugins, those that later versions dropped too. */
const GRAPHS = [
  ...['AggregateReportGui', 'BytesThroughputOverTimeGui', 'ConnectTimesOverTimeGui', 'HitsPerSecondGui'],
  ...['LatenciesOverTimeGui', 'MergeResultsGui', 'PageDataExtractorOverTimeGui', 'ResponseCodesPerSecondGui'],
  ...['ResponseTimesDistributionGui', 'ResponseTimesOverTimeGui', 'ResponseTimesPercentilesGui'],
  ...['ResponseTimesPercentilesOverTimeGui', 'SynthesisReportGui', 'ThreadsStateOverTimeGui', 'ThroughputOverTimeGui'],
  ...['ThroughputVsThreadsGui', 'TimesVsThreadsGui', 'TotalTransactionsPerSecondGui', 'TransactionsPerSecondGui'],
].map((name) => `kg.apc.jmeter.vizualizers.${name}`);

describe('the guises of a listener with a file', () => {
  it.each(['ResultCollector', 'org.apache.jmeter.reporters.ResultCollector'])('%s in every view', (tag) => {
    const views = [...VIEWS, ...VIEWS.map((name) => `org.apache.jmeter.visualizers.${name}`)];
    expect(problemsOf(...views.map((view) => listener(tag, view)))).toEqual([]);
  });

  it('every graph of jp@gc, as its own class and as a plain collector', () => {
    const own = 'kg.apc.jmeter.vizualizers.CorrectedResultCollector';
    expect(problemsOf(...GRAPHS.map((graph) => listener(own, graph)))).toEqual([]);
    expect(problemsOf(...GRAPHS.map((graph) => listener('ResultCollector', graph)))).toEqual([]);
    const composite = 'kg.apc.jmeter.vizualizers.Composite';
    expect(problemsOf(listener(`${composite}ResultCollector`, `${composite}GraphGui`))).toEqual([]);
  });

  it('what measures or sends is accepted with a warning', () => {
    expect(
      problemsOf(
        listener('MailerResultCollector', 'MailerVisualizer'),
        listener('kg.apc.jmeter.perfmon.PerfMonCollector', 'kg.apc.jmeter.vizualizers.PerfMonGui'),
        listener('kg.apc.jmeter.jmxmon.JMXMonCollector', 'kg.apc.jmeter.vizualizers.JMXMonGui'),
        listener('kg.apc.jmeter.dbmon.DbMonCollector', 'kg.apc.jmeter.vizualizers.DbMonGui'),
      ).map((problem) => problem.slice(0, 4)),
    ).toEqual(['W213', 'W213', 'W213', 'W213']);
  });

  it('a Property Display does nothing', () => {
    expect(problemsOf(listener('ConfigTestElement', 'PropertyControlGui'))).toEqual([]);
  });
});
