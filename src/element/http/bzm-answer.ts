import { JavaError } from '../../java/index.js';
import { intakeFor, type ResponseHead } from '../../protocol/index.js';
import { jettyName, jettyReason } from './jetty.js';

/** A response as the bzm sampler shows it. */
export interface BzmAnswer {
  readonly body: Buffer;
  readonly message: string;
  /** The status line and the headers, each with a line feed. */
  readonly headers: string;
  readonly headersSize: number;
}

/**
 * What the plugin makes of a response; `accepted` is the request's Accept-Encoding. Jetty undoes what was asked for and
 * tells the new length in place of the old headers; the plugin undoes the rest, where it can, and leaves the headers.
 * Throws ZipException for a body that is not what was asked for.
 */
export function bzmAnswer(body: Buffer, head: ResponseHead, accepted: string): BzmAnswer {
  const coding = normal(head.contentEncoding?.split(',')[0] ?? '');
  const asked = coding !== '' && accepted.split(',').some((one) => normal(one) === coding);
  const decoded = coding === '' ? undefined : body.length === 0 ? body : decode(head, body, asked);
  let lines = '';
  let count = 0;
  const add = (name: string, value: string): void => {
    lines += `${name}: ${value}\n`;
    count++;
  };
  for (const { name, value } of head.fields)
    if (!asked || decoded === undefined || !/^(?:content-encoding|content-length|transfer-encoding)$/i.test(name))
      add(jettyName(name, head.version), value);
  if (asked && decoded !== undefined) add('Content-Length', `${decoded.length}`);
  const message = jettyReason(head);
  const headers = `${head.version} ${head.status} ${message}\n${lines}`;
  // They are counted twice: as they are shown, and as they are sent.
  return { body: decoded ?? body, message, headers, headersSize: headers.length + lines.length + count + 5 };
}

const normal = (text: string): string =>
  text
    .split(';')[0]
    ?.trim()
    .toLowerCase()
    .replace(/^x-gzip$/, 'gzip') ?? '';

const STRICT = { decoding: { lenientGzip: false, lenientDeflate: false }, md5: false, most: 0 };

/** undefined = it cannot be undone and stays. */
function decode(head: ResponseHead, body: Buffer, asked: boolean): Buffer | undefined {
  const intake = intakeFor(head, true, STRICT);
  if (intake === undefined) return undefined;
  intake.add(body);
  intake.end();
  if (intake.failure === undefined) return intake.body;
  if (!asked) return undefined;
  if (body[0] !== 0x1f || body[1] !== 0x8b) throw new JavaError('java.util.zip.ZipException', 'Invalid gzip bytes');
  throw intake.failure;
}
