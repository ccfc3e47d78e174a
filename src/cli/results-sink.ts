import type { Program, Sink } from '../engine/index.js';
import type { Problem } from '../problem.js';
import { openResults, type ResultsFile, saveSettings, savesData } from '../result/index.js';

/** The `-l` file as a sink; closing it writes what is left and the file's end, at once. */
export interface ResultsSink extends Sink {
  /** Brings all rows so far into the file. */
  flush(): void;
  close(): void;
}

/** Opens the `-l` file with the settings the properties ask for; throws ProblemError when it cannot be opened. */
export function resultsSink(file: string, program: Program, onProblem: (problem: Problem) => void): ResultsSink {
  const { test, setup, settings } = program;
  const saved = saveSettings(setup.properties);
  const results: ResultsFile = openResults({
    file,
    settings: saved,
    clock: setup.clock,
    workingDirectory: test.workingDirectory,
    planDirectory: test.planDirectory,
    variables: test.sampleVariables,
    functionalMode: settings.functionalMode,
    anew: test.resultsAnew,
    onProblem,
    carry: test.carryRows,
  });
  return {
    looksAtData: savesData(saved),
    sample: (event) => results.write(event),
    flush: () => results.flush(),
    close: () => results.close(),
  };
}
