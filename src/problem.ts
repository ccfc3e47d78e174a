/**
 * Everything that can be said to a user, in one catalogue with stable codes.
 *
 * A problem is a mistake in what we were given (plan, data, flags) or a fact the user must know before the run.
 * Exceptions are for our own bugs; a failed request is a failed sample.
 */

/** Where in the user's input something stands; lines and columns count from 1. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Names of the elements from the test plan down, joined by ` / `. */
  readonly path?: string | undefined;
}

export type Severity = 'error' | 'warning' | 'note';

/** One thing to tell the user: what, how bad, where, and what to do next. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly text: string;
  readonly help?: string;
  readonly place?: Place;
}

const error = (code: string, text: string, help?: string): Problem => said(code, 'error', text, help);
const warning = (code: string, text: string, help?: string): Problem => said(code, 'warning', text, help);
const note = (code: string, text: string, help?: string): Problem => said(code, 'note', text, help);
const said = (code: string, severity: Severity, text: string, help?: string): Problem =>
  help === undefined ? { code, severity, text } : { code, severity, text, help };

/** The catalogue: 1xx reading a file, 2xx the plan, 3xx scripts, 4xx running, 5xx command line. Codes never change meaning. */
export const problems = {
  fileMissing: (file: string) => error('E101', `${file} does not exist or cannot be opened`),
  fileIsDirectory: (file: string) => error('E102', `${file} is a directory, not a plan`),
  fileIsBinary: (file: string) => error('E103', `${file} is not a text file`, 'a JMeter plan is an XML file'),
  notWellFormed: (what: string) => error('E104', `not well-formed XML: ${what}`),
  notAPlan: (root: string) =>
    error(
      'E105',
      `the root element is <${root}>, not <jmeterTestPlan>`,
      'only JMeter 2.x to 5.x plans (.jmx) can be read',
    ),
  doctype: () => error('E106', 'a DOCTYPE is not allowed in a plan', 'remove the DOCTYPE and its entities'),
  nestedTooDeep: (limit: number) => error('E107', `elements are nested more than ${limit} deep`),
  badStructure: (what: string) => error('E108', what),
  fileIsEmpty: (file: string) => error('E109', `${file} is empty`, 'a JMeter plan is an XML file'),
  fileTooLarge: (file: string, limit: string) => error('E110', `${file} is larger than ${limit}`),
  noGuiClass: (tag: string) =>
    error(
      'E111',
      `<${tag}> has no guiclass attribute`,
      'JMeter refuses such a plan; add guiclass="…" as JMeter writes it',
    ),
  notANumber: (text: string, property: string, tag: string) =>
    error(
      'E112',
      `"${text}" in the ${tag} ${property} is not a number`,
      'JMeter refuses such a plan; make it a stringProp if it holds a ${…}',
    ),

  unknownElement: (tag: string) =>
    error('E201', `${tag} is not an element that Meterless knows`, 'disable it, or see docs/elements.md'),
  unknownProperty: (name: string, tag: string) =>
    warning('W202', `${tag} has a property ${name} that Meterless does not use`),
  unknownFunction: (name: string) =>
    warning(
      'W203',
      `\${${name}} is not a function that Meterless knows; it stays as it is written, as a variable would`,
    ),
  badFunctionCall: (what: string) =>
    error('E204', what, 'JMeter 5.6.3 ends such a run before its first sample, and so does Meterless'),
  moduleTarget: (name: string) =>
    error(
      'E207',
      `ModuleController:${name} has no selected Controller (did you rename some element in the path to target controller?)`,
      'JMeter refuses such a plan even when the Module Controller is disabled',
    ),
  includeMissing: (file: string) =>
    warning('W208', `the included file ${file} cannot be read; the controller stays empty, as in JMeter`),
  noThreadGroups: () => warning('W209', 'the plan has no enabled thread group: nothing will run'),
  differs: (what: string) => note('N210', what, 'see docs/differences.md'),
  badRegex: (pattern: string, why: string) =>
    error('E211', `the regular expression ${pattern} has no equivalent here: ${why}`),
  elementCannotRun: (what: string) => error('E215', what, 'disable it, or see docs/elements.md'),
  elementWarns: (what: string) => warning('W213', what),
  includeWithoutFragment: (file: string) =>
    error(
      'E214',
      `the included file ${file} has no Test Fragment`,
      'JMeter 5.6.3 ends such a run with an error; add a Test Fragment',
    ),

  scriptNoStandIn: (language: string, entry: string) =>
    error('E301', `this ${language} script cannot run natively yet and has no stand-in; fill this in:\n${entry}`),
  scriptStandInStale: (entry: string) =>
    error('E302', `the script has changed since its stand-in was written; check the stand-in, then set:\n${entry}`),
  scriptLanguage: (language: string) =>
    error('E303', `scripts in ${language} cannot run yet`, 'write a stand-in (docs/standins.md)'),
  scriptBroken: (what: string) => error('E304', what),
  standInsUnreadable: (file: string, why: string) => error('E305', `${file} cannot be read: ${why}`),
  standInUnused: (name: string) => warning('W306', `the stand-in for ${name} matches no script of this plan`),

  resultFile: (file: string, why: string) => error('E402', `the results file ${file} cannot be written: ${why}`),
  propertyFile: (file: string, why: string) => error('E403', `the property file ${file} cannot be read: ${why}`),
  badSetting: (what: string) => error('E404', what),
  noSamples: () => error('E405', 'the run took no samples'),
  dataFileMissing: (what: string) =>
    warning('W406', what, 'JMeter ends each user that needs it before its first sample, and so does Meterless'),
  logFile: (file: string, why: string) => error('E407', `the run log ${file} cannot be written: ${why}`),
  planUnwritable: (file: string, why: string) => error('E408', `${file} cannot be written: ${why}`),
  cannotListen: (port: string, why: string) => error('E409', `port ${port} cannot be listened on: ${why}`),

  resultsUnreadable: (file: string, why: string) => error('E410', `the results file ${file} cannot be read: ${why}`),
  resultsEmpty: (file: string) => error('E411', `${file} has no samples`),
  rowsUnreadable: (file: string, count: number, line: number) =>
    warning('W412', `${count} ${count === 1 ? 'row' : 'rows'} of ${file} left out: unreadable, first on line ${line}`),

  keptInOneProcess: (what: string) =>
    note('N216', `${what} is shared by all users: they stay in one process, whatever --shards says`),
  oneProcess: (asked: number) =>
    warning('W413', `one process runs all users, not ${asked}`, 'docs/shards.md says what can be split'),
  shardNotStarted: (shard: string, how: string) => error('E414', `${shard} did not start: ${how}`),
  shardLost: (shard: string, how: string, users: string, active: number, events: number) =>
    error(
      'E415',
      `${shard} is lost: ${how}; ${users} (${active} were active) are gone, the ${events} results it had delivered are kept`,
      'the other shards go on',
    ),
  shardSilent: (shard: string, seconds: number) => warning('W416', `${shard} has said nothing for ${seconds} s`),

  usage: (what: string, help?: string) => error('E501', what, help),
} satisfies Record<string, (...facts: never[]) => Problem>;

/** The same problem at a place; facts already known about the place stay. */
export const at = (problem: Problem, place: Place): Problem => ({ ...problem, place: { ...place, ...problem.place } });

/** Carries problems out of a deep call to the door of a room; never shown as a stack trace. */
export class ProblemError extends Error {
  constructor(readonly problems: readonly [Problem, ...Problem[]]) {
    super(problems[0].text);
    this.name = 'ProblemError';
  }
}

/** What the system says of a file, in plain words: `no space left on the device`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? /^[A-Z]+: (.*?)(?:,|$)/.exec(error.message)?.[1] ?? error.message;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  ERR_FS_EISDIR: 'it is a directory',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a part of the path is not a directory',
  EROFS: 'the file system is read-only',
};

/** `file:line:column: severity CODE text`, the element path and the help on lines of their own. */
export function formatProblem(problem: Problem): string {
  const { place } = problem;
  const where = place?.file
    ? `${place.file}${place.line ? `:${place.line}${place.column ? `:${place.column}` : ''}` : ''}: `
    : '';
  const path = place?.path ? `\n    in ${place.path}` : '';
  const help = problem.help ? `\n    help: ${problem.help}` : '';
  return `${where}${problem.severity} ${problem.code}: ${problem.text}${path}${help}`;
}
