import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import { decimalFormat, javaTrim, toInt } from '../../java/index.js';
import { StopThread, type User } from '../../model/index.js';
import { type FunctionArgument, fn } from '../function.js';

/**
 * The next line of a file (UTF-8, all users share the position); opened again at its end. With a start or end number the
 * file name is a DecimalFormat pattern of a counter, and after the end number the user is stopped.
 * What cannot be opened gives `**ERR**`; an empty file gives the text `null`.
 */
export const stringFromFile = fn({
  name: '__StringFromFile',
  min: 1,
  max: 4,
  usage: 'file, [variable], [start number], [end number]',
  alone: true,
  compile(args) {
    const reader = new SequenceReader(args);
    return (user) => {
      const variable = args[1] ? javaTrim(args[1].evaluate(user)) : 'StringFromFile_';
      const line = reader.next(user);
      if (variable !== '') user.variables.putObject(variable, line);
      return line ?? 'null';
    };
  },
});

const ERROR = '**ERR**';
const CATEGORY = 'o.a.j.f.StringFromFile';

class SequenceReader {
  #lines: Lines | undefined;
  #opened = false;
  #current: number | undefined;
  #end: number | undefined;

  constructor(readonly args: readonly FunctionArgument[]) {}

  /** Undefined = a file without a line (Java's null). */
  next(user: User): string | undefined {
    if (!this.#opened) {
      this.#open(user);
      this.#opened = true;
    }
    if (this.#lines === undefined) return this.#atEnd();
    const line = this.#lines.next();
    if (line !== undefined) return line;
    this.#open(user);
    return this.#lines === undefined ? this.#atEnd() : this.#lines.next();
  }

  /** Without an open file: the end of a sequence stops the user, anything else is an error. */
  #atEnd(): string {
    if (this.#end !== undefined) throw new StopThread('End of sequence');
    return ERROR;
  }

  #open(user: User): void {
    const [file, , startText, endText] = this.args;
    let name = file?.evaluate(user) ?? '';
    if (startText) {
      const start = toInt(startText.evaluate(user));
      this.#current ??= start ?? 1;
      if (endText) this.#end = toInt(endText.evaluate(user));
      if (this.#end !== undefined && this.#current > this.#end) {
        this.#lines = undefined;
        return;
      }
      if (start !== undefined) name = decimalFormat(name).format(this.#current);
      this.#current++;
    }
    this.#lines = readLines(name, user);
  }
}

/** Lines one by one, as BufferedReader.readLine ends them. */
class Lines {
  #at = 0;
  constructor(readonly text: string) {}

  next(): string | undefined {
    const { text } = this;
    const start = this.#at;
    if (start >= text.length) return undefined;
    END.lastIndex = start;
    const match = END.exec(text);
    this.#at = match ? END.lastIndex : text.length;
    return text.slice(start, match ? match.index : text.length);
  }
}

const END = /\r\n|\n|\r/g;

function readLines(name: string, user: User): Lines | undefined {
  try {
    const bytes = fs.readFileSync(path.resolve(user.test.workingDirectory, name));
    return isUtf8(bytes) ? new Lines(bytes.toString()) : new Unreadable('');
  } catch (error) {
    user.test.log.write('ERROR', CATEGORY, `openFile() error: ${error}`);
    return undefined;
  }
}

/** A file that opens but is no UTF-8: every read fails, and none reaches the end. */
class Unreadable extends Lines {
  override next(): string {
    return ERROR;
  }
}
