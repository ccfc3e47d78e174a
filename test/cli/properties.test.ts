import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFlags } from '../../src/cli/parse-flags.js';
import { loadProperties } from '../../src/cli/properties.js';
import { parseProperties } from '../../src/java/index.js';
import { ProblemError } from '../../src/problem.js';

describe('a .properties file', () => {
  const parse = (text: string) => parseProperties(text).map(([name, value]) => `${name}>${value}`);
  it('separates at =, : or blanks', () => {
    expect(parse('a=1\nb: 2\nc 3\nd\t=  4\ne:=5\nf')).toEqual(['a>1', 'b>2', 'c>3', 'd>4', 'e>=5', 'f>']);
  });
  it('leaves out comments and blank lines, and keeps blanks at the end', () => {
    expect(parse('# x=1\n ! y=2\n\n \t\n  a = 1 \r\nb=2\r')).toEqual(['a>1 ', 'b>2']);
  });
  it('joins continued lines without their leading blanks', () => {
    expect(parse('a=1,\\\n    2,\\\r\n 3\nb=x\\\\\nc=y\\')).toEqual(['a>1,2,3', 'b>x\\', 'c>y']);
    expect(parse('a=1\\\n#no comment')).toEqual(['a>1#no comment']);
  });
  it('knows the escapes', () => {
    expect(parse('a\\ b=\\t\\n\\u00e9\\q\na\\=b\\:c=d\\\\e')).toEqual(['a b>\t\n\u00e9q', 'a=b:c>d\\e']);
    expect(() => parse('a=\\u12')).toThrow('malformed');
  });
});

describe('the properties of a run', () => {
  const before = process.cwd();
  let folder = '';
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'properties-'));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    fs.rmSync(folder, { recursive: true });
  });
  const load = (...args: string[]) => loadProperties(parseFlags('jmeter', args), { workingDirectory: folder, now: 0 });

  it('start with what JMeter ships', () => {
    const properties = load();
    expect(properties.get('sampleresult.timestamp.start')).toBe('true');
    expect(properties.get('summariser.name')).toBe('summary');
    expect(properties.get('jmeter.version')).toBe('5.6.3');
    expect(properties.get('user.dir')).toBe(folder);
  });
  it('-p replaces the shipped ones', () => {
    fs.writeFileSync('own.properties', 'x=1\n');
    const properties = load('-p', 'own.properties');
    expect([properties.get('x'), properties.get('summariser.name')]).toEqual(['1', undefined]);
  });
  it('read user.properties beside them, or the file that the property names', () => {
    fs.writeFileSync('user.properties', 'a=user\nb=user');
    fs.writeFileSync('other.properties', 'a=other');
    fs.writeFileSync('base.properties', 'user.properties=other.properties');
    expect(load('-Jb=flag').get('a')).toBe('user');
    expect(load('-Jb=flag').get('b')).toBe('flag');
    expect(load('-p', 'base.properties').get('a')).toBe('other');
  });
  it('apply -q and -J from left to right', () => {
    fs.writeFileSync('f', 'x=file');
    expect(load('-Jx=1', '-q', 'f').get('x')).toBe('file');
    expect(load('-q', 'f', '-Jx=1').get('x')).toBe('1');
    expect(load('-q', 'f', '-Jx=').get('x')).toBeUndefined();
  });
  it('fall back to system properties, which -D and -S set', () => {
    fs.writeFileSync('s', 'y=2\nx=3');
    const properties = load('-Dx=1', '-S', 's', '-Jy=jmeter', '-Duser.home=');
    expect([properties.get('x'), properties.get('y'), properties.get('user.home')]).toEqual(['3', 'jmeter', undefined]);
  });
  it('hold the proxy of -H -P -N -u -a', () => {
    const properties = load('-H', 'proxy', '-P', '3128', '-N', '*.x|y', '-u', 'me', '-a', 'secret', '-E', 'https');
    expect(properties.system.get('https.proxyHost')).toBe('proxy');
    expect(properties.system.get('http.proxyPort')).toBe('3128');
    expect(properties.system.get('http.nonProxyHosts')).toBe('*.x|y');
    expect(properties.system.get('http.proxyScheme')).toBe('https');
    expect([properties.get('http.proxyUser'), properties.get('http.proxyPass')]).toEqual(['me', 'secret']);
    expect(() => load('-H', 'proxy')).toThrow('host and port must be given');
  });
  it('refuse a file that is not there', () => {
    for (const flag of ['-q', '-S', '-p']) {
      expect(() => load(flag, 'none.properties')).toThrow(ProblemError);
      expect(() => load(flag, 'none.properties')).toThrow('none.properties cannot be read: no such file');
    }
  });
});
