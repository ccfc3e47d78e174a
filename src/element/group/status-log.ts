import { Sample, type User } from '../../model/index.js';
import { formatProblem, type Problem, ProblemError } from '../../problem.js';
import { openResults, type ResultsFile, saveSettingsOf } from '../../result/index.js';

/** The file in which a bzm group notes what its users do: rows of a JTL, made by the results' own settings. */
export class StatusLog {
  #file: ResultsFile | undefined;

  constructor(private readonly user: User) {}

  /** A file that cannot be opened is told, and the run goes on without it. */
  open(file: string): void {
    const { test } = this.user;
    const say = (problem: Problem): void => {
      test.log.write('ERROR', 'c.b.j.r.FlushingResultCollector', formatProblem(problem));
      test.warn?.(problem);
    };
    try {
      this.#file = openResults({
        file,
        settings: saveSettingsOf(undefined, test.properties),
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

  /** `what` is START, FINISH, ARRIVAL, …; `label` says which arrival of which thread. */
  note(what: string, threadName: string, label = ''): void {
    if (this.#file === undefined) return;
    const sample = new Sample();
    sample.stamp(this.user.test.clock.now(), 0);
    sample.label = label;
    sample.message = what;
    sample.threadName = threadName;
    const variables = this.user.test.sampleVariables.map(() => undefined);
    this.#file.write({ sample, user: this.user, variables });
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}
