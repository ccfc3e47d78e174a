import { describe, expect, it } from 'vitest';
import { randomVariableConfig } from '../../src/element/config/random-variable-config.js';
import { javaSampler } from '../../src/element/sampler/java-sampler.js';
import { bsfSampler } from '../../src/element/script/bsf-sampler.js';
import { connectAnew } from '../../src/element/websocket/connection.js';
import { Variables } from '../../src/model/index.js';
import { createCompileScript } from '../../src/script/index.js';
import { fakeTest, fakeUser } from '../kit.js';
import { place } from '../kit-element.js';

/** A user who notes which variables are asked for: each is one evaluation of the text that holds it. */
function noting() {
  const asked: string[] = [];
  const test = fakeTest({ compileScript: createCompileScript() });
  class Noting extends Variables {
    override get(name: string): string | undefined {
      asked.push(name);
      return super.get(name) ?? '';
    }
  }
  const user = fakeUser({ variables: new Noting(new Map()), test });
  return { asked, user };
}
const only = (asked: readonly string[], ...names: string[]): string[] => asked.filter((name) => names.includes(name));

describe('How often JMeter evaluates', () => {
  it.each([
    ['x', ['name']],
    ['1', []],
    ['', []],
  ])('the name of a Random Variable: for its warning alone (seed %j)', (randomSeed, names) => {
    const { asked, user } = noting();
    const props = { variableName: 'v', minimumValue: '1', maximumValue: '9', randomSeed };
    const self = place(randomVariableConfig, { name: `a\${name}`, props });
    randomVariableConfig.threadMade?.(self.props(user), user, self);
    for (const number of [1, 2])
      randomVariableConfig.iterationStart?.(self.props(user), user, { loop: true, number }, self);
    expect(only(asked, 'name')).toEqual(names);
  });

  it('the names of the arguments of a Java Request: twice, the values once, and those of known names never', async () => {
    const { asked, user } = noting();
    const argument = (name: string, value: string) => ({ 'Argument.name': name, 'Argument.value': value });
    const rows = [argument(`Label\${k1}`, `x\${v1}`), argument(`Label\${k2}`, `y\${v2}`), argument('Sleep_Time', '0')];
    const classname = 'org.apache.jmeter.protocol.java.test.JavaTest';
    const self = place(javaSampler, { props: { classname, arguments: { 'Arguments.arguments': rows } } });
    expect(await javaSampler.sample?.(self.props(user), user, self)).toMatchObject({ label: 'x' });
    expect(only(asked, 'k1', 'v1', 'k2', 'v2')).toEqual(['k1', 'k1', 'v1', 'k2']);
  });

  it('the name of a BSF Sampler: for the sample and for the script, after its properties', async () => {
    const { asked, user } = noting();
    const props = { scriptLanguage: 'javascript', script: `1\${script}` };
    const self = place(bsfSampler, { name: `a\${name}`, props });
    await bsfSampler.sample?.(self.props(user), user, self);
    expect(only(asked, 'name', 'script')).toEqual(['script', 'name', 'name']);
  });

  it('the name of a WebSocket sampler: once more when it replaces a connection', () => {
    const { user } = noting();
    let names = 0;
    const given = {
      ...{ tls: false, server: '127.0.0.1', port: '80', path: '/', connectTimeout: '1' },
      get name() {
        names++;
        return 'a';
      },
    };
    const connection = connectAnew(given, user, { connection: undefined });
    expect(names).toBe(0);
    connectAnew(given, user, { connection });
    expect(names).toBe(1);
  });
});
