import type { CompileScript, StandIns } from '../model/index.js';
import { type Problem, problems } from '../problem.js';
import { runs } from './compile.js';
import { entryFor } from './standin/index.js';

/** A script element of a plan. */
export interface ScriptOf {
  readonly language: string;
  /** As the plan or the script file has it, references not resolved; undefined when the file's name is only known later. */
  readonly text: string | undefined;
  readonly path: string;
  readonly name: string;
}

/**
 * What is to be said of a script before the run: nothing when a stand-in matches or the language runs, else why not and
 * what to write. A script that does not compile is a warning: JMeter runs such a plan, too, and its samples fail.
 */
export function scriptProblems(
  { language, text, path, name }: ScriptOf,
  { standIns, compileScript }: { readonly standIns: StandIns; readonly compileScript: CompileScript },
): readonly Problem[] {
  const standIn = standIns.find({ path, name, text: text ?? '' });
  if (standIn !== undefined) return 'run' in standIn ? [] : [standIn];
  if (!runs(language)) return [problems.scriptNoStandIn(language, entryFor({ path, text: text ?? '' }))];
  if (text === undefined || text.includes('${')) return [];
  const compiled = compileScript(language, text);
  if ('run' in compiled) return [];
  if (compiled.code === problems.scriptLanguage('').code)
    return [problems.scriptNoStandIn(compiled.text, entryFor({ path, text }))];
  return [problems.elementWarns(`${compiled.text}; the element will fail each time`)];
}
