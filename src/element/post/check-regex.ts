import { compilePattern, isBad } from '../../java/index.js';
import { type Problem, problems } from '../../problem.js';

/**
 * Tells of a constant pattern that ORO accepts and we cannot read. One that ORO itself refuses is no problem of the plan:
 * it behaves as in JMeter.
 */
export function checkRegex(pattern: string | undefined): readonly Problem[] {
  if (pattern === undefined || pattern.includes('${')) return [];
  const compiled = compilePattern(pattern, { dialect: 'oro' });
  return isBad(compiled) && compiled.unsupported !== undefined
    ? [problems.badRegex(pattern, compiled.unsupported)]
    : [];
}
