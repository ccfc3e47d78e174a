import { javaTrim } from '../../java/index.js';
import { fn } from '../function.js';

/**
 * Evaluates a JEXL 3 expression; null gives nothing. JEXL itself is silent: most of what fails while it runs is null.
 * An expression that cannot be parsed, or a Java exception, is logged, gives nothing and leaves the variable alone.
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
        user.test.log.write('ERROR', CATEGORY, `An error occurred while evaluating the expression "${text}"\n${error}`);
        return '';
      }
      const value = result === undefined || result === null ? '' : String(result);
      if (name !== '') user.variables.put(name, value);
      return value;
    },
});

const CATEGORY = 'o.a.j.f.Jexl3Function';
