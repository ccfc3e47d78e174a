import { javaTrim } from '../../java/index.js';
import { fn } from '../function.js';

/**
 * Evaluates a JEXL 3 expression; null gives nothing. The engine is silent: an expression that fails while it runs counts
 * as null, one that cannot be parsed is logged, gives nothing and leaves the variable alone.
 */
export const jexl3 = fn({
  name: '__jexl3',
  min: 1,
  max: 2,
  usage: 'expression, [variable]',
  compile:
    ([expression, variable]) =>
    (user) => {
      const text = expression?.evaluate(user) ?? '';
      const name = javaTrim(variable?.evaluate(user) ?? '');
      const compiled = user.test.compileScript('jexl3', text);
      if ('code' in compiled) {
        user.test.log.write(
          'ERROR',
          CATEGORY,
          `An error occurred while evaluating the expression "${text}"\n${compiled.text}`,
        );
        return '';
      }
      let result: unknown;
      try {
        result = compiled.run(user, {});
      } catch (error) {
        user.test.log.write('WARN', CATEGORY, `${text}: ${error}`);
      }
      const value = result === undefined || result === null ? '' : String(result);
      if (name !== '') user.variables.put(name, value);
      return value;
    },
});

const CATEGORY = 'o.a.j.f.Jexl3Function';
