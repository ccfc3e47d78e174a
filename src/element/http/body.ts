import { encodeText, JavaError } from '../../java/index.js';
import type { Entity } from '../../protocol/index.js';
import type { HttpArgument } from './http-props.js';

/** A body, and what it does to the request's own headers. */
export interface Body extends Entity {
  /** What the sample shows of it. */
  readonly shown: string;
  /** A Content-Type that is set as if by the Header Manager. */
  readonly header?: string | undefined;
  /** Content-Types of the Header Manager are taken away. */
  readonly dropsHeader?: boolean;
}

export const FORM = 'application/x-www-form-urlencoded';

/** UTF-8 where the charset is none. */
export const bytesIn = (text: string, charset: string): Buffer => encodeText(text, charset) ?? Buffer.from(text);

/** For boundaries of parts. */
export function randomText(chars: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += chars[Math.floor(Math.random() * chars.length)];
  return text;
}

/** What samples show in place of a file. */
export const NOT_SHOWN = '<actual file content, not shown here>';

/** Arguments without a name, or whose name is a variable that is not there, are left out. */
export const isSkippable = (name: string): boolean =>
  name.trim() === '' || (name.trim().startsWith('${') && name.endsWith('}'));

const ARGUMENT = 'org.apache.jmeter.config.Argument';
const HTTP_ARGUMENT = 'org.apache.jmeter.protocol.http.util.HTTPArgument';

/** The argument as a body needs it. Throws ClassCastException when it is a plain Argument. */
export function httpArgument(row: HttpArgument): HttpArgument {
  if (!row.plain) return row;
  throw new JavaError(
    'java.lang.ClassCastException',
    `class ${ARGUMENT} cannot be cast to class ${HTTP_ARGUMENT} (${ARGUMENT} and ${HTTP_ARGUMENT} are in unnamed module of loader org.apache.jmeter.DynamicClassLoader @87aac27)`,
  );
}
