import { describe, expect, it } from 'vitest';
import * as elements from '../../../src/element/all.generated.js';
import { bsfAssertion } from '../../../src/element/script/bsf-assertion.js';
import { bsfSampler } from '../../../src/element/script/bsf-sampler.js';
import { bsfTimer } from '../../../src/element/script/bsf-timer.js';
import { jsr223Assertion } from '../../../src/element/script/jsr223-assertion.js';
import { jsr223Listener } from '../../../src/element/script/jsr223-listener.js';
import { jsr223PostProcessor } from '../../../src/element/script/jsr223-post-processor.js';
import { jsr223PreProcessor } from '../../../src/element/script/jsr223-pre-processor.js';
import { jsr223Sampler } from '../../../src/element/script/jsr223-sampler.js';
import { jsr223Timer } from '../../../src/element/script/jsr223-timer.js';
import { AssertionResult, type Element, type Props, Sample } from '../../../src/model/index.js';
import { createCompileScript, noStandIns, parseStandIns } from '../../../src/script/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { place, takeSample } from '../../kit-element.js';

const compileScript = createCompileScript();
const env = () => undefined;
const user = (over = {}) => fakeUser({ test: fakeTest({ compileScript, workingDirectory: '/w', ...over }) });
const js = (script: string, more = {}) => ({ scriptLanguage: 'javascript', script, ...more });

async function sampled<P extends Props>(element: Element<P>, props: object, who = user()): Promise<Sample> {
  const self = place(element, { name: 'one', props: { ...props } });
  const sample = await takeSample(self, who);
  if (sample === undefined) throw new Error('no sample');
  return sample;
}

describe('JSR223 Sampler', () => {
  it('gives the value as data', async () => {
    const sample = await sampled(jsr223Sampler, js('Label + args.length + Parameters', { parameters: ' a  b ' }));
    expect([sample.code, sample.message, sample.success, sample.text, sample.dataType, sample.samplerData]).toEqual([
      '200',
      'OK',
      true,
      'one2 a  b ',
      'text',
      'Label + args.length + Parameters',
    ]);
  });

  it('leaves what the script set', async () => {
    const script = 'SampleResult.setResponseData("own", "UTF-8"); SampleResult.setSuccessful(false); "value"';
    const sample = await sampled(jsr223Sampler, js(script));
    expect([sample.text, sample.success, sample.code]).toEqual(['own', false, '200']);
  });

  it.each([
    [js('nope'), 'org.mozilla.javascript.EcmaError: ReferenceError: "nope" is not defined.'],
    [
      { scriptLanguage: 'cobol', script: '1' },
      "Cannot find engine named: 'cobol', ensure you set language field in JSR223 Test Element: one",
    ],
    [
      { scriptLanguage: 'jexl3', script: '1' },
      "Cannot find engine named: 'jexl3', ensure you set language field in JSR223 Test Element: one",
    ],
    [{}, 'Both script file and script text are empty for element:one'],
    [js('', { filename: 'absent.js' }), "Script file '/w/absent.js' is not a file for element: one"],
    [js('', { filename: './  ' }), "Script file '/w/./  ' is not a file for element: one"],
  ])('fails with 500: %j', async (props, message) => {
    const sample = await sampled(jsr223Sampler, props);
    expect([sample.code, sample.success, sample.message]).toEqual([
      '500',
      false,
      `javax.script.ScriptException: ${message}`,
    ]);
  });

  it('runs the text it was first given when it caches, the present one otherwise', async () => {
    const one = user();
    const run = async (cacheKey: string): Promise<string[]> => {
      const self = place(jsr223Sampler, { props: js('"${v}"', { cacheKey }) });
      const texts = [];
      for (const value of ['a', 'b']) {
        one.variables.put('v', value);
        texts.push((await takeSample(self, one))?.text ?? '');
      }
      return texts;
    };
    expect(await run('true')).toEqual(['a', 'a']);
    expect(await run('false')).toEqual(['a', 'b']);
  });

  it('runs a stand-in first', async () => {
    const standIns = await parseStandIns(
      'standins: [{ match: { name: one }, steps: [{ let: r, expr: "1+1" }] }]',
      'f',
      { env, compileScript },
    );
    const sample = await sampled(jsr223Sampler, { scriptLanguage: 'groovy', script: 'x' }, user({ standIns }));
    expect([sample.text, sample.code]).toEqual(['2', '200']);
  });
});

describe('JSR223 elsewhere', () => {
  it('pre- and post-processor write variables; a failure is logged only', () => {
    const who = user();
    who.previous = new Sample();
    who.previous.label = 'home';
    const run = (element: typeof jsr223PreProcessor | typeof jsr223PostProcessor, script: string): void => {
      const self = place(element, { name: 'p', props: js(script) });
      const props = self.props(who);
      if (element.before) element.before(props, who, self);
      else element.after?.(props, who, new Sample(), self);
    };
    run(jsr223PreProcessor, 'vars.put("pre", Label)');
    run(jsr223PostProcessor, 'vars.put("post", prev.getSampleLabel())');
    run(jsr223PreProcessor, 'nope()');
    expect([who.variables.get('pre'), who.variables.get('post')]).toEqual(['p', 'home']);
    expect((who.test.log as unknown as { lines: string[] }).lines).toEqual([
      expect.stringContaining(
        'ERROR o.a.j.m.JSR223PreProcessor: Problem in JSR223 script, p\njavax.script.ScriptException',
      ),
    ]);
  });

  it('assertion: what the script sets, an error when it fails', () => {
    const run = (script: string): AssertionResult => {
      const who = user();
      const self = place(jsr223Assertion, { name: 'a', props: js(script) });
      const result = new AssertionResult('a');
      jsr223Assertion.assert?.(self.props(who), who, new Sample(), result, self);
      return result;
    };
    expect(run('AssertionResult.setFailure(true); AssertionResult.setFailureMessage("no")')).toMatchObject({
      failure: true,
      error: false,
      message: 'no',
    });
    expect(run('nope')).toMatchObject({ failure: false, error: true, message: expect.stringContaining('"nope"') });
  });

  it('listener: sampleEvent and sampleResult', () => {
    const who = user();
    const self = place(jsr223Listener, {
      props: js('vars.put("l", sampleResult.getSampleLabel() + sampleEvent.getResult().getTime())'),
    });
    const sample = new Sample();
    sample.label = 'home';
    jsr223Listener.listen?.(self.props(who), { sample, user: who, variables: [] }, self);
    expect(who.variables.get('l')).toBe('home0');
  });

  it.each([
    ['250', 250],
    ['"250"', 250],
    ['1.5', 0],
    ['null', 0],
    ['"x"', 0],
    ['nope', 0],
  ])('timer: %s waits %d ms', (script, ms) => {
    const who = user();
    for (const timer of [jsr223Timer, bsfTimer]) {
      const self = place(timer as typeof jsr223Timer, { props: js(script) });
      expect((timer as typeof jsr223Timer).delay?.(self.props(who), who, self)).toBe(ms);
    }
  });
});

describe('BSF', () => {
  it('gives the value as data, also over what the script set', async () => {
    const sample = await sampled(bsfSampler, js('SampleResult.setResponseData("own", null); 10 / 2'));
    expect([sample.text, sample.code]).toEqual(['5', '200']);
  });
  it.each([
    [
      js('nope.foo()'),
      'org.apache.bsf.BSFException: JavaScript Error: Internal Error: org.mozilla.javascript.EcmaError: ReferenceError: "nope" is not defined.',
    ],
    [js('throw "x"'), 'org.apache.bsf.BSFException: JavaScript Error: x'],
    [js('if ('), 'org.apache.bsf.BSFException: JavaScript Error: Unexpected end of file'],
    [js('x y'), 'org.apache.bsf.BSFException: JavaScript Error: missing ; before statement'],
    [{ scriptLanguage: 'cobol', script: '1' }, 'org.apache.bsf.BSFException: unsupported language: cobol'],
    [{ scriptLanguage: '', script: '1' }, 'org.apache.bsf.BSFException: unsupported language: '],
    [{ scriptLanguage: 'jexl', script: '1' }, 'org.apache.bsf.BSFException: unsupported language: jexl'],
    [{ scriptLanguage: 'groovy', script: '1' }, 'org.apache.bsf.BSFException: unable to load language: groovy'],
    [js('', { filename: 'absent.js' }), 'java.io.FileNotFoundException: absent.js (No such file or directory)'],
  ])('fails with 500: %j', async (props, message) => {
    const sample = await sampled(bsfSampler, props);
    expect([sample.code, sample.message]).toEqual(['500', message]);
  });
  it('assertion: a script that fails is a failure and an error', () => {
    const who = user();
    const self = place(bsfAssertion, { props: js('throw "x"') });
    const result = new AssertionResult('a');
    bsfAssertion.assert?.(self.props(who), who, new Sample(), result, self);
    expect(result).toMatchObject({
      failure: true,
      error: true,
      message: 'org.apache.bsf.BSFException: JavaScript Error: x',
    });
  });
});

describe('check', () => {
  const context = { planFile: 'p.jmx', compileScript, standIns: noStandIns, property: () => undefined };
  const check = <P extends Props>(element: Element<P>, props: object) =>
    element.check?.(place(element, { props: { ...props } }).plan, context);
  it('wants a stand-in for what cannot run', () => {
    expect(check(jsr223Sampler, { script: 'x' })).toMatchObject([{ code: 'E301' }]);
    expect(check(jsr223Timer, { scriptLanguage: 'jython', script: 'x' })).toMatchObject([{ code: 'E301' }]);
    expect(check(bsfSampler, { scriptLanguage: 'beanshell', script: 'x' })).toMatchObject([{ code: 'E301' }]);
  });
  it('lets what fails in JMeter, too, fail in the run', () => {
    expect(check(jsr223Sampler, { scriptLanguage: 'cobol', script: 'x' })).toMatchObject([{ severity: 'warning' }]);
    expect(check(jsr223Sampler, {})).toEqual([]);
    expect(check(bsfSampler, { scriptLanguage: 'groovy', script: 'x' })).toEqual([]);
  });
  it('all twelve elements are there', () => {
    const tags = elements.all.flatMap((element) => element.tags).filter((tag) => /^(JSR223|BSF)/.test(tag));
    expect(tags).toHaveLength(12);
  });
});
