import { JavaError, toInt } from '../../java/index.js';
import type { Sample } from '../../model/index.js';

/** Where java.util.Scanner ends a line. */
const LINE_END = /\r\n|[\n\r\u2028\u2029\u0085]/g;

/**
 * Takes the answer of an HTTP Raw Request apart (HTTPRawSampler.parseResponse): the status becomes the code without a word
 * on success, and of the body only what stands before its first CR LF is kept. What has no status stays as it is. Throws
 * InputMismatchException, which loses the sample, for a body that begins with two line ends.
 */
export function parseRawResponse(sample: Sample): void {
  const { text } = sample;
  const lines = new Lines(text);
  const status = lines.next();
  if (status === undefined || !takeStatus(sample, status) || lines.atEnd) return;
  let headers = '';
  for (let line = lines.next(); line !== undefined && line !== ''; line = lines.next()) headers += `${line}\r\n`;
  sample.responseHeaders = headers;
  sample.setText(firstToken(text.slice(lines.position)));
}

/** False when it is no status line. */
function takeStatus(sample: Sample, line: string): boolean {
  const start = line.indexOf(' ');
  const end = line.indexOf(' ', start + 1);
  if (start >= end) return false;
  const code = line.slice(start, end).trim();
  const number = toInt(code);
  if (number === undefined || number < 100 || number > 599) return false;
  sample.code = code;
  sample.message = line.slice(end).trim();
  return true;
}

function firstToken(rest: string): string {
  const body = rest.startsWith('\r\n') ? rest.slice(2) : rest;
  if (body === '') return '';
  const end = body.indexOf('\r\n');
  if (end === 0) throw new JavaError('java.util.InputMismatchException');
  return end < 0 ? body : body.slice(0, end);
}

class Lines {
  position = 0;
  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  next(): string | undefined {
    if (this.atEnd) return undefined;
    LINE_END.lastIndex = this.position;
    const end = LINE_END.exec(this.text);
    const line = this.text.slice(this.position, end?.index ?? this.text.length);
    this.position = end === null ? this.text.length : LINE_END.lastIndex;
    return line;
  }
}
