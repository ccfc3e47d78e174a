import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closedPort, listen, upgrading } from '../protocol/websocket/server.js';
import { Workplace } from './binary.js';
import { data, listener, plan, sleep, websocket } from './plans.js';

let at: Workplace;
beforeEach(() => {
  at = new Workplace();
});
afterEach(() => at.remove());

/** Code and message of each sample of A in out.jtl. */
const samples = (): string[] =>
  at
    .read('out.jtl')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => /^\d+,\d+,A,(.*),Users 1-1,/.exec(row)?.[1]?.replaceAll('"', '') ?? row);

describe('a service that does wrong', () => {
  const answering = (bytes: Buffer, end = false) =>
    upgrading('', (socket) => {
      socket.once('data', () => (end ? socket.end(bytes) : socket.write(bytes)));
    });
  const status = (line: string) =>
    listen((socket) => socket.once('data', () => socket.end(`HTTP/1.1 ${line}\r\nContent-Length: 0\r\n\r\n`)));
  const TOO_LARGE =
    'Sampler error,Sampler error: java.lang.RuntimeException: Frame too large; Java does not support arrays longer than 2147483647 bytes.';
  const io = (what: string): string => `Websocket I/O error,WebSocket I/O error: ${what}`;
  const cases: readonly [what: string, port: () => Promise<number>, said: string, tls?: true][] = [
    ['a closed port', closedPort, io('Connection refused')],
    [
      'TLS to a port without',
      () => listen((socket) => socket.once('data', () => socket.end('what?\r\n'))),
      io('Socket is closed'),
      true,
    ],
    [
      '401',
      () => status('401 Unauthorized'),
      '401,Got unexpected status 401 with statusLine:HTTP/1.1 401 Unauthorized',
    ],
    ['503', () => status('503 Busy'), '503,Got unexpected status 503 with statusLine:HTTP/1.1 503 Busy'],
    [
      'an end within a frame',
      () => answering(Buffer.from([0x81, 10, 0x61, 0x62]), true),
      io('WebSocket protocol error: expected payload of length 10, but can only read 2 bytes'),
    ],
    ['garbage', () => answering(Buffer.alloc(30, 0xff)), TOO_LARGE],
    [
      'an unknown frame',
      () => answering(Buffer.from([0x83, 1, 1])),
      'Sampler error,Sampler error: java.lang.RuntimeException: unsupported frame type: 3',
    ],
    ['silence', () => upgrading(), io('Read timed out')],
    ['a frame without end', () => answering(Buffer.from([0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0, 1])), TOO_LARGE],
  ];
  it('costs samples, and the run goes on', async () => {
    const steps: string[] = [];
    for (const [, port, , tls] of cases) steps.push(websocket('A', await port(), tls));
    at.write('p.jmx', plan(steps.join('\n')));
    const { code, err } = await at.run('run', 'p.jmx', '-l', 'out.jtl');
    expect([code, err]).toEqual([0, '']);
    expect(samples()).toEqual(cases.map(([, , said]) => said));
  });
});

describe('data files', () => {
  it('that are empty or have too few columns give what they give in JMeter', async () => {
    at.write('short.csv', 'x\n');
    at.write('long.csv', 'y,z,more\n');
    at.write('empty.csv', '');
    const read = (name: string): string => data(`${name}.csv`).replace('>a<', `>${name}1,${name}2<`);
    const names = ['short', 'long', 'empty'];
    const shown = names.map((name) => sleep(`\${${name}1} \${${name}2}`, 1));
    at.write('p.jmx', plan([...names.map(read), ...shown].join('\n')));
    expect(await at.run('run', 'p.jmx', '-l', 'out.jtl')).toMatchObject({ code: 0, err: '' });
    const labels = at.read('out.jtl').match(/(?<=^\d+,\d+,)[^,]*/gm);
    expect(labels).toEqual(['x ${short2}', 'y z', '<EOF> <EOF>']);
  });
});

describe('the results file', () => {
  beforeEach(() => void at.write('p.jmx', plan(sleep('A', 1))));
  it('is made with its folders', async () => {
    expect((await at.run('-n', '-t', 'p.jmx', '-l', 'new/folders/out.jtl')).code).toBe(0);
    expect(at.read('new/folders/out.jtl')).toContain(',A,');
  });
  it('cannot be a directory, or in what is none', async () => {
    const bad = new Map([
      ['.', 'it is a directory'],
      ['p.jmx/out.jtl', 'a part of the path is not a directory'],
      ['p.jmx/sub/out.jtl', 'a part of the path is not a directory'],
      ...(fs.existsSync('/proc/version') ? ([['/proc/sub/out.jtl', 'no such file or directory']] as const) : []),
    ]);
    const ours = [...bad.keys()].map((file) => ['run', 'p.jmx', '-l', file]);
    const said = await at.runAll([['-n', '-f', '-t', 'p.jmx', '-l', '.'], ...ours]);
    const told = ['.', ...bad.keys()].map((file) => ({
      code: 1,
      err: `error E402: the results file ${file} cannot be written: ${bad.get(file)}\n`,
    }));
    expect(said).toMatchObject(told);
  });
  it('is never the plan', async () => {
    const files = ['p.jmx', './p.jmx', path.join(at.folder, 'p.jmx')];
    for (const said of await at.runAll(files.map((file) => ['run', 'p.jmx', '-f', '-l', file])))
      expect(said).toMatchObject({ code: 2, err: expect.stringContaining('is the plan itself') });
    expect(at.read('p.jmx')).toContain('<jmeterTestPlan');
  });
});

describe('files of listeners', () => {
  it.skipIf(!fs.existsSync('/dev/full'))('that cannot be written are told, and the run goes on', async () => {
    const own = ['/dev/full', '.', 'p.jmx/own.jtl'].map(listener).join('\n');
    at.write('p.jmx', plan(`${sleep('A', 1)}\n${own}`));
    const { code, err } = await at.run('run', 'p.jmx', '-l', 'out.jtl');
    expect(code).toBe(0);
    expect(err.trimEnd().split('\n').sort()).toEqual([
      'warning E402: the results file . cannot be written: it is a directory',
      'warning E402: the results file /dev/full cannot be written: no space left on the device; the samples from here on are not in it',
      'warning E402: the results file p.jmx/own.jtl cannot be written: a part of the path is not a directory',
    ]);
    expect(samples()).toHaveLength(1);
  });
  it('are begun anew with -f, as in JMeter', async () => {
    at.write('p.jmx', plan(`${sleep('A', 1)}\n${listener('own.jtl')}`));
    at.write('own.jtl', 'old\n');
    await at.run('run', 'p.jmx');
    expect(at.read('own.jtl')).toMatch(/^old\n/);
    await at.run('run', 'p.jmx', '-f');
    expect(at.read('own.jtl')).toMatch(/^timeStamp/);
  });
});

it.skipIf(!fs.existsSync('/dev/full'))('a run log on a full disk is told once and costs nothing', async () => {
  at.write('p.jmx', plan(sleep('A', 1)));
  expect(await at.run('run', 'p.jmx', '-j', '/dev/full')).toMatchObject({
    code: 0,
    err: 'warning E407: the run log /dev/full cannot be written: no space left on the device\n',
  });
});

it('a plan that is missing is told in one line', async () => {
  const lines = [
    ['run', 'none.jmx'],
    ['-n', '-t', 'none.jmx'],
  ];
  for (const said of await at.runAll(lines))
    expect(said).toMatchObject({ code: 3, err: 'error E101: none.jmx does not exist or cannot be opened\n' });
});

it('a DTD bomb and endless nesting are refused', async () => {
  at.write(
    'bomb.jmx',
    '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]>\n<jmeterTestPlan>&c;</jmeterTestPlan>',
  );
  at.write('deep.jmx', plan(`${'<hashTree>'.repeat(10_000)}${'</hashTree>'.repeat(10_000)}`));
  const [bomb, deep] = await at.runAll([
    ['run', 'bomb.jmx'],
    ['run', 'deep.jmx'],
  ]);
  expect(bomb).toMatchObject({ code: 3, err: expect.stringMatching(/^error E106: /) });
  expect(deep).toMatchObject({ code: 3, err: expect.stringMatching(/^error E107: /) });
});

it('Summarisers of the plan share the figures of the one that the command line adds', async () => {
  at.write('p.jmx', plan(`${sleep('A', 1)}\n${summariser('summary')}\n${summariser('other')}`));
  const { out } = await at.run('-n', '-t', 'p.jmx', '-l', 'out.jtl');
  const last = out.match(/^\S+ = +\d+ /gm) ?? [];
  // What two summarisers hear counts twice, as in JMeter.
  expect(last.map((line) => line.replace(/ +/g, ' '))).toEqual(['summary = 2 ', 'other = 1 ']);
});
const summariser = (name: string): string =>
  `<Summariser guiclass="SummariserGui" testclass="Summariser" testname="${name}"/>\n<hashTree/>`;
