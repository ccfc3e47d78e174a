import { compilePattern, dialectOf, isBad } from '../../java/index.js';
import type { CheckContext } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';

/**
 * Tells of a constant pattern that JMeter's engine (`jmeter.regex.engine`) accepts and we cannot read. One that the engine
 * itself refuses is no problem of the plan: it behaves as in JMeter.
 */
export function checkRegex(
  pattern: string | undefined,
  { property }: Pick<CheckContext, 'property'>,
): readonly Problem[] {
  if (pattern === undefined || pattern.includes('${')) return [];
  const compiled = compilePattern(pattern, { dialect: dialectOf(property('jmeter.regex.engine')) });
  return isBad(compiled) && compiled.unsupported !== undefined
    ? [problems.badRegex(pattern, compiled.unsupported)]
    : [];
}
