import fs from 'node:fs';
import path from 'node:path';
import { type PlanElement, propertyText } from '../../jmx/index.js';
import type { Placed, User } from '../../model/index.js';

/** Where a script stands, for stand-ins: names from the test plan down. */
export const scriptPath = (plan: PlanElement, path = plan.name): string => plan.place.path ?? path;

/** The script as the plan has it, before `${…}` is replaced: what a stand-in's sum is taken of. */
export const rawScript = (plan: PlanElement, key = 'script'): string => propertyText(plan, key) ?? '';

/** A script file read for one element; read again when it changes. */
interface KeptFile {
  readonly modified: number;
  readonly text: string;
}
const FILES = {};

/**
 * The text of a script file, relative to the working directory, as JMeter takes it (not to the plan); undefined when it
 * is no file that can be read. `${…}` in a file is no reference.
 */
export function scriptFile(name: string, user: User): string | undefined {
  const kept = user.test.state(FILES, () => new Map<string, KeptFile>());
  const file = absolute(name, user);
  try {
    const state = fs.statSync(file);
    if (!state.isFile()) return undefined;
    const known = kept.get(file);
    if (known?.modified === state.mtimeMs) return known.text;
    const text = fs.readFileSync(file, 'utf8');
    kept.set(file, { modified: state.mtimeMs, text });
    return text;
  } catch {
    return undefined;
  }
}

/** As Java's File.getAbsolutePath: `./x` keeps its dot. */
export const absolute = (name: string, user: User): string =>
  path.isAbsolute(name) ? name : `${user.test.workingDirectory}/${name}`;

/** A script file as it stands before the run; undefined when its name has references or it cannot be read. */
export function fileBeforeRun(name: string): string | undefined {
  if (name.includes('${')) return undefined;
  try {
    return fs.readFileSync(name, 'utf8');
  } catch {
    return undefined;
  }
}

/** JOrphanUtils.split by blanks: runs of them count as one, none at the ends. */
export const splitArguments = (text: string): string[] => text.split(' ').filter((part) => part !== '');

const FROZEN = {};
/** The first text of this element for this user, which is what runs from then on when scripts are cached. */
export function frozen(text: string, user: User, self: Placed): string {
  const texts = user.state(FROZEN, () => new Map<Placed, string>());
  const first = texts.get(self);
  if (first !== undefined) return first;
  texts.set(self, text);
  return text;
}
