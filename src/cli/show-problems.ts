import type { Place, Problem, Severity } from '../problem.js';

/**
 * Problems as a user reads them: the same ones together with their count and places, errors first. At most `places`
 * places are shown of each.
 */
export function showProblems(problems: readonly Problem[], places = 5): string {
  return grouped(problems)
    .map((group) => showGroup(group, places))
    .join('');
}

/** `2 errors, 1 warning`, or an empty text. */
export function countProblems(problems: readonly Problem[]): string {
  return SEVERITIES.flatMap((severity) => {
    const n = problems.filter((problem) => problem.severity === severity).length;
    return n === 0 ? [] : [`${n} ${severity}${n === 1 ? '' : 's'}`];
  }).join(', ');
}

/** Whether a plan with these problems cannot run. */
export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

function grouped(problems: readonly Problem[]): readonly (readonly [Problem, ...Problem[]])[] {
  const groups = new Map<string, [Problem, ...Problem[]]>();
  for (const problem of problems) {
    const key = `${SEVERITIES.indexOf(problem.severity)} ${problem.code} ${problem.text}`;
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  const order = ([problem]: readonly [Problem, ...Problem[]]): number => SEVERITIES.indexOf(problem.severity);
  return [...groups.values()].sort((a, b) => order(a) - order(b));
}

function showGroup(group: readonly [Problem, ...Problem[]], limit: number): string {
  const [{ severity, code, text, help }] = group;
  const places = group
    .flatMap(({ place }) => (place && !saidAlready(place, text) ? [showPlace(place)] : []))
    .filter(Boolean);
  const count = group.length > 1 ? ` (${group.length} times)` : '';
  // A problem with one place reads as compilers write it, so that editors can jump there.
  const lines =
    places.length === 1 && group.length === 1
      ? [`${severity} ${code}: ${text}`, `    at ${places[0]}`]
      : [`${severity} ${code}: ${text}${count}`, ...places.slice(0, limit).map((place) => `    at ${place}`)];
  if (places.length > limit) lines.push(`    and ${places.length - limit} more`);
  if (help) lines.push(`    help: ${help}`);
  return `${lines.join('\n')}\n`;
}

/** A problem of the file as a whole names it; a line below with the same name would say nothing. */
const saidAlready = ({ file, line = 1, column = 1, path }: Place, text: string): boolean =>
  file !== undefined && line === 1 && column === 1 && !path && text.startsWith(`${file} `);

function showPlace({ file, line, column, path }: Place): string {
  const where = [file, ...(file && line ? [line, ...(column ? [column] : [])] : [])].filter(Boolean).join(':');
  return [where, path ? `in ${path}` : ''].filter(Boolean).join(' ');
}
