import fs from 'node:fs';
import os from 'node:os';
import { registry } from '../element/index.js';
import { type Membership, type Program, prepare, type Setup, WheelClock } from '../engine/index.js';
import { isDocument, readPlanFile } from '../jmx/index.js';
import { ALONE, type CarryRows, type CompileScript, defaults, type Log, type Properties } from '../model/index.js';
import { type Problem, ProblemError, problems, reasonOf } from '../problem.js';
import { comeFrom, LocalEnds } from '../protocol/index.js';
import { createCompileScript, type PlanStandIns, parseStandIns, readStandIns } from '../script/index.js';
import { connectTo } from './connect-to.js';
import { hostAddress } from './host-address.js';
import { localAddresses } from './local-addresses.js';
import { type CommandLine, givenValue } from './parse-flags.js';

/** What a plan is prepared with. */
export interface PlanSetup {
  readonly line: CommandLine;
  readonly properties: Properties;
  readonly log: Log;
  /** Prints a line on the run's console. */
  readonly print: (line: string) => void;
  /** Tells of a problem that comes up while the plan runs. */
  readonly warn?: (problem: Problem) => void;
  /** In a shard: its share, and who takes its rows. */
  readonly member?: Membership & { readonly carryRows: CarryRows };
}

/** What came of a plan: without a program it cannot run, and the problems say why. */
export interface LoadedPlan {
  readonly problems: readonly Problem[];
  readonly program?: Program;
}

/** Reads a plan, checks and compiles it. Throws ProblemError for mistakes in the flags. */
export async function loadPlan(file: string, given: PlanSetup): Promise<LoadedPlan> {
  const { line, properties, log, print, warn, member } = given;
  const destinations = connectTo(line.given.flatMap(({ flag, value }) => (flag === 'connectTo' ? [value] : [])));
  const sources = givenValue(line, 'localAddresses');
  comeFrom(sources === undefined ? undefined : new LocalEnds(localAddresses(sources), member?.shard ?? ALONE));
  const document = readPlanFile(file);
  if (!isDocument(document)) return { problems: document };
  defaults.encoding = properties.get('sampleresult.default.encoding', 'UTF-8');
  defaults.renameSubSamples = !properties.flag('subresults.disable_renaming', false);
  const compileScript = createCompileScript();
  try {
    const standIns = await loadStandIns(file, givenValue(line, 'standIns'), compileScript);
    const setup: Setup = {
      registry,
      properties,
      clock: new WheelClock(),
      log,
      workingDirectory: process.cwd(),
      hostName: os.hostname(),
      hostAddress: hostAddress(),
      environment: process.env,
      compileScript,
      standIns,
      connectTo: destinations,
      readPlan(included) {
        const read = readPlanFile(included);
        return isDocument(read) ? read.tree.elements : read;
      },
      print,
      ...(warn && { warn }),
      ...member,
      resultsAnew: line.given.some(({ flag }) => flag === 'deleteResults'),
    };
    const prepared = prepare(document.tree, setup);
    return { ...prepared, problems: [...prepared.problems, ...standIns.unused()] };
  } catch (error) {
    if (error instanceof ProblemError) return { problems: error.problems };
    throw error;
  }
}

/** The stand-ins of the file that was asked for, else of the one beside the plan. */
async function loadStandIns(
  plan: string,
  asked: string | undefined,
  compileScript: CompileScript,
): Promise<PlanStandIns> {
  const options = { compileScript, env: (name: string) => process.env[name] };
  if (asked === undefined) return readStandIns(plan, options);
  let text: string;
  try {
    text = fs.readFileSync(asked, 'utf8');
  } catch (error) {
    throw new ProblemError([problems.standInsUnreadable(asked, reasonOf(error))]);
  }
  return parseStandIns(text, asked, options);
}
