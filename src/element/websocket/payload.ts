import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import { type Named, prop } from '../../model/index.js';
import { LineError } from '../../protocol/index.js';
import { formatBinary, parseBinary } from './binary-text.js';
import { Aborted, type Job, says } from './websocket-sample.js';

/** What the samplers that send have beside the address. */
export const payload = {
  /** Text, Binary, TextStomp; anything else is Text. */
  payloadType: prop.text('payloadType'),
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
  payloadType === '' ? binary : payloadType === 'Binary';

/** Sends the payload and tells the sample what was sent, and how many bytes. */
export function sendPayload(job: Job, given: Payload): void | Promise<void> {
  const { sample, connection } = job;
  const data = payloadOf(job, given);
  const sent = connection.client.send(data);
  if (typeof sent === 'number') sample.sentBytes = sent;
  else
    return sent.then((size) => {
      sample.sentBytes = size;
    });
}

function payloadOf(job: Job, given: Payload): string | Buffer {
  const binary = isBinary(given);
  const { sample } = job;
  let data: string | Buffer;
  let shown: string;
  if (binary) {
    data = given.fromFile ? readFile(job, given.file) : binaryOf(job, given.data);
    shown = given.fromFile ? formatBinary(Buffer.from(data), 100, '...') : given.data;
  } else {
    const text = given.fromFile ? readFile(job, given.file).toString('utf8') : given.data;
    // STOMP frames end with a NUL, which no field of a plan can hold.
    data = shown = given.payloadType === 'TextStomp' ? text.replaceAll('^@', '\0') : text;
  }
  sample.samplerData += `\nRequest data:\n${shown}\n`;
  return data;
}

function binaryOf({ sample, user }: Job, text: string): Buffer {
  try {
    return parseBinary(text);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    sample.end(user.test.clock.now());
    says(sample, 'Sampler Error', `Request data is not binary: ${text}`);
    throw new Aborted();
  }
}

function readFile({ sample, user }: Job, name: string): Buffer {
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
