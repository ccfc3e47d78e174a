import fs from 'node:fs';
import path from 'node:path';
import { decodeCharset, javaTrim } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { reasonOf } from '../../problem.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/**
 * The text of a whole file, read at each evaluation; `**ERR**` when it cannot be read. The encoding is UTF-8 unless given.
 * Throws UnsupportedCharsetException and IllegalCharsetNameException.
 */
export const fileToString = fn({
  name: '__FileToString',
  min: 1,
  max: 3,
  usage: 'file, [encoding], [variable]',
  compile:
    ([file, encoding, variable]) =>
    (user) => {
      const name = file?.evaluate(user) ?? '';
      const bytes = read(name, user);
      const charset = javaTrim(encoding?.evaluate(user) ?? '');
      const value = bytes === undefined ? '**ERR**' : decodeCharset(bytes, charset);
      store(user, variable, value);
      return value;
    },
});

function read(name: string, { test }: User): Buffer | undefined {
  try {
    if (name !== '') return fs.readFileSync(path.resolve(test.workingDirectory, name));
  } catch (error) {
    test.log.write('WARN', 'o.a.j.f.FileToString', `Could not read file: ${name} ${reasonOf(error)}`);
  }
  return undefined;
}
