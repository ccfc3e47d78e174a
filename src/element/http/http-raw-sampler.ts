import { readFileSync } from 'node:fs';
import path from 'node:path';
import { JavaError, toInt } from '../../java/index.js';
import { element, type Named, type Placed, prop, Sample, type Test, type User } from '../../model/index.js';
import { LineError, TimeoutError, Wire } from '../../protocol/index.js';
import { failExchange } from '../udp/ip-failure.js';
import { parseRawResponse } from './raw-response.js';

const props = {
  hostname: prop.text('hostname'),
  /** What is no number is 80. */
  port: prop.text('port'),
  /** Milliseconds for connecting and for each wait for bytes; what is no number, or 0 or less, is no limit. */
  timeout: prop.text('timeout'),
  data: prop.text('data'),
  /** Sent behind the data. */
  fileName: prop.text('fileName'),
  keepAlive: prop.flag('keepalive'),
  parse: prop.flag('parse'),
};
type RawProps = Named<typeof props>;

/** jp@gc HTTP Raw Request: sends what it is given, and reads until the other side closes the connection. */
export const httpRawSampler = element({
  tag: 'kg.apc.jmeter.samplers.HTTPRawSampler',
  gui: 'kg.apc.jmeter.samplers.HTTPRawSamplerGui',
  call: 'http.raw',
  props,
  interruptible: true,
  async sample(given, user, self) {
    const sample = await takeRaw(given, user, self);
    if (given.parse) parseRawResponse(sample);
    return sample;
  },
  threadFinished: (_, user, self) => user.peek<Kept>(self)?.wire?.dispose(),
});

/** The socket of a sampler that keeps it: once it is closed every further sample fails (the plugin never lets go of it). */
interface Kept {
  wire: Wire | undefined;
  /** Why there is none. */
  lost: string | undefined;
}

const nio = (name: string, message?: string): JavaError => new JavaError(`java.nio.channels.${name}`, message);

async function takeRaw(given: RawProps, user: User, self: Placed<typeof props>): Promise<Sample> {
  const sample = new Sample();
  const { clock } = user.test;
  sample.label = given.name;
  sample.samplerData = given.data;
  sample.start(clock.now());
  sample.ok();
  sample.message = '';
  sample.dataType = 'text';
  try {
    sample.setData(await exchange(given, sample, user, self));
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    failExchange(sample, error, clock.now());
  }
  return sample;
}

async function exchange(given: RawProps, sample: Sample, user: User, self: Placed<typeof props>): Promise<Buffer> {
  const kept = user.state<Kept>(self, () => ({ wire: undefined, lost: undefined }));
  const { keepAlive } = given;
  if (!keepAlive) Object.assign(kept, { wire: undefined, lost: undefined });
  if (kept.lost !== undefined) throw nio(kept.lost);
  // A failed connection is as closed as one that was used up.
  kept.lost = 'ClosedChannelException';
  const { wire, timeout } = kept.wire ? { wire: kept.wire, timeout: limit(given) } : await open(given, user, kept);
  user.onInterrupt = () => wire.cancel();
  try {
    if (given.data !== '') wire.write(given.data);
    const { fileName } = given;
    if (fileName !== '') wire.write(fileToSend(fileName, user.test));
    const data = await received(wire, timeout, sample, user.test);
    sample.end(user.test.clock.now());
    if (!given.keepAlive || data.length === 0) wire.dispose();
    else Object.assign(kept, { wire, lost: undefined });
    return data;
  } catch (error) {
    wire.dispose();
    throw readFailure(error, timeout);
  }
}

const limit = ({ timeout }: RawProps): number => Math.max(0, toInt(timeout) ?? 0);

async function open(given: RawProps, user: User, kept: Kept): Promise<{ wire: Wire; timeout: number }> {
  const port = toInt(given.port) ?? 80;
  const { hostname } = given;
  if (port < 0 || port > 65535) throw new JavaError('java.lang.IllegalArgumentException', `port out of range:${port}`);
  const timeout = limit(given);
  const { test } = user;
  const to = test.connectTo(hostname || 'localhost', port);
  const address = { ...to, secure: false, named: hostname };
  const alarms = { now: () => test.clock.now(), after: (ms: number, back: () => void) => test.after(ms, back) };
  try {
    const wire = await Wire.open(address, timeout, alarms, (abort) => {
      user.onInterrupt = abort;
    });
    return { wire, timeout };
  } catch (error) {
    if (error instanceof TimeoutError) {
      kept.lost = 'NotYetConnectedException';
      throw new TimeoutError(`Failed to connect to ${hostname}:${port}`);
    }
    if (!(error instanceof LineError) || error.javaClass !== 'java.net.UnknownHostException')
      throw readFailure(error, timeout);
    kept.lost = 'NotYetConnectedException';
    throw nio('UnresolvedAddressException');
  }
}

/** All up to the end of the stream; each wait for more lasts at most `timeout` ms. */
async function received(wire: Wire, timeout: number, sample: Sample, { clock, properties }: Test): Promise<Buffer> {
  const most = properties.int('kg.apc.jmeter.samplers.ResultDataLimit', 0x7fffffff);
  const step = properties.int('kg.apc.jmeter.samplers.ReceiveBufferSize', 4096);
  const parts: Buffer[] = [];
  let size = 0;
  let all = 0;
  await wire.until(() => {
    while (wire.end > wire.start) {
      if (all === 0) sample.firstByte(clock.now());
      const part = wire.bytes.subarray(wire.start, Math.min(wire.end, wire.start + step));
      // What is beyond the limit is counted only.
      if (size <= most) {
        parts.push(Buffer.from(part));
        size += part.length;
      }
      wire.start += part.length;
      all += part.length;
    }
    if (!wire.ended) return undefined;
    wire.throwIfReset();
    return true;
  }, timeout);
  sample.explicitBytes = all;
  return Buffer.concat(parts);
}

/** Java's channels with a selector in front of them have words of their own. */
function readFailure(error: unknown, timeout: number): unknown {
  if (error instanceof TimeoutError) return new TimeoutError('Timeout exceeded while reading from socket');
  if (error instanceof LineError && error.message === 'Socket closed')
    return nio(timeout > 0 ? 'ClosedSelectorException' : 'AsynchronousCloseException');
  if (error instanceof LineError && error.message === 'Broken pipe') return new LineError('Broken pipe');
  return error;
}

function fileToSend(name: string, { workingDirectory }: Test): Buffer {
  try {
    return readFileSync(path.resolve(workingDirectory, name));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const why =
      code === 'EISDIR' ? 'Is a directory' : code === 'EACCES' ? 'Permission denied' : 'No such file or directory';
    throw new JavaError('java.io.FileNotFoundException', `${name} (${why})`);
  }
}
