import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { at, type Problem, ProblemError, problems } from '../../problem.js';
import type { Step } from './steps.js';

/** An entry of `<plan>.standins.yaml`. */
export interface Entry {
  readonly line: number;
  readonly path: string | undefined;
  readonly name: string | undefined;
  readonly sha256: string | undefined;
  /** Steps in jexl, or a text in a language that runs here. */
  readonly steps?: readonly Step[];
  readonly language: string;
  readonly script?: string;
}

/** Reads the entries; throws ProblemError with the line of what cannot be understood. */
export function readEntries(text: string, file: string): Entry[] {
  return new EntryReader(file).read(text);
}

class EntryReader {
  readonly #lines = new LineCounter();
  constructor(readonly file: string) {}

  read(text: string): Entry[] {
    const document = parseDocument(text, { lineCounter: this.#lines });
    const [error] = document.errors;
    if (error) this.fail(error.message.split('\n', 1)[0] ?? '', error.linePos?.[0].line ?? 1);
    const root = document.contents;
    if (!isMap(root)) this.fail('a map with `version: 1` and `standins:` is wanted', 1);
    const version: unknown = root.get('version');
    if (version !== undefined && version !== 1)
      this.fail(`version ${String(version)} is not known; write \`version: 1\``, 1);
    const list = root.get('standins', true);
    if (!isSeq(list)) this.fail('`standins:` with a list of entries is missing', 1);
    return list.items.map((item) => this.#entry(item));
  }

  #entry(node: unknown): Entry {
    if (!isMap(node)) this.fail('an entry is a map with `match:` and `steps:`', this.#line(node));
    const line = this.#line(node);
    const match = node.get('match', true);
    if (!isMap(match)) this.fail('`match:` with a path, name or sha256 is missing', line);
    const path = this.#text(match, 'path');
    const name = this.#text(match, 'name');
    const sha256 = this.#text(match, 'sha256')?.toLowerCase();
    if (path === undefined && name === undefined && sha256 === undefined)
      this.fail('`match:` needs a path, name or sha256', line);
    const language = (this.#text(node, 'language') ?? 'jexl').toLowerCase();
    const who = { line, path, name, sha256, language };
    if (language === 'jexl') return { ...who, steps: this.#steps(node) };
    const script = this.#text(node, 'script');
    if (script === undefined) this.fail(`an entry in ${language} needs a \`script:\``, line);
    return { ...who, script };
  }

  #steps(entry: YAMLMap): Step[] {
    const steps = entry.get('steps', true);
    if (!isSeq(steps) || steps.items.length === 0) this.fail('`steps:` is missing or empty', this.#line(entry));
    return steps.items.map((step) => {
      const line = this.#line(step);
      if (!isMap(step)) this.fail('a step is a map with `let:` or `set:` and `expr:`', line);
      const set = this.#text(step, 'set');
      const name = set ?? this.#text(step, 'let');
      const expression = this.#text(step, 'expr');
      if (name === undefined || expression === undefined) this.fail('a step has `let:` or `set:`, and `expr:`', line);
      return { kind: set === undefined ? 'let' : 'set', name, expression };
    });
  }

  #text(map: YAMLMap, key: string): string | undefined {
    const value = map.get(key, true);
    if (value === undefined) return undefined;
    if (!isScalar(value) || value.value === null) this.fail(`\`${key}:\` is a text`, this.#line(value));
    return String(value.value);
  }

  #line(node: unknown): number {
    const [start = 0] = isNode(node) ? (node.range ?? []) : [];
    return this.#lines.linePos(start).line;
  }

  fail(why: string, line: number): never {
    throw new ProblemError([unreadable(this.file, why, line)]);
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'range' in value;

export const unreadable = (file: string, why: string, line: number): Problem =>
  at(problems.standInsUnreadable(file, why), { file, line });
