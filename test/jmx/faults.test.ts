import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDocument, printDocument, readPlanFile } from '../../src/jmx/index.js';
import { formatProblem } from '../../src/problem.js';
import { document, planWith, problemsOf } from './kit.js';

describe('a file that is no plan', () => {
  it.each([
    ['empty', '', 'E109', '1:1'],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'E103', '1:1'],
    ['UTF-16', Buffer.from('\ufeff<jmeterTestPlan/>', 'utf16le'), 'E103', '1:1'],
    ['noise', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x41, 0x42, 0x43, 0x44, 0x45]), 'E103', '1:1'],
    ['prose', 'hello\n', 'E104', '1:1'],
    ['blank', ' \n', 'E104', '1:1'],
    ['a web page', '<html><body><br></body></html>', 'E105', '1:1'],
    ['a plan of JMeter 1', '<?xml version="1.0"?>\n<node><testelement class="x"/></node>', 'E105', '2:1'],
    ['results', '<testResults version="1.2"></testResults>', 'E105', '1:1'],
    ['a DOCTYPE', '<!DOCTYPE jmeterTestPlan SYSTEM "x.dtd"><jmeterTestPlan/>', 'E106', '1:1'],
    [
      'an entity bomb',
      `<?xml version="1.0"?>\n<!DOCTYPE b [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(50)}">]><jmeterTestPlan>&b;</jmeterTestPlan>`,
      'E106',
      '2:1',
    ],
  ])('%s', (_, source, code, place) => {
    const found = problemsOf(source);
    expect(found).toHaveLength(1);
    expect(found[0]?.code).toBe(code);
    expect(formatProblem(found[0] ?? expect.fail())).toContain(`plan.jmx:${place}: error ${code}`);
  });
});

describe('size', () => {
  it('refuses 10,000 levels', () => {
    const deep = `<jmeterTestPlan>${'<hashTree>'.repeat(10_000)}${'</hashTree>'.repeat(10_000)}</jmeterTestPlan>`;
    expect(problemsOf(deep)).toMatchObject([{ code: 'E107', place: { line: 1, column: 10_007 } }]);
  });

  it('refuses a million open tags', () =>
    expect(problemsOf(`<jmeterTestPlan>${'<a>'.repeat(1e6)}`)).toMatchObject([{ code: 'E107' }]));

  it('reads and prints nearly 1,000 levels', () => {
    let inner = '<stringProp name="s">x</stringProp>';
    for (let i = 0; i < 990; i++) inner = `<collectionProp name="c">${inner}</collectionProp>`;
    const source = planWith(inner);
    expect(printDocument(document(source)).toString()).toBe(source);
  });

  it('reads and prints a long text', () => {
    const source = planWith(`<stringProp name="a">${'x'.repeat(2e7)}&amp;</stringProp>`);
    expect(printDocument(document(source)).length).toBe(source.length);
  });
});

describe('a file that cannot be opened', () => {
  let folder = '';
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meterless-'));
    fs.writeFileSync(path.join(folder, 'plan.jmx'), planWith(''));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it.each([
    ['missing.jmx', 'E101'],
    ['plan.jmx/inside', 'E101'],
    ['a\0b', 'E101'],
    ['.', 'E102'],
  ])('%j', (name, code) => {
    const file = `${folder}/${name}`;
    expect(readPlanFile(file)).toMatchObject([{ code, place: { file } }]);
  });

  it.skipIf(!fs.existsSync('/dev/zero'))('a device', () =>
    expect(readPlanFile('/dev/zero')).toMatchObject([{ code: 'E101' }]),
  );

  it('but one that can is read', () => expect(isDocument(readPlanFile(path.join(folder, 'plan.jmx')))).toBe(true));
});
