/** JMeter's own batch plans give the files that JMeter must write, and a log without warnings. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MirrorServer } from '../../src/protocol/index.js';

const here = path.dirname(new URL(import.meta.url).pathname);
const folder = path.join(here, 'jmeter-batch');
const cli = path.resolve(here, '../../dist/cli.js');

/** What a plan needs beside the flags that all have. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  TEST_HTTP_HttpClient4: ['-Jjmeter.httpsampler=HttpClient4'],
  Bug54685: ['-Jsample_variables=REFERENCE,JSESSIONID'],
};

/** JMeter's mirror, on which the plans call on port 8081, and what stands in for www.example.org: it compresses when asked. */
const mirror = new MirrorServer();
const example = http.createServer(({ headers }, response) => {
  const zipped = headers['accept-encoding'] === 'gzip';
  if (zipped) response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Type', 'text/html');
  response.end(zipped ? zlib.gzipSync('<h1>Example Domain</h1>') : '<h1>Example Domain</h1>');
});
let network: readonly string[] = [];
beforeAll(async () => {
  const port = await mirror.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => example.listen(0, '127.0.0.1', resolve));
  const address = example.address();
  const examplePort = address !== null && typeof address === 'object' ? address.port : 0;
  const rules = [
    `localhost:8081:127.0.0.1:${port}`,
    `www.example.org:80:127.0.0.1:${examplePort}`,
    ':8082:127.0.0.1:1',
  ];
  network = rules.flatMap((rule) => ['--connect-to', rule]);
});
afterAll(async () => {
  await mirror.close();
  example.close();
});

const plans = fs
  .readdirSync(path.join(folder, 'testfiles'))
  .flatMap((file) => (file.endsWith('.csv') ? [file.slice(0, -'.csv'.length)] : []));

it.concurrent.each(plans)('%s', { timeout: 60_000 }, async (name) => {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'batch-'));
  try {
    fs.cpSync(folder, work, { recursive: true });
    await run(name, work);
    const written = (file: string): string => text(path.join(work, file));
    const expected = (extension: string): string => text(expectedFile(`${name}.${extension}`));
    expect(written(`${name}.csv`)).toBe(expected('csv'));
    expect(parsed(written(`${name}.xml`))).toEqual(parsed(expected('xml')));
    expect(
      written(`${name}.log`)
        .split('\n')
        .filter((line) => /\b(WARN|ERROR)\b/.test(line)),
    ).toEqual([]);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
});

/** What JMeter 5.6.3 was seen to write goes before the file that lies beside a plan which JMeter's build does not run. */
function expectedFile(file: string): string {
  const seen = path.join(here, 'jmeter-5.6.3', file);
  return fs.existsSync(seen) ? seen : path.join(folder, 'testfiles', file);
}

async function run(name: string, cwd: string): Promise<void> {
  const plan = name.replace(/_HttpClient4$/, '');
  const files = ['-q', 'testfiles/jmeter-batch.properties', '-n', '-t', `testfiles/${plan}.jmx`, '-j', `${name}.log`];
  const standIns = path.join(here, `${plan}.standins.yaml`);
  const scripts = fs.existsSync(standIns) ? ['--standins', standIns] : [];
  const flags = [
    '-l',
    `${name}.jtl`,
    '-Jmodule=Module',
    `-JCSVFILE=${plan}.csv`,
    ...(FLAGS[name] ?? []),
    ...scripts,
    ...network,
  ];
  await promisify(execFile)(process.execPath, [cli, ...files, ...flags], {
    cwd,
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });
}

const text = (file: string): string => fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n');

interface Node {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Node | string)[];
}

/** The document as a tree: how a character was escaped, and blanks between tags, make no difference. */
function parsed(xml: string): Node {
  const parser = new SaxesParser();
  const root: Node = { tag: '', attributes: {}, children: [] };
  const open = [root];
  const add = (child: Node | string): void => void open.at(-1)?.children.push(child);
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { tag: name, attributes: { ...attributes } as Record<string, string>, children: [] };
    add(node);
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (given) => {
    if (given.trim() !== '') add(given);
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return root;
}
