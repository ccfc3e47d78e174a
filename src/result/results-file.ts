import fs from 'node:fs';
import path from 'node:path';
import type { Clock, SampleEvent } from '../model/index.js';
import { type Problem, ProblemError, problems, reasonOf } from '../problem.js';
import { csvFormatter, csvHeader, type EventFormatter } from './csv.js';
import { canonicalPath, openForResults } from './open-file.js';
import { RowFile } from './row-file.js';
import type { SaveSettings } from './save-settings.js';
import { XML_END, xmlFormatter, xmlStart } from './xml.js';

/** One writer's view of a results file; several may share the file. */
export interface ResultsFile {
  /** Writes the rows of a finished sample, unless a file of this very name has them already. Never throws. */
  write(event: SampleEvent): void;
  /** Brings all rows so far into the file. */
  flush(): void;
  /** Ends this view; the file gets its end when the last one is closed. */
  close(): void;
}

export interface ResultsOptions {
  /** As written in the plan or on the command line: a sample is written once per text, not once per file. */
  readonly file: string;
  readonly settings: SaveSettings;
  readonly clock: Clock;
  readonly workingDirectory: string;
  /** Where names that start with `~/` lie. */
  readonly planDirectory: string;
  /** The names of `sample_variables`. */
  readonly variables: readonly string[];
  readonly functionalMode: boolean;
  /** Whether a file that exists is deleted first; never one below the plan (`~/`), whose name JMeter takes as it stands there. */
  readonly anew?: boolean | undefined;
  /** Hears once when the file can no longer be written; the run goes on. */
  readonly onProblem: (problem: Problem) => void;
  /** In place of fs.writeSync, for tests. */
  readonly write?: (fd: number, text: string | Uint8Array) => number;
}

/**
 * Opens a results file for `-l` or for a listener; the same path opened twice is one file, and the first one decides its
 * header and its end (ResultCollector 5.6.3). Throws ProblemError when it cannot be opened.
 */
export function openResults(options: ResultsOptions): ResultsFile {
  const { file, settings, variables } = options;
  const shared = share(options);
  const format: EventFormatter = settings.xml
    ? xmlFormatter(settings, variables, options.functionalMode)
    : csvFormatter(settings, variables);
  let open = true;
  return {
    write(event) {
      const { sample } = event;
      if (sample.writtenTo === undefined) sample.writtenTo = [file];
      else if (sample.writtenTo.includes(file)) return;
      else sample.writtenTo.push(file);
      shared.rows.append(format(event));
    },
    flush: () => shared.rows.flush(),
    close() {
      if (open) release(shared);
      open = false;
    },
  };
}

interface SharedFile {
  readonly rows: RowFile;
  readonly end: string;
  views: number;
}

/** By canonical path. A file of the process has one writer, whoever opened it, as in JMeter; closed files are not here. */
const openFiles = new Map<string, SharedFile>();

function share(options: ResultsOptions): SharedFile {
  const { file, settings } = options;
  const name = canonicalPath(resolveName(options));
  const known = openFiles.get(name);
  if (known !== undefined) {
    known.views++;
    return known;
  }
  const rows = begin(name, options);
  const shared = { rows, end: settings.xml ? XML_END : '', views: 1 };
  openFiles.set(name, shared);
  return shared;

  function begin(at: string, { clock, onProblem, write, variables }: ResultsOptions): RowFile {
    try {
      if (options.anew && !file.startsWith(settings.basePrefix)) removeFile(at);
      const { fd, fresh } = openForResults(at, settings.xml);
      const made = new RowFile(file, fd, { clock, onProblem, write, autoflush: settings.autoflush });
      if (fresh)
        made.append(settings.xml ? xmlStart(settings) : settings.fieldNames ? csvHeader(settings, variables) : '');
      return made;
    } catch (error) {
      throw new ProblemError([problems.resultFile(file, reasonOf(error))]);
    }
  }
}

/** Files only: JMeter, run by root, would take a device away as well. */
function removeFile(name: string): void {
  if (fs.statSync(name, { throwIfNoEntry: false })?.isFile()) fs.rmSync(name);
}

function release(shared: SharedFile): void {
  if (--shared.views > 0) return;
  for (const [name, file] of openFiles) if (file === shared) openFiles.delete(name);
  shared.rows.close(shared.end);
}

function resolveName({ file, settings, planDirectory, workingDirectory }: ResultsOptions): string {
  const { basePrefix } = settings;
  return file.startsWith(basePrefix)
    ? path.resolve(planDirectory, file.slice(basePrefix.length))
    : path.resolve(workingDirectory, file);
}
