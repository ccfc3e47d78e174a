/** Every golden case writes what JMeter 5.6.3 wrote, or is refused by the name of what a later version brings. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { later } from './later.js';
import { check, findCases } from './run.js';

const here = path.dirname(new URL(import.meta.url).pathname);
const cli = path.resolve(here, '../../dist/cli.js');
const limit = 30;
const cases = findCases(path.join(here, 'cases'));

beforeAll(() => {
  if (!fs.existsSync(cli)) throw new Error('dist/cli.js is missing: npm run build');
});

for (const area of new Set(cases.map((one) => one.area))) {
  describe(area, () => {
    for (const one of cases.filter((other) => other.area === area)) {
      const missing = later[`${area}/${one.name}`];
      const says = missing === undefined ? '' : ` is refused: ${missing}`;
      it.concurrent(`${one.name}${says}`, { timeout: 3 * limit * 1000 }, async () => {
        const { verdict, detail } = await check(one, { cli, limit });
        if (missing === undefined) expect({ verdict, detail }).toEqual({ verdict: 'same', detail: [] });
        else {
          expect(verdict).toBe('refused');
          expect(detail.join('\n')).toContain(missing);
        }
      });
    }
  });
}

it('lists no case that is not there', () => {
  const names = new Set(cases.map(({ area, name }) => `${area}/${name}`));
  expect(Object.keys(later).filter((name) => !names.has(name))).toEqual([]);
});
