import { parseLong } from '../../java/index.js';
import type { User } from '../../model/index.js';

/** The milliseconds that a timer's script gave; 0 with a word in the log when it gave nothing, `failed` for no number. */
export function delayOf(value: unknown, user: User, category: string, failed: (error: unknown) => number): number {
  if (value === null || value === undefined) {
    user.test.log.write('WARN', category, 'Script did not return a value');
    return 0;
  }
  try {
    return parseLong(String(value));
  } catch (error) {
    return failed(error);
  }
}
