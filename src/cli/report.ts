import fs from 'node:fs';
import type { Properties } from '../model/index.js';
import { ProblemError, problems, reasonOf } from '../problem.js';
import { aggregateReport, type Report, summaryReport } from '../report/index.js';
import { canonicalPath, readJtl } from '../result/index.js';
import type { CommandContext } from './command.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { type CommandLine, givenValue, usageProblem } from './parse-flags.js';
import { loadProperties } from './properties.js';
import { showProblems } from './show-problems.js';

/** `meterless report RESULTS`: the Aggregate Report's table on the terminal, it and the Summary Report's as CSV files. */
export async function report({ line, terminal, startedAt }: CommandContext): Promise<ExitCode> {
  const file = resultsOf(line);
  const properties = loadProperties(line, { workingDirectory: process.cwd(), now: startedAt });
  const given = (flag: string): boolean => line.given.some((one) => one.flag === flag);
  const byGroup = given('byGroup');
  const aggregate = aggregateReport(properties, { byGroup });
  const summary = summaryReport({ byGroup });
  const { samples, unreadable, firstUnreadable } = await read(file, properties, [aggregate, summary]);
  if (unreadable > 0) terminal.err(showProblems([problems.rowsUnreadable(file, unreadable, firstUnreadable)]));
  if (samples === 0) throw new ProblemError([problems.resultsEmpty(file)]);
  write(givenValue(line, 'aggregate'), aggregate);
  write(givenValue(line, 'summary'), summary);
  if (!given('quiet')) {
    // The last column stays free: some terminals break the line as soon as it is filled.
    const width = terminal.live ? terminal.width - 1 : undefined;
    terminal.out(`${aggregate.render({ width, color: terminal.color })}\n`);
  }
  return exitCode.ok;
}

function resultsOf(line: CommandLine): string {
  const [file, ...more] = line.words;
  if (file === undefined || more.length > 0) {
    throw new ProblemError([usageProblem('report needs one results file', 'report')]);
  }
  const written = [givenValue(line, 'aggregate'), givenValue(line, 'summary')].filter((name) => name !== undefined);
  const files = new Set([file, ...written].map((name) => canonicalPath(name)));
  if (files.size <= written.length) {
    throw new ProblemError([usageProblem('results and tables need a file each', 'report')]);
  }
  return file;
}

interface Read {
  readonly samples: number;
  readonly unreadable: number;
  /** The line of the first row that cannot be read. */
  readonly firstUnreadable: number;
}

async function read(file: string, properties: Properties, reports: readonly Report[]): Promise<Read> {
  let [samples, unreadable, firstUnreadable] = [0, 0, 0];
  await readJtl(file, properties, {
    sample(sample) {
      samples++;
      for (const report of reports) report.add(sample);
    },
    unreadable(at) {
      if (unreadable++ === 0) firstUnreadable = at;
    },
  });
  return { samples, unreadable, firstUnreadable };
}

function write(file: string | undefined, report: Report): void {
  if (file === undefined) return;
  try {
    fs.writeFileSync(file, report.csv());
  } catch (error) {
    throw new ProblemError([problems.planUnwritable(file, reasonOf(error))]);
  }
}
