import fs from 'node:fs';
import path from 'node:path';
import { element, prop, StopTestNow, type Test } from '../../model/index.js';
import { reasonOf } from '../../problem.js';

/** jp@gc Lock File Config: makes a file for the time of the run, and ends the run at once when there is one already. */
export const lockFile = element({
  tag: 'kg.apc.jmeter.config.LockFile',
  gui: 'kg.apc.jmeter.config.LockFileGui',
  call: 'lockFile',
  props: {
    file: prop.text('filename'),
    /** `*` and `?`; any file of that name beside the lock file counts as one too. */
    mask: prop.text('filemask'),
  },
  config: { merges: true },
  // One of them sees to it.
  shards: 'divides',
  testStarted({ file, mask }, { test }) {
    if (test.shard.index > 0) return;
    if (file === '') {
      test.log.write('WARN', CATEGORY, 'No lockfile set. Ignore.');
      return;
    }
    const lock = path.resolve(test.workingDirectory, file);
    if (fs.existsSync(lock)) refuse(test, `Lock file found: ${file}`);
    if (mask !== '' && hasMatch(path.dirname(lock), mask)) refuse(test, `Lock file found by pattern ${mask}`);
    try {
      fs.writeFileSync(lock, '', { flag: 'wx' });
    } catch (error) {
      refuse(test, `Could not create lock file: ${reasonOf(error)}`);
    }
  },
  testEnded({ file }, { test }) {
    if (file !== '' && test.shard.index === 0) fs.rmSync(path.resolve(test.workingDirectory, file), { force: true });
  },
});

const CATEGORY = 'k.a.j.c.LockFile';

function refuse({ log }: Test, why: string): never {
  log.write('ERROR', CATEGORY, why);
  throw new StopTestNow(why);
}

function hasMatch(folder: string, mask: string): boolean {
  const pattern = mask.replace(/[*?]|[^*?]+/g, (part) =>
    part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[\\^$.|+()[\]{}/]/g, '\\$&'),
  );
  const whole = new RegExp(`^${pattern}$`, 's');
  try {
    return fs.readdirSync(folder).some((name) => whole.test(name));
  } catch {
    return false;
  }
}
