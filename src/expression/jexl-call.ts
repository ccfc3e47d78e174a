import { javaTrim } from '../java/index.js';
import type { FunctionSpec } from './function.js';

/**
 * `__jexl2` and `__jexl3`: the value of an expression, kept in the variable; null is the empty text. An expression that
 * cannot be parsed, or an exception that leaves it, is logged, gives nothing and leaves the variable alone.
 */
export function jexlCall(language: 'jexl2' | 'jexl3'): FunctionSpec['compile'] {
  const category = language === 'jexl2' ? 'o.a.j.f.Jexl2Function' : 'o.a.j.f.Jexl3Function';
  return ([expression, variable]) =>
    (user) => {
      const text = expression?.evaluate(user) ?? '';
      const name = javaTrim(variable?.evaluate(user) ?? '');
      const failed = (why: string): string => {
        user.test.log.write('ERROR', category, `An error occurred while evaluating the expression "${text}"\n${why}`);
        return '';
      };
      const compiled = user.test.compileScript(language, text);
      if ('code' in compiled) return failed(compiled.text);
      let result: unknown;
      try {
        result = compiled.run(user, {});
      } catch (error) {
        return failed(String(error));
      }
      const value = result === undefined || result === null ? '' : String(result);
      if (name !== '') user.variables.put(name, value);
      return value;
    };
}
