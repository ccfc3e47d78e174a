import { expect, it } from 'vitest';
import { Properties } from '../../src/model/index.js';
import { el, group, plan, play, probe, type Ran } from './plan-kit.js';

const change = (text: string) => el('Change', text);
const codes = ({ rows }: Ran): string[] => rows.map((row) => row.split(' ').slice(0, 2).join(' '));

/** Changes something in the first pass only. */
async function firstPass(text: string): Promise<Ran> {
  const properties = new Properties();
  properties.set('pass1', text);
  const first = change(`\${__P(pass\${__counter(TRUE,)},)}`);
  return play(plan(group('G', { loops: 2 }, probe('A', {}, first), probe('B'))), 60_000, { properties });
}

it('a pre-processor changes the sampler for this one user, whatever the plan says there', async () => {
  const a = probe('A', {}, change('code=201'));
  const b = probe('B', { code: `\${__P(none,5)}` }, change('code=${__threadNum}'));
  const ran = await play(plan(group('G', { threads: 2 }, a, b, probe('C'))));
  expect(codes(ran).toSorted()).toEqual(['A 201', 'A 201', 'B 1', 'B 2', 'C 200', 'C 200']);
});

it('a change lasts until the sample is over', async () => {
  expect(codes(await firstPass('code=201'))).toEqual(['A 201', 'B 200', 'A 200', 'B 200']);
  expect(codes(await firstPass('nothing=true'))).toEqual(['B 200', 'A 200', 'B 200']);
});

it('a sample that is lost leaves the change in place', async () => {
  expect(codes(await firstPass('throws=oh'))).toEqual(['B 200', 'B 200']);
});
