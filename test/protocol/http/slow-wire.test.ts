import { describe, expect, it } from 'vitest';
import { type ClientSettings, HttpClient, type HttpRequest, systemResolver } from '../../../src/protocol/index.js';
import { answering, failureOf, newClient, request, send } from './server.js';

/** A client with a clock that gets there at once; `sleeps` has the milliseconds that somebody wanted to wait. */
function slowClient(speeds: ClientSettings['speeds']) {
  const { settings } = newClient({ speeds });
  const sleeps: number[] = [];
  let now = 0;
  const after = (ms: number, callback: () => void) => {
    sleeps.push(ms);
    const timer = setImmediate(() => {
      now += ms;
      callback();
    });
    return { cancel: () => clearImmediate(timer) };
  };
  const connectTo = (host: string, port: number) => ({ host, port });
  const around = { now: () => now, after, connectTo, resolve: systemResolver(() => 0) };
  return { client: new HttpClient(settings, around), sleeps };
}

interface Case {
  readonly answer: string;
  readonly over?: Partial<HttpRequest>;
  readonly speeds?: ClientSettings['speeds'];
  readonly secure?: boolean;
}

/** The sleeps of a request behind that for its head, and its body's size. */
async function sleepsFor({ answer, over, speeds = { plain: 1000, secure: 1000 }, secure = false }: Case) {
  const { port } = await answering([answer], secure);
  const { client, sleeps } = slowClient(speeds);
  const asked = request(`${secure ? 'https' : 'http'}://127.0.0.1:${port}/`, { responseTimeout: 0, ...over });
  const { body, sent } = await send(client, asked);
  client.close();
  return { sleeps, sent, size: body.length };
}

const head = (fields: string): string => `HTTP/1.1 200 OK\r\n${fields}\r\n\r\n`;
const sized = (size: number): string => `${head(`Content-Length: ${size}`)}${'a'.repeat(size)}`;
/** Bytes of the body that the first read takes. */
const first = (fields: string): number => 8192 - head(fields).length;
const FULL = 8193;

describe('a slow line', () => {
  it('sleeps for what it writes, and for all that its buffer holds before it reads', async () => {
    const { sleeps, sent } = await sleepsFor({ answer: sized(10) });
    expect(sleeps).toEqual([sent + 1, FULL]);
  });

  it('asks for the rest of a body, or for a whole buffer when little is left', async () => {
    const begun = first('Content-Length: 20000');
    const { sleeps, size } = await sleepsFor({ answer: sized(20_000) });
    expect(sleeps.slice(1)).toEqual([FULL, FULL, 20_000 - begun - 8192 + 1]);
    expect(size).toBe(20_000);
    expect((await sleepsFor({ answer: sized(8192) })).sleeps.slice(1)).toEqual([FULL, FULL]);
  });

  it('reads chunks by the rest of each', async () => {
    const fields = 'Transfer-Encoding: chunked';
    const answer = `${head(fields)}2ee0\r\n${'a'.repeat(12_000)}\r\n0\r\n\r\n`;
    const { sleeps, size } = await sleepsFor({ answer });
    expect(sleeps.slice(1)).toEqual([FULL, 12_000 - (first(fields) - 6) + 1, FULL]);
    expect(size).toBe(12_000);
  });

  it('sleeps once more for the end of a stream', async () => {
    const { sleeps, size } = await sleepsFor({ answer: `${head('X: y')}${'a'.repeat(9000)}END` });
    expect(sleeps.slice(1)).toEqual([FULL, FULL, FULL]);
    expect(size).toBe(9000);
  });

  it('fills its buffer for a body that is encoded', async () => {
    const answer = `${head('Content-Encoding: other\r\nContent-Length: 9000')}${'a'.repeat(9000)}`;
    expect((await sleepsFor({ answer })).sleeps.slice(1)).toEqual([FULL, FULL]);
  });

  it('sleeps for a large body piece by piece', async () => {
    const entity = { content: Buffer.alloc(100_000), contentType: undefined };
    const { sleeps, sent } = await sleepsFor({ answer: sized(1), over: { method: 'POST', entity } });
    expect(sleeps).toEqual([sent - 100_000 + 1, 65_537, 100_000 - 65_536 + 1, FULL]);
  });

  it('does not sleep for less than a millisecond', async () => {
    const { sleeps } = await sleepsFor({ answer: sized(1), speeds: { plain: 10_000_000, secure: 0 } });
    expect(sleeps).toEqual([]);
  });

  it('has a speed of its own for TLS, whose handshake is not slow', async () => {
    const { sleeps, sent } = await sleepsFor({
      answer: sized(1),
      secure: true,
      speeds: { plain: 1, secure: 1000 },
    });
    expect(sleeps).toEqual([sent + 1, FULL]);
    const fast = await sleepsFor({ answer: sized(20_000), secure: true, speeds: { plain: 1, secure: 0 } });
    expect(fast).toMatchObject({ sleeps: [], size: 20_000 });
  });

  it('of the Java implementation is slow with TLS only', async () => {
    const over = { intake: { java: true, md5: false, most: 0 } };
    expect((await sleepsFor({ answer: sized(20_000), over })).sleeps).toEqual([]);
    const { sleeps } = await sleepsFor({ answer: sized(20_000), over, secure: true });
    expect(sleeps.slice(1)).toEqual([FULL, FULL, FULL]);
  });

  it('is used again, and sees when its server has ended it', async () => {
    const { port } = await answering([sized(1), `${sized(1)}END`, 'END']);
    const { client } = slowClient({ plain: 1000, secure: 0 });
    const asked = request(`http://127.0.0.1:${port}/`, { responseTimeout: 0 });
    await send(client, asked);
    await send(client, asked);
    expect(await failureOf(client, asked)).toContain('NoHttpResponseException');
  });

  it('times out while it reads, not while it sleeps', async () => {
    const { port } = await answering(['']);
    const { client, sleeps } = slowClient({ plain: 1000, secure: 0 });
    const asked = request(`http://127.0.0.1:${port}/`, { responseTimeout: 50 });
    expect(await failureOf(client, asked)).toBe('java.net.SocketTimeoutException: Read timed out');
    expect(sleeps.slice(1)).toEqual([FULL, 50]);
  });

  it('ends at once when its request does', async () => {
    const { port } = await answering([sized(1)]);
    const { settings, around } = newClient({ speeds: { plain: 1, secure: 0 } });
    let cancelled = 0;
    let cancel = (): void => {};
    const after = () => {
      queueMicrotask(() => cancel());
      return { cancel: () => void cancelled++ };
    };
    const failure = send(
      new HttpClient(settings, { ...around, after }),
      request(`http://127.0.0.1:${port}/`),
      (call) => {
        cancel = () => call.cancel();
      },
    );
    await expect(failure).rejects.toThrow();
    expect(cancelled).toBe(1);
  });
});
