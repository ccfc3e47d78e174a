import fs from 'node:fs';
import path from 'node:path';
import { checkCharset, encodeText, JavaError, javaTrim, parseBoolean } from '../../java/index.js';
import type { User } from '../../model/index.js';
import { reasonOf } from '../../problem.js';
import { fn } from '../function.js';

/**
 * Writes a text to a file, behind what is there unless the third argument is something but `true`; `\n` in it becomes a
 * line end. Gives `true`, or `false` when it cannot be written.
 */
export const stringToFile = fn({
  name: '__StringToFile',
  min: 2,
  max: 4,
  usage: 'file, text, [true = append], [encoding]',
  compile:
    ([file, text, append, encoding]) =>
    (user) => {
      const name = javaTrim(file?.evaluate(user) ?? '');
      const content = (text?.evaluate(user) ?? '').replaceAll('\\n', '\n');
      const appends = javaTrim(append?.evaluate(user) ?? '');
      const charset = encoding?.evaluate(user) || 'UTF-8';
      return String(write({ name, content, charset, appends: appends === '' || parseBoolean(appends) }, user));
    },
});

interface Writing {
  readonly name: string;
  readonly content: string;
  readonly charset: string;
  readonly appends: boolean;
}

function write({ name, content, charset, appends }: Writing, { test }: User): boolean {
  try {
    checkCharset(charset);
    const bytes = encodeText(content, charset) ?? '';
    if (name === '') throw new JavaError('java.io.IOException', `File name '${name}' is empty`);
    fs.writeFileSync(path.resolve(test.workingDirectory, name), bytes, { flag: appends ? 'a' : 'w' });
    return true;
  } catch (error) {
    test.log.write('ERROR', 'o.a.j.f.StringToFile', error instanceof JavaError ? String(error) : reasonOf(error));
    return false;
  }
}
