import type { LogLevel } from '../model/index.js';
import type { CommandLine } from './parse-flags.js';

/** How much each part of the run log says; decided once per category. */
export interface LogLevels {
  /** The lowest level that anything writes at. */
  readonly lowest: number;
  /** Whether a line of this category is written. */
  allows(level: LogLevel, category: string): boolean;
}

export const severity: Readonly<Record<LogLevel, number>> = { DEBUG: 1, INFO: 2, WARN: 3, ERROR: 4 };
/** log4j's names; what Meterless has no level for falls to the nearest one. */
const NAMES: Readonly<Record<string, number>> = { ALL: 0, TRACE: 0, ...severity, FATAL: 5, OFF: 6 };

/**
 * The levels that -L flags ask for: `-LDEBUG` for all, `-Ljmeter.threads=DEBUG` for a package. Categories of the log are
 * abbreviated (`o.a.j.t.JMeterThread`), so packages are told apart by their initials. Unknown levels change nothing, as in JMeter.
 */
export function logLevels(line: CommandLine): LogLevels {
  let root = severity.INFO;
  const rules: { readonly category: string; readonly level: number }[] = [];
  for (const { flag, name, value } of line.given) {
    if (flag !== 'logLevel') continue;
    const level = NAMES[(value === '' ? name : value).toUpperCase()];
    if (level === undefined) continue;
    if (value === '') root = level;
    else rules.unshift({ category: /^(jmeter|jorphan)/.test(name) ? `org.apache.${name}` : name, level });
  }
  const decided = new Map<string, number>();
  const decide = (category: string): number => {
    const level = rules.find((rule) => covers(rule.category, category))?.level ?? root;
    decided.set(category, level);
    return level;
  };
  return {
    lowest: Math.min(root, ...rules.map(({ level }) => level)),
    allows: (level, category) => severity[level] >= (decided.get(category) ?? decide(category)),
  };
}

/** Whether a logger's full name is the category or a package around it. */
function covers(logger: string, category: string): boolean {
  const wanted = logger.split('.');
  const parts = category.split('.');
  if (wanted.length > parts.length) return false;
  return wanted.every((name, i) =>
    i === parts.length - 1 ? name === parts[i] : name.charAt(0) === parts[i]?.charAt(0),
  );
}
