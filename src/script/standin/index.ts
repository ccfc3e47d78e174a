import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import type { CompiledScript, CompileScript, StandIns } from '../../model/index.js';
import { at, type Problem, ProblemError, problems } from '../../problem.js';
import type { Entry } from './file.js';

/** The stand-ins of one plan. */
export interface PlanStandIns extends StandIns {
  /** A warning for each entry that no script asked for; to be called when all scripts of the plan were looked up. */
  unused(): readonly Problem[];
}

export const noStandIns: PlanStandIns = { find: () => undefined, unused: () => [] };

interface Options {
  /** The environment, for `env("NAME")`. */
  readonly env: (name: string) => string | undefined;
  readonly compileScript: CompileScript;
}

/** `plan.jmx` → `plan.standins.yaml`. */
export const standInsFile = (planFile: string): string => `${planFile.replace(/\.jmx$/i, '')}.standins.yaml`;

/**
 * Reads the stand-ins beside a plan and compiles their expressions; none when the file is absent. Throws ProblemError
 * when the file cannot be read or understood, with the line. yaml and jexl are loaded only when there is a file.
 */
export async function readStandIns(planFile: string, options: Options): Promise<PlanStandIns> {
  const file = standInsFile(planFile);
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return noStandIns;
    throw new ProblemError([problems.standInsUnreadable(file, error instanceof Error ? error.message : String(error))]);
  }
  return parseStandIns(text, file, options);
}

/** The same from the file's text. */
export async function parseStandIns(text: string, file: string, options: Options): Promise<PlanStandIns> {
  const [{ readEntries, unreadable }, { StepCompiler }] = await Promise.all([
    import('./file.js'),
    import('./steps.js'),
  ]);
  const steps = new StepCompiler(options.env);
  const compile = (entry: Entry): CompiledScript => {
    if (entry.steps !== undefined) {
      try {
        return steps.compile(entry.steps);
      } catch (error) {
        throw new ProblemError([unreadable(file, error instanceof Error ? error.message : String(error), entry.line)]);
      }
    }
    const compiled = options.compileScript(entry.language, entry.script ?? '');
    if ('run' in compiled) return compiled;
    throw new ProblemError([unreadable(file, compiled.text, entry.line)]);
  };
  return matcher(
    readEntries(text, file).map((entry) => ({ ...entry, script: compile(entry) })),
    file,
  );
}

type Ready = Omit<Entry, 'script'> & { readonly script: CompiledScript };

function matcher(entries: readonly Ready[], file: string): PlanStandIns {
  const used = new Set<Ready>();
  const known = new Map<string, { readonly text: string; readonly found: CompiledScript | Problem | undefined }>();
  const find: StandIns['find'] = ({ path, name, text }) => {
    const before = known.get(path);
    if (before?.text === text) return before.found;
    const sha256 = sha256Of(text);
    const entry = entries.find((one) => matches(one, path, name, sha256));
    if (entry) used.add(entry);
    const stale = entry?.sha256 !== undefined && entry.sha256 !== sha256;
    const found = stale
      ? at(problems.scriptStandInStale(`sha256: ${sha256}`), { file, line: entry.line })
      : entry?.script;
    known.set(path, { text, found });
    return found;
  };
  const unused = (): Problem[] =>
    entries
      .filter((entry) => !used.has(entry))
      .map((entry) =>
        at(problems.standInUnused(entry.path ?? entry.name ?? entry.sha256 ?? ''), { file, line: entry.line }),
      );
  return { find, unused };
}

/** By path and name as far as they are given; an entry without either is found by its sum. */
function matches(entry: Ready, path: string, name: string, sha256: string): boolean {
  if (entry.path === undefined && entry.name === undefined) return entry.sha256 === sha256;
  return (
    (entry.path === undefined || plain(entry.path) === plain(path)) && (entry.name === undefined || entry.name === name)
  );
}

/** Paths are written with `/` or ` / ` between the names. */
const plain = (path: string): string => path.replace(/ *\/ */g, '/');

/** Of the script as the plan (or the script file) has it, before `${…}` is replaced; line ends count as `\n`. */
export const sha256Of = (text: string): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');

/** The entry to fill in for a script. */
export function entryFor({ path, text }: { readonly path: string; readonly text: string }): string {
  return `  - match: { path: ${JSON.stringify(plain(path))}, sha256: "${sha256Of(text)}" }
    steps:
      - { set: variableName, expr: '"value"' }`;
}
