import { expect, it } from 'vitest';
import type { PlanElement } from '../../src/jmx/index.js';
import { element, Sample } from '../../src/model/index.js';
import { el, group, plan, play, setup } from './plan-kit.js';

const seen: string[] = [];
/** The last samples that the samplers found. */
const before: (string | undefined)[] = [];
const sampler = element({
  tag: 'Look',
  gui: '',
  call: 'look',
  props: {},
  sample({ name }, user, { dataIsRead }) {
    seen.push(`${name} ${dataIsRead}`);
    before.push(user.previous?.label);
    const sample = new Sample();
    sample.label = name;
    return sample;
  },
});
const look = (name: string, ...children: PlanElement[]): PlanElement => el('Look', name, {}, ...children);

/** The names of the samplers of a plan, with whether anything can look at their data. */
async function played(...children: PlanElement[]): Promise<readonly string[]> {
  seen.length = before.length = 0;
  const { registry } = setup();
  const find: typeof registry.find = (one) => (one.tag === 'Look' ? sampler : registry.find(one));
  await play(plan(group('G', {}, ...children)), 1000, { registry: { ...registry, find } });
  return [...seen];
}

it('nothing looks at the data of samples unless it is told', async () => {
  expect(await played(look('A'), el('Timer', 'T', { ms: 0 }))).toEqual(['A false']);
});

it('post-processors, assertions and listeners look at the samples of their scope', async () => {
  for (const tag of ['Post', 'Assertion', 'Listener'])
    expect(await played(look('A', el(tag, 'x')), look('B'))).toEqual(['A true', 'B false']);
});

it('pre-processors, scripts and some functions can look at any sample before them', async () => {
  expect(await played(look('A'), look('B', el('Pre', 'x')))).toEqual(['A true', 'B true']);
  expect(await played(look('A'), el('JSR223Timer', 'x'))).toEqual(['A true']);
  expect(await played(look('A'), look('${__regexFunction(a,b)}'))).toContain('A true');
});

it('a listener that writes no data looks at none', async () => {
  const saving = (name: string): PlanElement => ({
    ...el('ResultCollector', name, {}),
    properties: [{ kind: 'string', name: 'filename', place: {}, text: '' }],
  });
  expect(await played(look('A'), saving('View'), el('Summariser', 'S'))).toEqual(['A false']);
});

it('a sample is let go after its step, unless a script may ask for it', async () => {
  await played(look('A'), look('B'));
  expect(before).toEqual([undefined, undefined]);
  for (const tag of ['JSR223PostProcessor', 'JSR223Assertion', 'JSR223Listener', 'BSFPostProcessor', 'BSFListener']) {
    await played(look('A'), look('B'), look('C', el(tag, 'x', { scriptLanguage: 'jexl3', script: '1' })));
    expect(before).toEqual([undefined, 'A', 'B']);
  }
});
