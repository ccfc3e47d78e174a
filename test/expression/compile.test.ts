import { describe, expect, it } from 'vitest';
import { compileExpression, fn } from '../../src/expression/index.js';
import { evaluate, Variables } from '../../src/model/index.js';
import { fakeUser } from '../kit.js';

const user = () => fakeUser({ variables: new Variables(new Map([['x', 'XX']])) });
const resolve = (text: string, one = user()): string => evaluate(compileExpression(text, { engineUser: one }), one);

describe('a text without references', () => {
  it.each(['', 'plain', 'a\\,b', '\\${x}', 'C:\\temp\\${x}', '${foo', '${', '$', 'a}b'])(
    '%s stays as it is written, backslashes included',
    (text) => {
      expect(compileExpression(text, { engineUser: user() })).toBe(text);
    },
  );
});

describe('a text with references', () => {
  it.each([
    ['a\\,b${x}', 'a,bXX'],
    ['\\${x}${x}', '${x}XX'],
    ['\\\\${x}', '\\XX'],
    ['\\n${x}\\', '\\nXX\\'],
    ['$${x}', '$XX'],
    ['abc${foo', 'abcfoo'],
    ['${foo(${x})}', '${foo(${x})}'],
    ['${__V(x,\\)y)}', 'XX'],
    ['${__P(no,(a))}', '(a)'],
    ['${__P(no,a\\\\\\,b\\$)}', 'a\\,b$'],
    ['${__P(no,{})}', '{}'],
    ['${__P(no,{${x}})}', '{XX}'],
    ['${__threadNum()\u00a0 }', '1'],
    ['a${x}b${x}c', 'aXXbXXc'],
    ['${x}b${x}', 'XXbXX'],
  ])('%s', (text, value) => {
    expect(resolve(text)).toBe(value);
  });

  it('sees variables as they are when it is evaluated', () => {
    const one = user();
    const text = compileExpression('<${x}>', { engineUser: one });
    one.variables.put('x', 'later');
    expect(evaluate(text, one)).toBe('<later>');
  });
});

describe('wrong calls', () => {
  it.each([
    ['${__intSum(1)}', '__intSum called with wrong number of parameters. Actual: 1. Expected at least: 2.'],
    ['${__UUID(1)}', '__UUID called with wrong number of parameters. Actual: 1. Expected: 0.'],
    ['${__P}', '__P called with wrong number of parameters. Actual: 0. Expected: >= 1 and <= 2'],
    ['${__P()}', '__P called with wrong number of parameters. Actual: 0. Expected: >= 1 and <= 2'],
    ['${__P(no,a(b,c)d)}', '__P called with wrong number of parameters. Actual: 3. Expected: >= 1 and <= 2'],
    ['x ${__P(a)b}', 'Expected } after __P function call in x ${__P(a)b}'],
    ['abc${__P(no,1', 'Expected } after __P function call in abc${__P(no,1'],
    ['${__P(no,${x)}', 'Expected } after __P function call in ${__P(no,${x)}'],
    ['${__P(a)\t}', 'Expected } after __P function call in ${__P(a)\t}'],
  ])('%s', (text, message) => {
    expect(() => resolve(text)).toThrow(message);
  });
  it('shows the first hundred characters of the text', () => {
    expect(() => resolve(`${'x'.repeat(120)}\${__P(a)b}`)).toThrow(/call in x{100}$/);
  });
  it('is reported as a problem', () => {
    expect(() => resolve('${__UUID(1)}')).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'E204' })] }),
    );
  });
});

describe('names of functions', () => {
  it('reports what looks like a function and is none, as it would be called', () => {
    const told: string[] = [];
    const unknown = (name: string) => told.push(name);
    const one = user();
    for (const text of [
      '${__nosuch}',
      '${__nosuch2(${x})}',
      '${ __nosuch3(1)}',
      '${__P(${__nosuch4})}',
      '${__threadNum ()}',
      '${x}',
      '${__time}',
    ])
      compileExpression(text, { engineUser: one, unknown });
    expect(told).toEqual(['__nosuch', '__nosuch2', '__nosuch3', '__nosuch4', '__threadNum ()']);
  });
  it('may come from elsewhere', () => {
    const own = fn({ name: '__own', min: 0, max: 0, usage: '', compile: () => () => 'mine' });
    const one = user();
    const text = compileExpression('${__own}', {
      engineUser: one,
      functions: (name) => (name === '__own' ? own : undefined),
    });
    expect(evaluate(text, one)).toBe('mine');
  });
});

describe('an occurrence of a function', () => {
  it('is one for all users', () => {
    const one = user();
    const two = user();
    const text = compileExpression('${__counter(FALSE)}/${__counter(TRUE)}', { engineUser: one });
    expect([one, two, one].map((who) => evaluate(text, who))).toEqual(['1/1', '2/1', '3/2']);
  });
  it('starts afresh each time __eval meets it', () => {
    const one = user();
    one.variables.put('t', '${__counter(FALSE)}');
    const text = compileExpression('${__eval(${t})}${__evalVar(t)}', { engineUser: one });
    expect([evaluate(text, one), evaluate(text, one)]).toEqual(['11', '11']);
  });
});

describe('function.cache.per.iteration', () => {
  it('evaluates a text once per user, sample and pass of the main loop', () => {
    const one = user();
    one.test.properties.set('function.cache.per.iteration', 'true');
    const text = compileExpression('${__counter(FALSE)}', { engineUser: one });
    expect([evaluate(text, one), evaluate(text, one)]).toEqual(['1', '1']);
    Object.assign(one, { iteration: 2 });
    expect([evaluate(text, one), evaluate(text, one)]).toEqual(['2', '2']);
    Object.assign(one, { previous: {} });
    expect(evaluate(text, one)).toBe('3');
  });
  it('does not hold outside of threads', () => {
    const engine = fakeUser({ threadName: '' });
    engine.test.properties.set('function.cache.per.iteration', 'true');
    const text = compileExpression('${__counter(FALSE)}', { engineUser: engine });
    expect([evaluate(text, engine), evaluate(text, engine)]).toEqual(['1', '2']);
  });
});
