import { describe, expect, it } from 'vitest';
import { createCompileScript, noStandIns, runs, scriptProblems } from '../../src/script/index.js';
import { fakeUser } from '../kit.js';

describe('the door to the languages', () => {
  it('keeps what it compiled, the texts used last', () => {
    const compile = createCompileScript({ cacheSize: 2 });
    const first = compile('jexl3', '1');
    expect(compile('JEXL3', '1')).toBe(first);
    compile('jexl3', '2');
    compile('jexl3', '1');
    compile('jexl3', '3');
    expect(compile('jexl3', '1')).toBe(first);
  });

  it.each(['javascript', 'JavaScript', 'js', 'ecmascript', 'rhino', 'nashorn'])('%s is JavaScript', (language) => {
    const script = createCompileScript()(language, '1 + 1');
    expect('run' in script && script.run(fakeUser(), {})).toBe(2);
  });

  it.each(['groovy', 'beanshell', 'jython', 'jexl'])('%s cannot run yet', (language) => {
    expect(createCompileScript()(language, '1')).toMatchObject({ code: 'E303' });
  });

  it('JEXL 2 is for its function alone', () => {
    expect([runs('jexl2'), runs('jexl3')]).toEqual([false, true]);
  });
});

describe('what is said before the run', () => {
  const context = { standIns: noStandIns, compileScript: createCompileScript() };
  const of = (language: string, text: string) =>
    scriptProblems({ language, text, path: 'Plan / Users / Sign', name: 'Sign' }, context);

  it('the entry to write for a language that cannot run', () => {
    const [problem] = of('groovy', 'x');
    expect(problem?.code).toBe('E301');
    expect(problem?.text).toContain('match: { path: "Plan/Users/Sign", sha256: "2d711642b726b04401627ca9fbac32f5');
  });
  it('nothing for a script that runs, or that is known only later', () => {
    expect(of('javascript', '1')).toEqual([]);
    expect(of('javascript', '${x} (')).toEqual([]);
  });
  it('a warning for one that does not compile, as JMeter runs such a plan', () => {
    expect(of('javascript', '(')).toMatchObject([{ severity: 'warning' }]);
  });
  it('an entry to write for Java classes in JavaScript', () => {
    expect(of('javascript', 'java.lang.System.gc()')).toMatchObject([{ code: 'E301' }]);
  });
});
