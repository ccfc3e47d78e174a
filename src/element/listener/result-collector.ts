import { element, type Named, type Placed, prop, type User } from '../../model/index.js';
import { formatProblem, type Problem, ProblemError } from '../../problem.js';
import { openResults, type ResultsFile, saveSettingsOf } from '../../result/index.js';

const props = {
  /** Relative to the working directory; `~/` = relative to the plan. Empty = nothing is written. */
  file: prop.text('filename'),
  onlyErrors: prop.flag('ResultCollector.error_logging'),
  onlySuccesses: prop.flag('ResultCollector.success_only_logging'),
  save: prop.object('saveConfig'),
};
type Values = Named<typeof props>;

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
  props,
  // Each view keeps settings of its display here.
  ignored: ['*'],

  testStarted(values, user, self) {
    if (values.file !== '') stateOf(self, user).open(values, user);
  },
  listen(values, event, self) {
    const { file } = stateOf(self, event.user);
    if (file !== undefined && wanted(values, event.sample.success)) file.write(event);
  },
  testEnded(_, user, self) {
    stateOf(self, user).close();
  },
});

/** With both flags set everything is wanted, as in JMeter. */
function wanted({ onlyErrors, onlySuccesses }: Values, success: boolean): boolean {
  return (!onlyErrors && !onlySuccesses) || (success ? onlySuccesses : onlyErrors);
}

/** The collector's open file; a file that cannot be opened is told, and the run goes on without it as in JMeter. */
class Collector {
  file: ResultsFile | undefined;

  open(values: Values, user: User): void {
    const { test } = user;
    const say = (problem: Problem): void => {
      test.log.write('ERROR', 'o.a.j.r.ResultCollector', formatProblem(problem));
      test.warn?.(problem);
    };
    try {
      this.file = openResults({
        file: values.file,
        settings: saveSettingsOf(values.save, test.properties),
        clock: test.clock,
        workingDirectory: test.workingDirectory,
        planDirectory: test.planDirectory,
        variables: test.sampleVariables,
        functionalMode: test.functionalMode,
        anew: test.resultsAnew,
        onProblem: say,
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      error.problems.forEach(say);
    }
  }

  close(): void {
    this.file?.close();
    this.file = undefined;
  }
}

const stateOf = (self: Placed<typeof props>, user: User): Collector => user.test.state(self, () => new Collector());
