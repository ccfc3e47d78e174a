import fs from 'node:fs';
import type { Properties } from '../model/index.js';
import { ProblemError, problems, reasonOf } from '../problem.js';
import { csvReader } from './csv-reader.js';
import type { JtlListener, JtlReader } from './jtl-sample.js';
import { stampReader } from './read-stamp.js';
import { saveSettings } from './save-settings.js';
import { XmlReader } from './xml-reader.js';

/**
 * Reads a results file, CSV or XML as its beginning shows, and tells of each sample in the order of the file; only a piece of
 * the file is in memory at a time. Delimiter, columns and time stamps of a CSV file without a header follow
 * `jmeter.save.saveservice.*`. Throws ProblemError when the file cannot be read.
 */
export async function readJtl(file: string, properties: Properties, listener: JtlListener): Promise<void> {
  const settings = saveSettings(properties);
  const stamp = stampReader(properties.get('jmeter.save.saveservice.timestamp_format', 'ms'));
  let reader: JtlReader | undefined;
  let begin = '';
  for await (const piece of piecesOf(file)) {
    if (reader !== undefined) {
      reader.push(piece);
      continue;
    }
    begin = (begin + piece).replace(/^[\ufeff\s]+/, '');
    if (begin === '') continue;
    reader = begin.startsWith('<')
      ? new XmlReader(settings.stampStart, listener)
      : csvReader(settings, stamp, listener);
    reader.push(begin);
  }
  reader?.end();
}

/** Large enough that the joins of what was cut apart cost nothing. */
const PIECE = 256 * 1024;

async function* piecesOf(file: string): AsyncIterable<string> {
  try {
    for await (const piece of fs.createReadStream(file, { encoding: 'utf8', highWaterMark: PIECE })) yield piece;
  } catch (error) {
    throw new ProblemError([problems.resultsUnreadable(file, reasonOf(error))]);
  }
}
