import { javaTrim } from '../java/index.js';
import type { Bindings, User } from '../model/index.js';
import { ProblemError, problems } from '../problem.js';
import type { FunctionSpec } from './function.js';

interface ScriptFunction {
  readonly language: string;
  readonly category: string;
  /** What the log says of a script that fails. */
  readonly failed: string;
  readonly bindings: (user: User) => Bindings;
}

/**
 * A function whose first argument is a script and whose second names a variable. While the language cannot run, the plan is
 * refused: throws ProblemError when the function is compiled.
 */
export const scriptFunction =
  ({ language, category, failed, bindings }: ScriptFunction): FunctionSpec['compile'] =>
  ([script, variable], { engineUser }) => {
    const absent = problems.scriptLanguage(language);
    const probe = engineUser.test.compileScript(language, '');
    if ('code' in probe && probe.code === absent.code) throw new ProblemError([absent]);
    return (user) => {
      const text = script?.evaluate(user) ?? '';
      const name = javaTrim(variable?.evaluate(user) ?? '');
      const compiled = user.test.compileScript(language, text);
      let result: unknown;
      try {
        if ('code' in compiled) throw new ProblemError([compiled]);
        result = compiled.run(user, bindings(user));
      } catch (error) {
        user.test.log.write('WARN', category, `${failed}\n${error instanceof ProblemError ? error.message : error}`);
        return '';
      }
      const value = result === undefined || result === null ? '' : String(result);
      if (name !== '') user.variables.put(name, value);
      return value;
    };
  };
