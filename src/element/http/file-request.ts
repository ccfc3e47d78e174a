import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { JavaError, type JavaUrl, urlDecode } from '../../java/index.js';
import { Sample, type Test } from '../../model/index.js';
import { setError } from './error-sample.js';
import { type Ask, type Asking, type TakeRequest, takenBy, takesLater } from './http-request.js';
import { takeJavaRequest } from './java-request.js';

/** Bytes of a file that are kept when no property says it. */
const KEPT = 10 * 1024 * 1024;

/**
 * Takes a file as if it were a page (HTTPFileImpl 5.6.3): the method counts for nothing, and the type is always HTML. A
 * resource of such a page that is on a server is fetched as Java does it.
 */
export const takeFile: TakeRequest = takesLater(async (asking, ask) => {
  const { url } = ask;
  const { props, user } = asking;
  const sample = Object.assign(new Sample(), { http: { method: 'GET', queryString: '', cookies: '' } });
  sample.url = sample.label = url.toString();
  const { test } = user;
  sample.start(test.clock.now());
  try {
    const { size, kept } = url.protocol === 'file' ? await read(fileOf(url), test) : await fetched(asking, ask);
    sample.end(test.clock.now());
    sample.setData(kept);
    sample.bodySize = size;
    sample.ok();
    sample.setContentType(`text/html; charset=${props.contentEncoding || 'UTF-8'}`);
  } catch (error) {
    sample.end(test.clock.now());
    setError(sample, error);
  }
  return { sample, url };
});

/** The name of the file; that of another machine would be fetched from its FTP server. */
function fileOf({ host, path: encoded }: JavaUrl): string {
  if (!LOCAL.test(host)) throw new JavaError('java.net.UnknownHostException', host);
  return urlDecode(encoded.replaceAll('+', '%2B'));
}
const LOCAL = /^(?:|~|localhost)$/i;

interface Page {
  readonly size: number;
  readonly kept: Buffer;
}

/** HttpURLConnection.getInputStream: an answer that is an error has none. */
async function fetched(asking: Asking, ask: Ask): Promise<Page> {
  const taken = await takenBy(takeJavaRequest, asking, ask);
  const { code, message, data } = taken?.sample ?? new Sample();
  const url = `${ask.url}`;
  if (code.startsWith(NO_ANSWER))
    throw new JavaError(code.slice(NO_ANSWER.length), message.slice('Non HTTP response message: '.length));
  if (code === '404' || code === '410') throw new JavaError('java.io.FileNotFoundException', url);
  if (Number(code) >= 400)
    throw new JavaError('java.io.IOException', `Server returned HTTP response code: ${code} for URL: ${url}`);
  return { size: data.length, kept: data };
}
const NO_ANSWER = 'Non HTTP response code: ';

/** The file's size, and as much of it as is kept. A folder reads as the names in it, one a line. */
async function read(name: string, test: Test): Promise<Page> {
  const most = test.properties.int('httpsampler.max_bytes_to_store_per_request', KEPT);
  try {
    const file = await open(name === '' ? name : path.resolve(test.workingDirectory, name));
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) return await listed(path.resolve(test.workingDirectory, name), most);
      const wanted = Math.min(stat.size, most);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, 0);
      return { size: stat.size, kept: buffer.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    const why = denied ? 'Permission denied' : 'No such file or directory';
    throw new JavaError('java.io.FileNotFoundException', `${name} (${why})`);
  }
}

/** FileURLConnection sorts them as its language does. */
async function listed(folder: string, most: number): Promise<Page> {
  const names = (await readdir(folder)).sort(new Intl.Collator('en').compare);
  const text = Buffer.from(names.map((name) => `${name}\n`).join(''));
  return { size: text.length, kept: text.subarray(0, most) };
}
