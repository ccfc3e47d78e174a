import { at, type Problem, ProblemError, problems } from '../problem.js';
import { decodeBytes } from './bytes.js';
import { parseXml } from './parse.js';
import { ROOT, readTree } from './read.js';
import { excerpt } from './source.js';
import type { Newline } from './spelling.js';
import type { PlanTree } from './tree.js';
import type { XmlElement } from './xml.js';

/** A plan file: its XML, all that stands around it, and the tree that it means. */
export interface Document {
  readonly root: XmlElement;
  /** What stands before the root element: byte order mark, declaration, comments. */
  readonly prolog: string;
  readonly epilog: string;
  readonly newline: Newline;
  readonly tree: PlanTree;
}

/** Reads the bytes of a plan; `file` is for places. Gives problems instead where JMeter would refuse the plan. */
export function readDocument(bytes: Buffer, file: string): Document | readonly Problem[] {
  const start = { file, line: 1, column: 1 };
  if (bytes.length === 0) return [at(problems.fileIsEmpty(file), start)];
  if (isBinary(bytes)) return [at(problems.fileIsBinary(file), start)];
  try {
    const { text, lossy } = decodeBytes(bytes);
    const xml = parseXml(text, {
      lossy,
      checkRoot: (tag) => (tag === ROOT ? undefined : problems.notAPlan(excerpt(tag))),
    });
    const { elements, found } = readTree(xml.root, file);
    return found.length > 0 ? found : { ...xml, tree: { file, elements } };
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((problem) => at(problem, { file }));
    throw error;
  }
}

export const isDocument = (result: Document | readonly Problem[]): result is Document => 'root' in result;

/** A NUL near the start (images, archives, UTF-16), or no tag at the start and bytes that are no UTF-8. */
function isBinary(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 8192);
  if (head.includes(0)) return true;
  return !/^(?:\xef\xbb\xbf)?\s*</.test(head.toString('latin1')) && decodeBytes(head.subarray(0, -4)).lossy;
}
