import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/flags.js';
import { parseFlags } from '../../src/cli/parse-flags.js';
import { ProblemError } from '../../src/problem.js';

const parse = (args: readonly string[], command: Command = 'jmeter') => {
  const { given, words } = parseFlags(command, args);
  return [...given.map(({ flag, name, value }) => [flag, name, value].filter(Boolean).join(' ')), ...words];
};
const refused = (args: readonly string[], command: Command = 'jmeter'): string => {
  try {
    parse(args, command);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0].text;
    throw error;
  }
  return 'parsed';
};

describe("JMeter's command line", () => {
  it('takes values attached, after = and from the next argument', () => {
    expect(parse(['-n', '-tplan.jmx', '-l=out.jtl', '-j', 'run.log'])).toEqual([
      'nongui',
      'plan plan.jmx',
      'results out.jtl',
      'log run.log',
    ]);
  });
  it('splits clusters, of which the last may take a value', () => {
    expect(parse(['-nt', 'plan.jmx'])).toEqual(['nongui', 'plan plan.jmx']);
    expect(parse(['-nft=plan.jmx'])).toEqual(['nongui', 'deleteResults', 'plan plan.jmx']);
  });
  it('takes long names with = or with the next argument', () => {
    expect(parse(['--nongui', '--testfile=a.jmx', '--logfile', '-odd.jtl'])).toEqual([
      'nongui',
      'plan a.jmx',
      'results -odd.jtl',
    ]);
  });
  it('reads NAME=VALUE flags in all of their spellings', () => {
    expect(parse(['-Ja=1', '-J', 'b=2', '--jmeterproperty=c=3', '--jmeterproperty', 'd=4', '-Je=x=y'])).toEqual([
      'property a 1',
      'property b 2',
      'property c 3',
      'property d 4',
      'property e x=y',
    ]);
  });
  it('takes the next argument as value of -Jname unless it starts with a dash', () => {
    expect(parse(['-Jfoo', 'bar', '-Jgone', '-n', '-Jlast'])).toEqual([
      'property foo bar',
      'property gone',
      'nongui',
      'property last',
    ]);
    expect(parse(['-Jempty=', 'word'])).toEqual(['property empty', 'word']);
    expect(parse(['-LDEBUG', '-Ljmeter.util=WARN'])).toEqual(['logLevel DEBUG', 'logLevel jmeter.util WARN']);
  });
  it('keeps flags in the order they are typed', () => {
    expect(parse(['-q', 'a.properties', '-Jx=1', '-q', 'b.properties'])).toEqual([
      'propertyFile a.properties',
      'property x 1',
      'propertyFile b.properties',
    ]);
  });
  it('ends flags at --', () => {
    expect(parse(['-n', '--', '-t'])).toEqual(['nongui', '-t']);
  });
  it('refuses in the words of JMeter', () => {
    expect(refused(['-Z'])).toBe('Unknown option -Z');
    expect(refused(['-nZ'])).toBe('Unknown option -Z');
    expect(refused(['--wrong=1'])).toBe('Unknown option --wrong');
    expect(refused(['-n', '-t'])).toBe('Missing argument to option -t');
    expect(refused(['--testfile'])).toBe('Missing argument to option --testfile');
    expect(refused(['-n', '-n'])).toBe('Duplicate options for -n/--nongui found.');
    expect(refused(['-t', 'a', '--testfile', 'b'])).toBe('Duplicate options for -t/--testfile found.');
    expect(refused(['-J'])).toBe('Missing argument to option -J');
    expect(refused(['-J=x'])).toBe('Unable to parse first argument for option -J');
    expect(refused(['-'])).toBe('Malformed option -');
  });
  it('says what is not there yet', () => {
    expect(refused(['-n', '-t', 'a', '-e', '-o', 'd'])).toBe(
      '-e is not there yet: the HTML dashboard comes with a later version',
    );
    for (const args of [['-g', 'x'], ['-r'], ['-Rhost'], ['-s'], ['-X']])
      expect(refused(args)).toContain('not there yet');
  });
});

describe('our own commands', () => {
  it('mix words and flags', () => {
    expect(parse(['plan.jmx', '-l', 'out.jtl', '--quiet'], 'run')).toEqual(['results out.jtl', 'quiet', 'plan.jmx']);
    expect(parse(['-LDEBUG', 'plan.jmx'], 'run')).toEqual(['logLevel DEBUG', 'plan.jmx']);
  });
  it('repeat --connect-to', () => {
    expect(parse(['--connect-to', 'a:1:b:2', '--connect-to=::c:'], 'run')).toEqual([
      'connectTo a:1:b:2',
      'connectTo ::c:',
    ]);
  });
  it('may leave a value out that only stands behind =', () => {
    expect(parse(['--mqtt-delivery', 'plan.jmx'], 'run')).toEqual(['mqttDelivery', 'plan.jmx']);
    expect(parse(['--mqtt-delivery=d.json', 'plan.jmx'], 'run')).toEqual(['mqttDelivery d.json', 'plan.jmx']);
  });
  it('know only their own flags', () => {
    expect(refused(['--force', 'a', 'b'], 'convert')).toBe('parsed');
    expect(refused(['-l', 'x'], 'convert')).toBe('Unknown option -l');
  });
});
