import { javaTrim } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { fn } from '../function.js';

/**
 * Runs JavaScript as Rhino does; the value of the last statement as a text, also `null` and `undefined`. A script that
 * does not compile or throws is logged, gives nothing and leaves the variable alone.
 */
export const javaScript = fn({
  name: '__javaScript',
  min: 1,
  max: 2,
  usage: 'script, [variable]',
  looksBack: true,
  compile:
    ([script, variable]) =>
    (user) => {
      const { test } = user;
      const text = script?.evaluate(user) ?? '';
      const name = javaTrim(variable?.evaluate(user) ?? '');
      const failed = (why: unknown): string => {
        test.log.write('ERROR', 'o.a.j.f.JavaScript', `Error processing Javascript: [${text}] ${why}`);
        return '';
      };
      const compiled = test.compileScript('__javaScript', text);
      if ('code' in compiled) {
        if (compiled.code === problems.scriptLanguage('').code) tellOnce(test, compiled);
        return failed(compiled.text);
      }
      try {
        const value = String(compiled.run(user, {}));
        if (variable !== undefined) user.variables.put(name, value);
        return value;
      } catch (error) {
        return failed(error);
      }
    },
});

/** JMeter would have run such a script: the user hears of it, not the log alone. */
function tellOnce(test: Test, problem: Problem): void {
  const told = test.state('__javaScript', () => new Set<string>());
  if (told.has(problem.text)) return;
  told.add(problem.text);
  test.warn?.(problem);
}
