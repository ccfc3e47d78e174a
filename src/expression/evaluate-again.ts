import type { Text, User } from '../model/index.js';
import { ProblemError } from '../problem.js';
import type { FunctionContext } from './function.js';

/**
 * Evaluates texts that are met at run time (`__eval`, `__evalVar`); a text with a wrong call gives "".
 * JMeter compiles each time, so a function in such a text starts afresh: only texts without functions are kept.
 */
export function evaluateAgain({ compile }: FunctionContext): (text: string, user: User) => string {
  let lastText = '';
  let last: Text = '';
  return (text, user) => {
    if (text === lastText) return typeof last === 'string' ? last : last(user);
    if (!text.includes('${') && !text.includes('\\')) return text;
    try {
      const compiled = compile(text, user);
      if (!text.includes('__')) {
        last = compiled;
        lastText = text;
      }
      return typeof compiled === 'string' ? compiled : compiled(user);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      user.test.log.write('ERROR', 'o.a.j.f.EvalFunction', error.message);
      return '';
    }
  };
}
