import { property } from '../../jmx/index.js';
import { type Named, type Placed, prop, type Roles, type SampleEvent, type User } from '../../model/index.js';
import { formatProblem, type Problem, ProblemError } from '../../problem.js';
import { openResults, type ResultsFile, type SaveSettings, saveSettingsOf, savesData } from '../../result/index.js';

/** What every listener has that is a ResultCollector in JMeter. */
export const collectorProps = {
  /** Relative to the working directory; `~/` = relative to the plan. Empty = nothing is written. */
  file: prop.text('filename'),
  onlyErrors: prop.flag('ResultCollector.error_logging'),
  onlySuccesses: prop.flag('ResultCollector.success_only_logging'),
  save: prop.object('saveConfig'),
};
type Values = Named<typeof collectorProps>;
type Self = Placed<typeof collectorProps>;

/**
 * The roles of a listener that writes its samples to a file (ResultCollector 5.6.3); `adjust` changes what its saveConfig
 * says.
 */
export function collectorRoles(
  adjust: (settings: SaveSettings) => SaveSettings = (settings) => settings,
): Pick<Roles<typeof collectorProps>, 'looksAtData' | 'testStarted' | 'listen' | 'testEnded'> {
  return {
    looksAtData(plan, properties) {
      const file = property(plan, 'filename');
      if (file === undefined || ('text' in file && file.text === '')) return false;
      const save = property(plan, 'saveConfig');
      const fields = save?.kind === 'object' ? save.fields : undefined;
      return savesData(adjust(saveSettingsOf(fields, properties)));
    },
    testStarted(values, user, self) {
      if (values.file !== '') stateOf(self, user).open(values, user, adjust);
    },
    listen(values, event, self) {
      if (isWanted(values, event.sample.success)) stateOf(self, event.user).write(event);
    },
    testEnded(_, user, self) {
      stateOf(self, user).close();
    },
  };
}

/** With both flags set everything is wanted, as in JMeter. */
export function isWanted({ onlyErrors, onlySuccesses }: Values, success: boolean): boolean {
  return (!onlyErrors && !onlySuccesses) || (success ? onlySuccesses : onlyErrors);
}

/** A collector's open file; one that cannot be opened is told, and the run goes on without it as in JMeter. */
export class Collector {
  #file: ResultsFile | undefined;

  open(
    { file, save }: Pick<Values, 'file' | 'save'>,
    { test }: User,
    adjust: (settings: SaveSettings) => SaveSettings = (settings) => settings,
  ): void {
    const say = (problem: Problem): void => {
      test.log.write('ERROR', 'o.a.j.r.ResultCollector', formatProblem(problem));
      test.warn?.(problem);
    };
    try {
      this.#file = openResults({
        file,
        settings: adjust(saveSettingsOf(save, test.properties)),
        clock: test.clock,
        workingDirectory: test.workingDirectory,
        planDirectory: test.planDirectory,
        variables: test.sampleVariables,
        functionalMode: test.functionalMode,
        anew: test.resultsAnew,
        onProblem: say,
        carry: test.carryRows,
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      error.problems.forEach(say);
    }
  }

  write(event: SampleEvent): void {
    this.#file?.write(event);
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}

const stateOf = (self: Self, user: User): Collector => user.test.state(self, () => new Collector());
