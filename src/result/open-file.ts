import fs from 'node:fs';
import path from 'node:path';
import { XML_END_TAG } from './xml.js';

/** A file opened for results; `fresh` when it is to begin with a header. */
export interface OpenedFile {
  readonly fd: number;
  readonly fresh: boolean;
}

/**
 * Opens a results file as ResultCollector 5.6.3 does, missing folders made: a CSV that exists, even an empty one, is
 * appended to without a header; an XML file that ends with its closing tag is cut before that tag and appended to, any
 * other is written anew. Throws what the file system throws.
 */
export function openForResults(file: string, xml: boolean): OpenedFile {
  makeFolder(path.dirname(file));
  const append = xml ? cutBeforeEnd(file) : fs.existsSync(file);
  // Always to the end: after a failed write the file is cut, and what follows must not leave a hole.
  const { O_WRONLY, O_CREAT, O_APPEND, O_TRUNC } = fs.constants;
  const fd = fs.openSync(file, O_WRONLY | O_CREAT | O_APPEND | (append ? 0 : O_TRUNC));
  return { fd, fresh: !append };
}

/**
 * Makes a folder and those above it. Throws what the file system throws; Node's own recursive mkdir never ends below
 * folders in which nothing can be made but whose names are not found (/proc).
 */
export function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && !fs.existsSync(path.dirname(folder))) {
      makeFolder(path.dirname(folder));
      fs.mkdirSync(folder);
    } else if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/**
 * The one name of a file, however it is spelled (File.getCanonicalPath): absolute, links of the part that exists followed.
 */
export function canonicalPath(file: string): string {
  const absolute = path.resolve(file);
  try {
    return fs.realpathSync(absolute);
  } catch {
    const folder = path.dirname(absolute);
    return folder === absolute ? absolute : path.join(canonicalPath(folder), path.basename(absolute));
  }
}

/** Shorter than this, JMeter does not look for the closing tag: declaration, start tag and end tag. */
const SHORTEST = '<?xml version="1.0" encoding="UTF-8"?><testResults></testResults>'.length;

function cutBeforeEnd(file: string): boolean {
  if (!fs.existsSync(file) || !fs.statSync(file).isFile()) return false;
  const fd = fs.openSync(file, 'r+');
  try {
    const { size } = fs.fstatSync(fd);
    if (size < SHORTEST) return false;
    const from = size - XML_END_TAG.length - 10;
    const tail = Buffer.alloc(size - from);
    fs.readSync(fd, tail, 0, tail.length, from);
    const at = tail.indexOf(XML_END_TAG);
    if (at < 0) return false;
    fs.ftruncateSync(fd, from + at);
    return true;
  } finally {
    fs.closeSync(fd);
  }
}
