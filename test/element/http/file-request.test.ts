import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeTest, fakeUser } from '../../kit.js';
import { takeSample } from '../../kit-element.js';
import { rows, sampler, take } from './taken.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'file-'));
  writeFileSync(path.join(folder, 'a b.txt'), 'text');
  writeFileSync(path.join(folder, 'page.html'), '<img src="a%20b.txt"><img src="file://elsewhere/x.png">');
  mkdirSync(path.join(folder, 'Zoo'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, more = {}) => sampler(0, { protocol: 'file', path: name, ...more });

describe('file: addresses', () => {
  it('are pages that were found', async () => {
    const sample = await take(file(path.join(folder, 'a%20b.txt'), { method: 'POST' }));
    expect(sample).toMatchObject({ code: '200', message: 'OK', success: true, bodySize: 4, latency: 0, sentBytes: 0 });
    expect([sample.contentType, sample.text]).toEqual(['text/html; charset=UTF-8', 'text']);
  });

  it('name the encoding that the sampler says', async () => {
    expect((await take(file(folder, { contentEncoding: 'x' }))).contentType).toBe('text/html; charset=x');
  });

  it('list folders, in the order of words', async () => {
    expect((await take(file(folder))).text).toBe('a b.txt\npage.html\nZoo\n');
  });

  it('start where the run was started', async () => {
    const user = fakeUser({ test: fakeTest({ workingDirectory: folder }) });
    expect((await take(file('absent.txt'), user)).message).toBe(
      'Non HTTP response message: absent.txt (No such file or directory)',
    );
    expect((await take(file('page.html'), user)).success).toBe(true);
  });

  it('count what they do not keep', async () => {
    const user = fakeUser();
    user.test.properties.set('httpsampler.max_bytes_to_store_per_request', '2');
    const sample = await take(file(path.join(folder, 'a%20b.txt')), user);
    expect([sample.text, sample.bytes]).toEqual(['te', 4]);
  });

  it('have resources, of which those of other machines are not found', async () => {
    const user = fakeUser();
    user.test.properties.set('HTTPResponse.parsers', 'html');
    user.test.properties.set('html.className', 'org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser');
    user.test.properties.set('html.types', 'text/html');
    const sample = await take(file(path.join(folder, 'page.html'), { image_parser: 'true' }), user);
    expect(sample.subSamples?.map(({ message }) => message)).toEqual([
      'OK',
      'OK',
      'Non HTTP response message: elsewhere',
    ]);
  });
});

describe('a plain Argument', () => {
  it('can stand in an address, but not in a body', async () => {
    const plain = sampler(9, { method: 'POST' }, rows(['a', '1']));
    const user = fakeUser();
    const props = Object.create(plain.props(user), {
      arguments: { value: { rows: [Object.create({ name: 'a', value: '1' }, { plain: { value: true } })] } },
    });
    const sample = await takeSample(plain, user, props);
    expect(sample?.code).toBe('Non HTTP response code: java.lang.ClassCastException');
  });
});
