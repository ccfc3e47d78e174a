import { JavaError } from '../../java/index.js';

/** Commas side by side count as one, and one at either end is dropped: no column can be left out (JOrphanUtils.split). */
export function splitNames(names: string): readonly string[] {
  const list = names.replace(/,{2,}/g, ',').replace(/^,/, '').replace(/,$/, '');
  return list === '' ? [] : list.split(',');
}

/** The cells of a line without quoting: those between delimiters side by side are empty, an empty line has none. Throws OutOfMemoryError when there is no delimiter. */
export function splitCells(line: string, delimiter: string): readonly string[] {
  if (line === '') return [];
  // JMeter cuts at nothing until its memory is full.
  if (delimiter === '') throw new JavaError('java.lang.OutOfMemoryError', 'Java heap space');
  return line.split(delimiter);
}
