import path from 'node:path';
import type { CarryRows, Clock, RowsFile, SampleEvent } from '../model/index.js';
import { type Problem, ProblemError, problems, reasonOf } from '../problem.js';
import { csvHeader, csvWriter, type EventWriter } from './csv.js';
import type { WriteSync } from './file-output.js';
import { canonicalPath } from './open-file.js';
import { RowFile, type RowFileOptions } from './row-file.js';
import type { SaveSettings } from './save-settings.js';
import { XML_END, xmlStart, xmlWriter } from './xml.js';

/** One writer's view of a results file; several may share the file. */
export interface ResultsFile {
  /** Writes the rows of a finished sample, unless a file of this very name has them already. The file system never makes it throw. */
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
  readonly write?: WriteSync;
  /** Who takes the rows in place of the file system. */
  readonly carry?: CarryRows | undefined;
}

/**
 * Opens a results file for `-l` or for a listener; the same path opened twice is one file, and the first one decides its
 * header and its end (ResultCollector 5.6.3). Throws ProblemError when it cannot be opened.
 */
export function openResults(options: ResultsOptions): ResultsFile {
  const { file, settings, variables, clock, onProblem, write, carry } = options;
  const { autoflush } = settings;
  const shared = shareRows(rowsFile(options), { clock, onProblem, write, carry, autoflush });
  const writer: EventWriter = settings.xml
    ? xmlWriter(settings, variables, options.functionalMode)
    : csvWriter(settings, variables);
  // One list for all samples that nobody else has written, one for those that the same others have.
  const onlyHere = [file];
  let others: readonly string[] = [];
  let withOthers: readonly string[] = onlyHere;
  return {
    write(event) {
      const { sample } = event;
      const { writtenTo } = sample;
      if (writtenTo === undefined) sample.writtenTo = onlyHere;
      else if (writtenTo.includes(file)) return;
      else {
        if (writtenTo !== others) {
          others = writtenTo;
          withOthers = [...others, file];
        }
        sample.writtenTo = withOthers;
      }
      shared.take(event, writer);
    },
    flush: () => shared.flush(),
    close: () => shared.close(),
  };
}

/** One of those who write a file. */
export interface RowsView {
  append(rows: string | Uint8Array): void;
  /** Takes the rows of an event from who writes them. */
  take(event: SampleEvent, writer: EventWriter): void;
  flush(): void;
  /** The file gets its end when the last one is closed. */
  close(): void;
}

interface SharedFile {
  readonly rows: RowFile;
  views: number;
}

/** By canonical path. A file of the process has one writer, whoever opened it, as in JMeter; closed files are not here. */
const openFiles = new Map<string, SharedFile>();

/** Opens a file of rows, or joins those who write it already. Throws ProblemError when it cannot be opened. */
export function shareRows(file: RowsFile, options: RowFileOptions): RowsView {
  const name = canonicalPath(file.path);
  const shared = openFiles.get(name) ?? { rows: begin({ ...file, path: name }, options), views: 0 };
  openFiles.set(name, shared);
  shared.views++;
  let open = true;
  return {
    append: (rows) => shared.rows.append(rows),
    take: (event, writer) => shared.rows.take(event, writer),
    flush: () => shared.rows.flush(),
    close() {
      if (!open) return;
      open = false;
      if (--shared.views > 0) return;
      openFiles.delete(name);
      shared.rows.close();
    },
  };
}

function begin(file: RowsFile, options: RowFileOptions): RowFile {
  try {
    return new RowFile(file, options);
  } catch (error) {
    throw new ProblemError([problems.resultFile(file.name, reasonOf(error))]);
  }
}

function rowsFile({
  file,
  settings,
  variables,
  anew = false,
  planDirectory,
  workingDirectory,
}: ResultsOptions): RowsFile {
  const { basePrefix, xml } = settings;
  const besidePlan = file.startsWith(basePrefix);
  return {
    name: file,
    path: besidePlan
      ? path.resolve(planDirectory, file.slice(basePrefix.length))
      : path.resolve(workingDirectory, file),
    opens: xml ? 'xml' : 'csv',
    anew: anew && !besidePlan,
    begin: xml ? xmlStart(settings) : settings.fieldNames ? csvHeader(settings, variables) : '',
    end: xml ? XML_END : '',
  };
}
