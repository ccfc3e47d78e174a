import fs from 'node:fs';
import path from 'node:path';
import { parseFlags } from '../../src/cli/parse-flags.js';
import { loadPlan } from '../../src/cli/plan.js';
import { loadProperties } from '../../src/cli/properties.js';
import { noLog } from '../../src/cli/run-log.js';
import { registry, renameProperties } from '../../src/element/index.js';
import { functions } from '../../src/expression/index.js';
import { isDocument, type PlanElement, type Property, readPlanFile } from '../../src/jmx/index.js';
import type { Problem } from '../../src/problem.js';

/** What runs, of what is there, and how often each name that does not run is met. */
export interface Share {
  total: number;
  supported: number;
  readonly missing: Map<string, number>;
}
export type Kind = 'elements' | 'functions' | 'scripts' | 'plans';
export type Counts = Record<Kind, Share>;

/** Counts what of the enabled parts of all plans below a folder `check` lets through. */
export async function countCorpus(folder: string): Promise<Counts> {
  const counts: Counts = { elements: share(), functions: share(), scripts: share(), plans: share() };
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jmx'));
  for (const name of names.sort()) await countPlan(path.join(folder, name), name, counts);
  return counts;
}

const share = (): Share => ({ total: 0, supported: 0, missing: new Map() });

function add(to: Share, name: string, supported: boolean): void {
  to.total++;
  if (supported) to.supported++;
  else to.missing.set(name, (to.missing.get(name) ?? 0) + 1);
}

async function countPlan(file: string, name: string, counts: Counts): Promise<void> {
  const document = readPlanFile(file);
  if (!isDocument(document)) {
    add(counts.plans, name, false);
    return;
  }
  const line = parseFlags('check', [file]);
  const properties = loadProperties(line, { workingDirectory: path.dirname(file), now: Date.now() });
  const { problems } = await loadPlan(file, { line, properties, log: noLog, print: () => {} });
  const errors = problems.filter(({ severity }) => severity === 'error');
  add(counts.plans, name, errors.length === 0);
  for (const element of document.tree.elements) countElement(element, errors, counts);
}

function countElement(written: PlanElement, errors: readonly Problem[], counts: Counts): void {
  if (!written.enabled) return;
  const own = errors.filter(({ place }) => place?.line === written.place.line);
  const language = languageOf(renameProperties(written));
  const known = registry.find(written) !== undefined;
  const runs = known && !own.some(({ code }) => /^E[23]/.test(code));
  if (language !== undefined) add(counts.scripts, language, runs);
  add(counts.elements, written.tag, known && !own.some(({ code }) => code.startsWith('E2')));
  for (const property of written.properties) countFunctions(property, counts);
  for (const child of written.children) countElement(child, errors, counts);
}

/** Script elements are told by their class, as their keys differ; the language in capitals and small letters alike. */
function languageOf(element: PlanElement): string | undefined {
  const kind = /^(JSR223|BSF|BeanShell)/.exec(element.tag)?.[1];
  if (kind === undefined) return undefined;
  if (kind === 'BeanShell') return 'beanshell';
  const language = element.properties.find(({ name }) => name === 'scriptLanguage');
  return (language !== undefined && 'text' in language && language.text.toLowerCase()) || 'groovy';
}

const CALL = /\$\{(__\w+)/g;
const builtIn = new Set(functions.map(({ name }) => name));

function countFunctions(property: Property, counts: Counts): void {
  if ('items' in property) for (const item of property.items) countFunctions(item, counts);
  else if ('properties' in property) for (const inner of property.properties) countFunctions(inner, counts);
  else if ('text' in property && property.text.includes('${__')) {
    for (const [, name = ''] of property.text.matchAll(CALL)) add(counts.functions, name, builtIn.has(name));
  }
}
