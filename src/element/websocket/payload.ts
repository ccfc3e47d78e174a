import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import { type Named, prop, type Sample, type User } from '../../model/index.js';
import { LineError } from '../../protocol/index.js';
import { formatBinary, parseBinary } from './binary-text.js';
import type { Connection } from './connection.js';
import { Aborted, says } from './websocket-sample.js';

const BY_FLAG = 'ByFlag';

/** What the samplers that send have beside the address. */
export const payload = {
  /** Text, Binary, TextStomp; anything else is Text. Without it the older flag decides. */
  payloadType: prop.text('payloadType', BY_FLAG),
  /** The older spelling, for plans without a payload type. */
  binary: prop.flag('binaryPayload'),
  data: prop.text('requestData'),
  fromFile: prop.flag('loadDataFromFile'),
  /** Seen from the folder in which the run was started. */
  file: prop.text('dataFile'),
};
type Payload = Named<typeof payload>;

/** Whether the payload is sent as a binary frame. */
export const isBinary = ({ payloadType, binary }: Payload): boolean =>
  payloadType === BY_FLAG ? binary : payloadType === 'Binary';

/** What sends need of their sample. */
interface Sending {
  readonly sample: Sample;
  readonly user: User;
  readonly connection: Connection;
}

/** Sends the payload and tells the sample what was sent; gives the bytes on the wire. */
export function sendPayload({ props, given }: { readonly props: Payload; readonly given: Sending }): number {
  return given.connection.client.send(payloadOf(given, props));
}

function payloadOf(job: Sending, given: Payload): string | Buffer {
  // Evaluated once for each sending; the kind of the answer asks again.
  const { payloadType } = given;
  const binary = payloadType === BY_FLAG ? given.binary : payloadType === 'Binary';
  const { sample } = job;
  let data: string | Buffer;
  let shown: string;
  if (binary) {
    data = given.fromFile ? readFile(job, given.file) : binaryOf(job, given.data);
    shown = given.fromFile ? formatBinary(Buffer.from(data), 100, '...') : given.data;
  } else {
    const text = given.fromFile ? readFile(job, given.file).toString('utf8') : given.data;
    // STOMP frames end with a NUL, which no field of a plan can hold.
    data = shown = payloadType === 'TextStomp' ? text.replaceAll('^@', '\0') : text;
  }
  sample.samplerData += `\nRequest data:\n${shown}\n`;
  return data;
}

function binaryOf({ sample, user }: Sending, text: string): Buffer {
  try {
    return parseBinary(text);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    sample.end(user.test.clock.now());
    says(sample, 'Sampler Error', `Request data is not binary: ${text}`);
    throw new Aborted();
  }
}

function readFile({ sample, user }: Sending, name: string): Buffer {
  const file = name.replace(/\/{2,}/g, '/').replace(/(?!^)\/$/, '');
  try {
    return fs.readFileSync(path.resolve(user.test.workingDirectory, file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'ENOENT' ? 'found' : code === 'EACCES' ? 'readable' : undefined;
    if (why === undefined) throw new LineError(FILE_WORDS.get(code) ?? `${file}: ${code}`);
    sample.end(user.test.clock.now());
    says(sample, 'Sampler Error', `Request data cannot be loaded, file '${file}' not ${why}`);
    throw new Aborted();
  }
}

const FILE_WORDS = new Map<unknown, string>([['EISDIR', 'Is a directory']]);
