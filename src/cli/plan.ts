import os from 'node:os';
import { registry } from '../element/index.js';
import { type Program, prepare, type Setup, WheelClock } from '../engine/index.js';
import { isDocument, readPlanFile } from '../jmx/index.js';
import { defaults, type Log, type Properties } from '../model/index.js';
import type { Problem } from '../problem.js';
import { createCompileScript, loadStandIns } from '../script/index.js';
import { connectTo } from './connect-to.js';
import { type CommandLine, givenValue } from './parse-flags.js';

/** What a plan is prepared with. */
export interface PlanSetup {
  readonly line: CommandLine;
  readonly properties: Properties;
  readonly log: Log;
  /** Prints a line on the run's console. */
  readonly print: (line: string) => void;
}

/** Reads a plan, checks and compiles it. Without a program the plan cannot run, and the problems say why. */
export async function loadPlan(
  file: string,
  { line, properties, log, print }: PlanSetup,
): Promise<{ readonly problems: readonly Problem[]; readonly program?: Program }> {
  const destinations = connectTo(line.given.flatMap(({ flag, value }) => (flag === 'connectTo' ? [value] : [])));
  const document = readPlanFile(file);
  if (!isDocument(document)) return { problems: document };
  defaults.encoding = properties.get('sampleresult.default.encoding', 'UTF-8');
  defaults.renameSubSamples = !properties.flag('subresults.disable_renaming', false);
  const standIns = await loadStandIns(file, givenValue(line, 'standIns'));
  const setup: Setup = {
    registry,
    properties,
    clock: new WheelClock(),
    log,
    workingDirectory: process.cwd(),
    hostName: os.hostname(),
    compileScript: createCompileScript(),
    standIns,
    connectTo: destinations,
    readPlan(included) {
      const read = readPlanFile(included);
      return isDocument(read) ? read.tree.elements : read;
    },
    print,
  };
  return prepare(document.tree, setup);
}
