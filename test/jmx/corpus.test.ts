import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isDocument, printDocument, readPlanFile, type XmlElement } from '../../src/jmx/index.js';

const corpus = path.resolve('../shared/corpus');

// Public plans that are not part of the project.
const there = fs.existsSync(corpus);
if (!there) console.info('Left out: the public plans that stand beside the checkout where it is developed.');
it.skipIf(!there)('every plan of the corpus beside the checkout prints back byte for byte', () => {
  const count = { nodes: 0, raw: 0 };
  for (const name of fs.readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.jmx')) continue;
    const file = path.join(corpus, name);
    const result = readPlanFile(file);
    if (!isDocument(result)) expect.fail(`${name}: ${result[0]?.text}`);
    expect(printDocument(result).equals(fs.readFileSync(file)), name).toBe(true);
    tally(result.root, count);
  }
  expect(count.nodes).toBeGreaterThan(10_000);
  // Printing is XStream's, not an echo of the source.
  expect(count.raw / count.nodes).toBeLessThan(0.01);
});

function tally(element: XmlElement, count: { nodes: number; raw: number }): void {
  count.nodes++;
  if (element.raw) count.raw++;
  for (const child of element.children) tally(child, count);
}
