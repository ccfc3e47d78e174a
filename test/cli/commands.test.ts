import fs from 'node:fs';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workplace } from './binary.js';
import { data, plan, sleep, unknown } from './plans.js';

let at: Workplace;
beforeEach(() => {
  at = new Workplace();
});
afterEach(() => at.remove());

const rows = (text: string): string[] => text.trimEnd().split('\n').slice(1);

describe('meterless', () => {
  it('without a command says what there is', async () => {
    const [nothing, help] = await at.runAll([[], ['--help']]);
    expect(nothing).toMatchObject({ code: 2, out: '', err: expect.stringContaining('meterless run PLAN.jmx') });
    expect(help).toMatchObject({ code: 0, err: '', out: expect.stringContaining('meterless convert FROM.jmx') });
  });
  it('prints its version', async () => {
    const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
    for (const said of await at.runAll([['--version'], ['-v']]))
      expect(said).toMatchObject({ code: 0, out: `${version}\n` });
  });
  it('has help for each command, from the table of flags', async () => {
    const lines = [
      ['run', '--help'],
      ['check', '-h'],
      ['help', 'convert'],
      ['-n', '-?'],
    ];
    const said = await at.runAll(lines);
    for (const one of said) expect(one).toMatchObject({ code: 0, out: expect.stringContaining('Examples:') });
    expect(said[0]?.out).toContain('--connect-to HOST:PORT:HOST2:PORT2');
  });
  it('calls mistakes usage problems', async () => {
    const lines = [
      ['run'],
      ['run', 'a', 'b'],
      ['run', 'a', '--connect-to', 'x'],
      ['check'],
      ['convert', 'a'],
      ['mirror', '70000'],
      ['mirror', 'here'],
      ['-t', 'a.jmx'],
      ['-n'],
      ['-n', '-t', 'a', 'word'],
    ];
    const said = await at.runAll(lines);
    const mistake = { code: 2, out: '', err: expect.stringMatching(/^error E501: /) };
    for (const [i, args] of lines.entries()) expect(said[i], args.join(' ')).toMatchObject(mistake);
  });
  it('says what may have been meant', async () => {
    const meant = new Map([
      [['rn', 'p.jmx'], 'did you mean: meterless run\n'],
      [['plan.jmx'], 'did you mean: meterless run plan.jmx\n'],
      [['help', 'convret'], 'did you mean: meterless convert\n'],
      [['run', 'p.jmx', '--quite'], 'did you mean --quiet? meterless run --help lists the options'],
      [['-n', '-t', 'p.jmx', '--logfil=x'], 'did you mean --logfile? meterless -n --help lists the options'],
      [['frobnicate'], 'help: the commands are run, check, report, convert and mirror'],
      [['check', '--xyzzy'], 'help: meterless check --help lists the options'],
    ]);
    const said = await at.runAll([...meant.keys()]);
    for (const one of said)
      expect(one).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^error E501: /) });
    expect(said.map(({ err }) => err)).toEqual([...meant.values()].map((text) => expect.stringContaining(text)));
  });
});

describe('a plan that cannot be read', () => {
  const commands = (file: string): string[][] => [
    ['run', file],
    ['-n', '-t', file, '-l', 'out.jtl'],
    ['check', file],
    ['convert', file, 'to.jmx'],
  ];
  it('because it is missing, a directory, empty, broken or something else', async () => {
    at.write('empty.jmx', '');
    at.write('broken.jmx', plan('').slice(0, 600));
    at.write('other.jmx', '<project/>');
    // All commands read plans in the same way: each mistake once, and one of them by every command.
    const runs = ['none.jmx', '.', 'empty.jmx', 'other.jmx'].map((file) => ['run', file]);
    for (const { code, out, err } of await at.runAll([...runs, ...commands('broken.jmx')])) {
      expect(code).toBe(3);
      expect(out + err).toMatch(/^error E10\d: /);
      expect(out + err).not.toMatch(/^\s+at \S+ \(/m);
    }
    expect(at.has('out.jtl')).toBe(false);
  });
});

describe('a plan that cannot run', () => {
  it('is refused with element, line and path, in both command lines', async () => {
    at.write('p.jmx', plan(`${sleep('A', 1)}\n${unknown}`));
    const [ours, theirs, check] = await at.runAll([
      ['run', 'p.jmx', '-l', 'out.jtl'],
      ['-n', '-t', 'p.jmx', '-l', 'out.jtl'],
      ['check', 'p.jmx'],
    ]);
    for (const said of [ours, theirs]) {
      expect(said?.code).toBe(3);
      expect(said?.err).toContain('error E201: com.example.Unheard is not an element');
      expect(said?.err).toMatch(/at p\.jmx:\d+(:\d+)? in Plan ?\/ ?Users ?\/ ?Unheard/);
    }
    expect(at.has('out.jtl')).toBe(false);
    expect(check).toMatchObject({
      code: 3,
      err: '',
      out: expect.stringContaining('p.jmx: 1 error; the plan cannot run'),
    });
  });
  it('because of a call with too few arguments', async () => {
    at.write('p.jmx', plan(sleep('${__counter()}', 1)));
    const { code, err } = await at.run('-n', '-t', 'p.jmx', '-l', 'out.jtl');
    expect([code, at.has('out.jtl')]).toEqual([3, false]);
    expect(err).toContain('error E204');
  });
  it('passes the check otherwise', async () => {
    at.write('p.jmx', plan(sleep('A', 1)));
    expect(await at.run('check', 'p.jmx')).toMatchObject({
      code: 0,
      out: 'Users: 1 user from the start, until each is done\np.jmx: the plan runs\n',
      err: '',
    });
  });
});

describe('a run', () => {
  it('writes its results and shows the figures', async () => {
    at.write('p.jmx', plan(`${sleep('A', 1)}\n${sleep('B', 1)}`, { users: 2, loops: 3 }));
    const { code, out, err } = await at.run('run', 'p.jmx', '-l', 'sub/out.jtl', '-j', 'run.log');
    expect([code, err]).toEqual([0, '']);
    expect(rows(at.read('sub/out.jtl'))).toHaveLength(12);
    expect(out).toMatch(/^summary = +12 in /m);
    expect(out).toMatch(/^A +6 +0 /m);
    expect(out).toContain('results: sub/out.jtl\nrun log: run.log\n');
    expect(at.read('run.log')).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO o\.a\.j\.r\.Summariser: summary = /m,
    );
  });
  it('has the lines of JMeter in its command line, and its log', async () => {
    at.write('p.jmx', plan(sleep('A', 1)));
    const { code, out } = await at.run('-n', '-t', 'p.jmx', '-l', 'out.jtl', '-Jjmeterengine.nongui.port=0');
    expect(code).toBe(0);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/@ \d{4} [A-Z][a-z]{2} \d\d? \d\d:\d\d:\d\d UTC \(\d{13}\)$/, '@ DATE'));
    expect(lines.filter((line) => !line.startsWith('summary +'))).toEqual([
      'Creating summariser <summary>',
      'Created the tree successfully using p.jmx',
      'Starting standalone test @ DATE',
      expect.stringMatching(/^summary = {6}1 in 00:00:0\d = +[\d.*]+(\/s)? Avg: /),
      'Tidying up ...    @ DATE',
      '... end of run',
    ]);
    expect(at.has('jmeter.log')).toBe(true);
  });
  it('gives plans the properties of its flags', async () => {
    at.write('p.jmx', plan(sleep('${__P(name,none)} ${__P(file,none)} ${__P(user.dir)}', 1)));
    at.write('a.properties', 'name=from file\nfile=\\u00e9');
    await at.run('run', 'p.jmx', '-q', 'a.properties', '-Jname=given', '-l', 'out.jtl');
    expect(at.read('out.jtl')).toContain(`given é ${fs.realpathSync(at.folder)}`);
  });
  it('appends to its results, or begins anew with -f; says nothing with --quiet', async () => {
    at.write('p.jmx', plan(sleep('A', 1)));
    for (let i = 0; i < 2; i++)
      expect(await at.run('run', 'p.jmx', '-l', 'out.jtl', '--quiet')).toMatchObject({ code: 0, out: '', err: '' });
    expect(rows(at.read('out.jtl'))).toHaveLength(2);
    await at.run('-nf', '-t', 'p.jmx', '-l', 'out.jtl');
    expect(rows(at.read('out.jtl'))).toHaveLength(1);
  });
  it('without samples is a failure, but not in JMeter’s command line', async () => {
    at.write('p.jmx', plan(sleep('A', 1), { loops: 0 }));
    const [ours, theirs] = await at.runAll([
      ['run', 'p.jmx'],
      ['-n', '-t', 'p.jmx'],
    ]);
    expect(ours).toMatchObject({ code: 1, err: 'error E405: the run took no samples\n' });
    expect(theirs).toMatchObject({ code: 0, err: 'warning E405: the run took no samples\n' });
  });
});

describe('files of a run', () => {
  it('that cannot be opened end it before the first sample', async () => {
    at.write('p.jmx', plan(sleep('A', 1)));
    at.write('file', '');
    const [log, ...properties] = await at.runAll([
      ['run', 'p.jmx', '-j', 'file/run.log'],
      ...['-q', '-p', '-S'].map((flag) => ['run', 'p.jmx', flag, 'none']),
    ]);
    expect(log).toMatchObject({ code: 1, err: expect.stringContaining('E407') });
    for (const said of properties) {
      expect(said).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('error E403: the property file none cannot be read'),
      });
    }
  });
  it.skipIf(!fs.existsSync('/dev/full'))('on a full disk stop it', async () => {
    at.write('p.jmx', plan(sleep('A', 20), { loops: -1 }));
    const { code, err } = await at.run('run', 'p.jmx', '-l', '/dev/full');
    expect(code).toBe(1);
    expect(err).toContain('error E402: the results file /dev/full cannot be written: no space left');
    expect(err.split('\n')).toHaveLength(2);
  });
  it('of data that are missing end the users as in JMeter', async () => {
    at.write('p.jmx', plan(`${data('none.csv')}\n${sleep('A', 1)}`));
    const { code, err } = await at.run('run', 'p.jmx', '-l', 'out.jtl');
    expect(code).toBe(1);
    expect(err).toContain('none.csv');
  });
});

describe('convert', () => {
  it('writes the same bytes and never over a file unless told', async () => {
    const text = plan(`${sleep('A', 1)}\n${unknown}`);
    at.write('a.jmx', text);
    expect(await at.run('convert', 'a.jmx', 'b.jmx')).toMatchObject({ code: 0, err: '' });
    expect(at.read('b.jmx')).toBe(text);
    at.write('b.jmx', 'precious');
    expect(await at.run('convert', 'a.jmx', 'b.jmx')).toMatchObject({
      code: 2,
      err: expect.stringContaining('b.jmx exists already'),
    });
    expect(at.read('b.jmx')).toBe('precious');
    expect((await at.run('convert', '--force', 'a.jmx', 'b.jmx')).code).toBe(0);
    expect(at.read('b.jmx')).toBe(text);
    expect((await at.run('convert', 'a.jmx', 'none/b.jmx')).code).toBe(1);
  });
});

describe('mirror', () => {
  it('answers on its port until it is ended', async () => {
    const { server, port } = await taken();
    try {
      const { code, err } = await at.run('mirror', String(port), '--bind', '127.0.0.1');
      expect([code, err]).toEqual([1, expect.stringContaining(`error E409: port ${port} cannot be listened on`)]);
    } finally {
      server.close();
    }
    const running = at.start(['mirror', '0', '--bind', '127.0.0.1']);
    const line = await running.line(/listens on port (\d+)/);
    expect(await (await fetch(`http://127.0.0.1:${line[1]}/a?v`)).text()).toMatch(/^GET \/a\?v HTTP\/1.1\r\n/);
    await running.says('GET /a?v HTTP/1.1');
    running.kill('SIGTERM');
    expect((await running.ended).signal).toBe('SIGTERM');
  });
});

/** A port on which somebody listens. */
async function taken(): Promise<{ server: net.Server; port: number }> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, port: address !== null && typeof address === 'object' ? address.port : 0 };
}
