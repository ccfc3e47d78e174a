/** Runs golden cases through the built command in JMeter's letters and holds what it wrote against the recordings. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compareRows, compareSamples, recordedRows, rowsOf, samplesOf } from './compare.js';
import { World } from './world.js';

/** A plan beside its recordings, in `cases/<area>/<name>.jmx`. */
export interface Case {
  readonly area: string;
  readonly name: string;
  readonly folder: string;
  readonly spec: Spec;
}
/** `<name>.json`: what a case needs beside its plan. */
interface Spec {
  readonly args?: readonly string[];
  /** Ports that answer, beside the usual ones. */
  readonly ports?: readonly number[];
  /** JMeter stops before the first sample: no result file. */
  readonly nothing?: boolean;
}

/** `refused` is an honest "cannot run" (exit code 3 with a message); all but `same` say why. */
export interface Verdict {
  readonly verdict: 'same' | 'different' | 'refused' | 'crashed' | 'late';
  readonly detail: readonly string[];
}

export interface RunOptions {
  /** The built command, `dist/cli.js`. */
  readonly cli: string;
  /** Seconds one run of a case may take. */
  readonly limit: number;
  /** Runs a case for each of its recordings; else only for the XML, which tells more, unless the case is about CSV. */
  readonly every?: boolean;
}

export function findCases(root: string): Case[] {
  const areas = fs.readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return areas.flatMap(({ name: area }) => {
    const folder = path.join(root, area);
    const plans = fs.readdirSync(folder).filter((file) => file.endsWith('.jmx') && !file.endsWith('.part.jmx'));
    return plans.sort().map((file) => {
      const name = file.slice(0, -'.jmx'.length);
      const spec = path.join(folder, `${name}.json`);
      return { area, name, folder, spec: fs.existsSync(spec) ? JSON.parse(fs.readFileSync(spec, 'utf8')) : {} };
    });
  });
}

export async function check(one: Case, options: RunOptions): Promise<Verdict> {
  const recorded = path.join(one.folder, one.name);
  const hasXml = fs.existsSync(`${recorded}.xml`);
  const kinds = !hasXml ? [CSV] : options.every || ABOUT_CSV.test(one.name) ? [CSV, XML] : [XML];
  for (const kind of kinds) {
    const run = await runOnce(one, kind, options);
    const verdict = unfinished(one, run, options) ?? compared(one, kind, run);
    if (verdict.verdict !== 'same') return verdict;
  }
  return { verdict: 'same', detail: [] };
}

const ABOUT_CSV = /^(?:jtl|csv)-/;

function compared({ folder, name, spec }: Case, kind: Kind, run: Ran): Verdict {
  const recorded = fs.readFileSync(path.join(folder, `${name}.${kind.extension}`), 'utf8');
  const detail =
    kind === CSV
      ? compareRows(recordedRows(recorded), rowsOf(run.jtl, delimiterOf(spec), run.folder))
      : compareSamples(samplesOf(recorded, run.folder), samplesOf(run.jtl, run.folder));
  return { verdict: detail.length === 0 ? 'same' : 'different', detail };
}

function unfinished({ spec }: Case, run: Ran, { limit }: RunOptions): Verdict | undefined {
  if (run.late) return { verdict: 'late', detail: [`still running after ${limit} s`] };
  if (spec.nothing) {
    if (run.jtl === '') return { verdict: 'same', detail: [] };
    return { verdict: 'different', detail: ['a run that must end before its first sample'] };
  }
  if (run.code === 3) return { verdict: 'refused', detail: run.said };
  if (run.jtl === '') return { verdict: 'crashed', detail: [`exit ${run.code}`, ...run.said] };
  return undefined;
}

interface Ran {
  readonly code: number | null;
  readonly late: boolean;
  readonly jtl: string;
  /** What stood on the terminal, its lines without blank ones. */
  readonly said: readonly string[];
  readonly folder: string;
}

/** One run in a copy of the case's folder, with a world of its own behind all the ports that the recording had open. */
async function runOnce(one: Case, kind: Kind, { cli, limit }: RunOptions): Promise<Ran> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'golden-'));
  const world = new World(folder);
  try {
    copyCase(one, folder);
    fs.writeFileSync(path.join(folder, 'golden.properties'), kind.properties);
    const jtl = path.join(folder, `out.jtl.${kind.extension}`);
    const args = ['-n', '-t', path.join(folder, `${one.name}.jmx`), '-l', jtl, '-j', path.join(folder, 'run.log')];
    args.push('-q', path.join(folder, 'golden.properties'), RECORDED_AGENT, ...(one.spec.args ?? []));
    args.push(...connectTo(await world.listen(), one.spec).flatMap((rule) => ['--connect-to', rule]));
    const { code, late, output } = await execute(process.execPath, [cli, ...args], folder, limit);
    const said = output.split('\n').filter((line) => line.trim() !== '');
    return { code, late, said, folder, jtl: fs.existsSync(jtl) ? fs.readFileSync(jtl, 'utf8') : '' };
  } finally {
    await world.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The plan and the data files beside it; other plans and recordings are not part of what a plan may see. */
function copyCase({ name, folder }: Case, to: string): void {
  const files = fs.readdirSync(folder);
  const plans = new Set(files.filter((file) => file.endsWith('.jmx') && !file.endsWith('.part.jmx')));
  const recording = (file: string): boolean => plans.has(file.replace(/\.(csv|xml|json|jmx)$/, '.jmx'));
  for (const file of files) {
    if (file === `${name}.jmx` || !recording(file)) fs.copyFileSync(path.join(folder, file), path.join(to, file));
  }
}

/** The JMeter that made the recordings had HttpClient 4.5.13 beside it, where 5.6.3 as it is published has 4.5.14. */
const RECORDED_AGENT = '-Jhttpclient4.user_agent=Apache-HttpClient/4.5.13 (Java/17.0.15)';

const USUAL_PORTS = [80, 443, 1883, 8080, 8443, 7777];
/** A multicast address: connecting to it is "Network is unreachable" on every Linux. */
const UNREACHABLE = '224.0.0.1';
/** Nothing answers on port 1. */
const CLOSED = '127.0.0.1:1';

/** Names that no resolver accepts, and an address on which nobody listened. */
const UNTOUCHED = ['${nohost}', '${nope}', 'a b', 'a..b', `${'a'.repeat(64)}.test`, 'müller.test', '[::1]'];
/**
 * The network of the recordings, as rules of which the first that fits counts: one host without a route, the names above, and
 * every other name is this machine, where only some ports are open.
 */
const connectTo = (port: number, { ports = [] }: Spec): string[] => [
  `10.1.2.3::${UNREACHABLE}:`,
  ...UNTOUCHED.map((name) => `${name}::${name}:`),
  ...[...USUAL_PORTS, ...ports].map((open) => `:${open}:127.0.0.1:${port}`),
  `::${CLOSED}`,
];

function execute(
  command: string,
  args: readonly string[],
  cwd: string,
  limit: number,
): Promise<{ readonly code: number | null; readonly late: boolean; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, TZ: 'UTC', LANG: 'en_US.UTF-8', NO_COLOR: '1' };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limit * 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        output += data;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, late, output });
    });
  });
}

/** The delimiter that a case asks for; `\t` is a tab. */
function delimiterOf({ args = [] }: Spec): string {
  const given = /default_delimiter=(.+)/.exec(args.join('\n'))?.[1] ?? ',';
  return given.replace('\\t', '\t');
}

interface Kind {
  readonly extension: string;
  readonly properties: string;
}
const SAVED = {
  timestamp_format: 'ms',
  print_field_names: 'true',
  assertion_results_failure_message: 'true',
  sample_count: 'true',
  encoding: 'true',
  url: 'true',
  filename: 'false',
  hostname: 'false',
  thread_counts: 'true',
  bytes: 'true',
  sent_bytes: 'true',
  idle_time: 'true',
  connect_time: 'true',
  latency: 'true',
};
const SAVED_AS_XML = {
  ...SAVED,
  output_format: 'xml',
  response_data: 'true',
  'response_data.on_error': 'false',
  samplerData: 'true',
  requestHeaders: 'true',
  responseHeaders: 'true',
  assertion_results: 'all',
  subresults: 'true',
};
const propertiesOf = (saved: Readonly<Record<string, string>>): string => {
  const lines = Object.entries(saved).map(([key, value]) => `jmeter.save.saveservice.${key}=${value}`);
  return `${[...lines, 'summariser.name=', 'jmeter.reportgenerator.statistic_window=20000'].join('\n')}\n`;
};
const CSV: Kind = { extension: 'csv', properties: propertiesOf(SAVED) };
const XML: Kind = { extension: 'xml', properties: propertiesOf(SAVED_AS_XML) };
