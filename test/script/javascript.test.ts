import { describe, expect, it } from 'vitest';
import { AssertionResult, Sample } from '../../src/model/index.js';
import { compileJavaScript } from '../../src/script/javascript/index.js';
import { fakeTest, fakeUser } from '../kit.js';

const test = fakeTest();
const user = fakeUser({ test });
user.variables.put('name', 'Ann');

function run(text: string, extra: Record<string, unknown> = {}, as = user): unknown {
  const script = compileJavaScript(text);
  if (!('run' in script)) throw new Error(script.text);
  return script.run(as, extra);
}

describe('JavaScript', () => {
  it.each([
    ['1 + 1', 2],
    ['5 > 1', true],
    ['"Ann"=="Ann"', true],
    ['var a = 2; a * 2 == 4', true],
    ['if (true) { "yes" } else { "no" }', 'yes'],
    ['/^A/.test("Ann")', true],
    ['"true"', 'true'],
    ['  5==5  ', true],
    ['var x = 1;', null],
    ['vars.get("name").length', 3],
    ['vars.get("nosuch")', null],
    ['vars.get("name").length()', 3],
    ['"a.length()"', 'a.length()'],
    ['typeof prev', 'object'],
    ['threadName', 'Thread Group 1-1'],
    ['ctx.getThreadNum()', 0],
    ['ctx.threadNum', 0],
    ['"a".equals("a")', true],
  ])('%s gives the value of its last expression', (text, value) => {
    expect(run(text)).toEqual(value);
  });

  it.each([
    ['1/3', '0.3333333333333333'],
    ['1e10', '1.0E10'],
    ['3*2', '6'],
    ['-0', '-0.0'],
  ])("the text of %s is Java's", (text, value) => {
    expect(String(run(text))).toBe(value);
  });

  it('starts each run with a fresh scope', () => {
    expect(run('leaked = (typeof leaked); leaked')).toBe('undefined');
    expect(run('leaked = (typeof leaked); leaked')).toBe('undefined');
    expect(run('let once = 1; once')).toBe(1);
    expect(run('let once = 1; once')).toBe(1);
  });

  it('writes variables, properties and the log', () => {
    run('vars.put("n", 5); vars.putObject("o", [1, 2]); props.put("p", "x"); log.info("hello {}", "you")');
    expect(user.variables.get('n')).toBe('5');
    expect(run('vars.getObject("o")[1]')).toBe(2);
    run('vars.putObject("d", 5)');
    expect(user.variables.get('d')).toBe('5.0');
    expect(test.properties.get('p')).toBe('x');
    expect(test.log.lines.at(-1)).toBe('INFO o.a.j.u.JSR223TestElement: hello you');
  });

  it('sees and changes the sample and the assertion result', () => {
    const sample = new Sample();
    sample.label = 'home';
    sample.setText('body');
    sample.success = true;
    const result = new AssertionResult('check');
    const text = `AssertionResult.setFailure(SampleResult.getResponseDataAsString() == "body");
      AssertionResult.setFailureMessage("no " + SampleResult.sampleLabel);
      SampleResult.setResponseCode(299); SampleResult.setResponseData("new", "UTF-8"); prev === null`;
    expect(run(text, { SampleResult: sample, AssertionResult: result })).toBe(true);
    expect([result.failure, result.message, sample.code, sample.text]).toEqual([true, 'no home', '299', 'new']);
  });

  it('splits args as a list', () => {
    expect(run('args.length + args[1]', { args: ['a', 'b'] })).toBe('2b');
  });

  it.each([
    ['nope.foo()', 'org.mozilla.javascript.EcmaError: ReferenceError: "nope" is not defined.'],
    ['throw "x"', 'org.mozilla.javascript.JavaScriptException: x'],
    ['throw new Error("m")', 'org.mozilla.javascript.JavaScriptException: Error: m'],
    ['var a; a.b', 'org.mozilla.javascript.EcmaError: TypeError: Cannot read property "b" from undefined'],
    ['vars.nosuch()', 'org.mozilla.javascript.EcmaError: TypeError: Cannot find function nosuch.'],
  ])('%s throws what Rhino throws', (text, error) => {
    expect(() => run(text)).toThrow();
    try {
      run(text);
    } catch (thrown) {
      expect(String(thrown)).toBe(error);
    }
  });

  it.each([
    'process',
    'require("fs")',
    'this.constructor.constructor("return process")()',
    'vars.constructor.constructor("return process")()',
    'vars.get.constructor("return process")()',
    'ctx.getThread().stop.constructor("return process")()',
    'try { vars.nosuch() } catch (e) { e.constructor.constructor("return process")() }',
    'try { vars.get() } catch (e) { e.constructor.constructor("return process")() }',
    'args.constructor.constructor("return process")()',
    'Function("return process")()',
    'Function("return this")().process.pid',
    'arguments.callee.caller.constructor("return process")()',
  ])('%s does not reach the process', (text) => {
    expect(() => run(text, { args: ['a'] })).toThrow(/process|require|fs|undefined|null|caller/);
  });

  it('says at once what cannot run', () => {
    expect(compileJavaScript('if (')).toMatchObject({ code: 'E304' });
    expect(compileJavaScript('java.lang.System.currentTimeMillis()')).toMatchObject({ code: 'E303' });
    expect(compileJavaScript('"java.lang.System"')).toHaveProperty('run');
  });
});
