import { describe, expect, it } from 'vitest';
import { createCompileScript } from '../../src/script/index.js';
import { el, group, labels, plan, play, probe } from './plan-kit.js';

/** Adds a letter to the property `seen` whenever it is evaluated; nothing itself. */
const mark = (letter: string): string => `\${__setProperty(seen,\${__P(seen,)}${letter},)}`;
const SEEN = `\${__P(seen,)}`;

const settings = {
  num_threads: `2${mark('t')}`,
  ramp_time: `0${mark('r')}`,
  on_sample_error: `continue${mark('e')}`,
  same_user_on_next_iteration: `true${mark('s')}`,
};

// What each plan here gives was recorded with JMeter.
it('a thread group’s settings: once for the engine, once for the group, and for each user', async () => {
  const ran = await play(plan(group(`S${mark('n')}`, { ...settings }, probe(SEEN))));
  expect(labels(ran)[0]).toBe('nteeeentreeeenseeeensn');
});

it('a scheduler’s times: each twice for each user', async () => {
  const times = { scheduler: `true${mark('c')}`, delay: `0${mark('d')}`, duration: `9${mark('u')}` };
  const ran = await play(plan(group('G', { ...times, threads: 2 }, probe(SEEN))));
  expect(labels(ran)[0]).toBe('cdduucdduu');
});

it('users of a delayed start: when they begin, the times once for all', async () => {
  const times = { scheduler: `true${mark('c')}`, delay: `0${mark('d')}`, duration: `9${mark('u')}` };
  const late = { ...settings, ...times, ramp_time: `2${mark('r')}`, delayedStart: true };
  const ran = await play(plan(group(`D${mark('n')}`, late, probe(SEEN))));
  expect(labels(ran)).toEqual(['nteeeentrncdutreeeensn', 'nteeeentrncdutreeeensnneeeensn']);
});

it('a thread group’s name: by the user’s start, and for each sample that listeners hear', async () => {
  const tx = el('TransactionController', 'X', { 'TransactionController.parent': true }, probe(SEEN), probe(SEEN));
  const ran = await play(plan(group(`E${mark('n')}`, { loops: 2 }, probe(SEEN), tx)));
  const inside = ran.samples.flatMap(({ label, subSamples = [] }) =>
    label === 'X' ? subSamples.map((sub) => sub.label) : [label],
  );
  expect(inside.map(({ length }) => length)).toEqual([4, 5, 6, 8, 9, 10]);
});

it('a thread group’s name is what the thread makes of it, for functions that ask', async () => {
  const name = `\${__threadGroupName}`;
  const ran = await play(plan(group(`N\${__counter(FALSE,)}`, { loops: 2 }, probe(`${name} ${name}`))));
  expect(labels(ran)).toEqual(['N5 N6', 'N8 N9']);
  expect(ran.rows[0]).toContain('N3 1-1');
});

it('an If Controller’s name: only for a condition in JavaScript, after it', async () => {
  const when = (more: Record<string, string | boolean>) =>
    el('IfController', `I${mark('n')}`, { 'IfController.useExpression': false, ...more }, probe(SEEN));
  const script = when({ 'IfController.condition': `1==1${mark('c')}` });
  const plain = when({ 'IfController.condition': `true${mark('c')}`, 'IfController.useExpression': true });
  const ran = await play(plan(group('G', {}, script, plain)), 60_000, { compileScript: createCompileScript() });
  expect(labels(ran)).toEqual(['cn', 'cnc']);
});

describe('what a thread evaluates when it is made', () => {
  const named = el('TransactionController', `T\${__counter(FALSE)}`, {}, probe('a'));
  const names = async (settings: Record<string, boolean>): Promise<string[]> =>
    labels(await play(plan(group('G', { threads: 2, ramp_time: 4, ...settings }, named)))).filter((l) => l !== 'a');

  // As JMeter has it: each pass evaluates the name once more, behind those of all the threads that were made before.
  it('comes before the ramp-up', async () => {
    expect(await names({})).toEqual(['T3', 'T4']);
  });
  it('unless it is made when it begins', async () => {
    expect(await names({ delayedStart: true })).toEqual(['T2', 'T4']);
  });
});
