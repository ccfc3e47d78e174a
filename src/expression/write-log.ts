import { javaTrim } from '../java/index.js';
import type { LogLevel, User } from '../model/index.js';
import { threadName } from './thread-name.js';

export interface LogLine {
  readonly text: string;
  /** As written in the plan; empty = INFO. */
  readonly level: string;
  /** Message of the exception to show; undefined = none. */
  readonly exception: string | undefined;
  readonly comment: string;
}

/**
 * Writes a line of `__log` and `__logn` to the run log (LogFunction.logDetails): a level nobody knows counts as DEBUG.
 * `OUT` and `ERR` are printed on the console instead.
 */
export function writeLog(user: User, category: string, line: LogLine): void {
  const level = javaTrim(line.level).toUpperCase() || (line.level === '' ? 'INFO' : 'DEBUG');
  const thread = threadName(user);
  const trace = line.exception === undefined ? '' : `\njava.lang.Throwable: ${line.exception}`;
  if (level === 'OUT' || level === 'ERR') {
    const between = line.comment === '' ? ' : ' : ` ${line.comment}`;
    user.test.print?.(`Log: ${thread}${between}${line.text}${trace}`);
    return;
  }
  if (level === 'TRACE') return;
  const known: LogLevel = level === 'ERROR' || level === 'WARN' || level === 'INFO' ? level : 'DEBUG';
  if (!user.test.log.enabled(known)) return;
  user.test.log.write(known, category, `${thread} ${line.comment || ' : '} ${line.text}${trace}`);
}
