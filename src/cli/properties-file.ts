import fs from 'node:fs';
import { BrokenEscape, parseProperties } from '../java/index.js';
import { ProblemError, problems, reasonOf } from '../problem.js';

/**
 * Reads a Java .properties file (ISO-8859-1), later keys last; throws ProblemError when it cannot be read or holds a
 * broken \u escape (java.util.Properties.load).
 */
export function readPropertiesFile(file: string): readonly (readonly [name: string, value: string])[] {
  let text: string;
  try {
    text = fs.readFileSync(file, 'latin1');
  } catch (error) {
    throw new ProblemError([problems.propertyFile(file, reasonOf(error))]);
  }
  try {
    return parseProperties(text);
  } catch (error) {
    if (!(error instanceof BrokenEscape)) throw error;
    throw new ProblemError([problems.propertyFile(file, error.message)]);
  }
}
