import fs from 'node:fs';
import { at, type Problem, problems } from '../problem.js';
import { type Document, readDocument } from './document.js';

/** Longer texts are no JavaScript strings; JMeter's own limit is its heap. */
const LARGEST = 500 * 1024 * 1024;

/** Reads a plan file; problems when it cannot be opened or JMeter would refuse it. */
export function readPlanFile(file: string): Document | readonly Problem[] {
  const bytes = readBytes(file);
  return Buffer.isBuffer(bytes) ? readDocument(bytes, file) : [at(bytes, { file })];
}

function readBytes(file: string): Buffer | Problem {
  try {
    const stat = fs.statSync(file);
    if (stat.isDirectory()) return problems.fileIsDirectory(file);
    // A pipe may be a plan (`<(generate)`); a device has no end.
    if (!stat.isFile() && !stat.isFIFO()) return problems.fileMissing(file);
    if (stat.size > LARGEST) return problems.fileTooLarge(file, '500 MB');
    return fs.readFileSync(file);
  } catch {
    return problems.fileMissing(file);
  }
}
