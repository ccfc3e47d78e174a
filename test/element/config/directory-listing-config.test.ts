import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { directoryListingConfig } from '../../../src/element/config/directory-listing-config.js';
import { StopThread } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { place } from '../../kit-element.js';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'listing-'));
fs.mkdirSync(path.join(root, 'deep'));
for (const name of ['a.txt', 'b.txt', 'deep/c.txt']) fs.writeFileSync(path.join(root, name), '');
afterAll(() => fs.rmSync(root, { recursive: true }));

function listed(passes: number, props: Readonly<Record<string, string | boolean>>): (string | undefined)[] {
  const self = place(directoryListingConfig, { props: { directory: root, variableName: 'f', ...props } });
  const user = fakeUser({ test: fakeTest({ workingDirectory: root }) });
  directoryListingConfig.testStarted?.(self.props(user), user, self);
  return Array.from({ length: passes }, () => {
    directoryListingConfig.iterationStart?.(self.props(user), user, { loop: true, number: 1 }, self);
    return user.variables.get('f');
  });
}

describe('Directory Listing Config', () => {
  it('gives each file once, without the directory, then stops the user', () => {
    expect(listed(2, {}).sort()).toEqual(['/a.txt', '/b.txt']);
    expect(() => listed(3, {})).toThrow(StopThread);
  });
  it('goes into directories, gives whole paths, begins again', () => {
    const files = listed(6, {
      recursiveListing: true,
      useFullPath: true,
      rewindOnTheEndOfList: true,
      randomOrder: true,
      reReadDirectory: true,
    });
    const all = ['a.txt', 'b.txt', 'deep/c.txt'].map((name) => path.join(root, name));
    expect([files.slice(0, 3).sort(), files.slice(3).sort()]).toEqual([all, all]);
  });
  it('ends the test when there is no such directory', () => {
    expect(() => listed(1, { directory: path.join(root, 'none') })).toThrow('Directory does not exists');
  });
});
