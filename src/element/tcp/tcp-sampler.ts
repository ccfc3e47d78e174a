import { JavaError, toInt } from '../../java/index.js';
import { type PlanElement, propertyText } from '../../jmx/index.js';
import {
  type CheckContext,
  element,
  type Named,
  type PlacedSampler,
  prop,
  Sample,
  type Test,
  type User,
} from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { answerEnd } from './answer-end.js';
import { ReadException, readAnswer } from './read-answer.js';
import { checkPort, illegalArgument } from './socket-address.js';
import { setShown, shortName, type TcpClient, tcpClient } from './tcp-client.js';
import { endLines, linesOf, openLine, type TcpLine, type TcpLines } from './tcp-lines.js';
import { applyStatus, statusRule } from './tcp-status.js';

const props = {
  /** In full, or within JMeter's own package; empty = by property tcp.handler. */
  className: prop.text('TCPSampler.classname'),
  server: prop.text('TCPSampler.server'),
  port: prop.int('TCPSampler.port'),
  reuse: prop.flag('TCPSampler.reUseConnection', true),
  close: prop.flag('TCPSampler.closeConnection'),
  noDelay: prop.flag('TCPSampler.nodelay'),
  /** Milliseconds, for each wait. */
  timeout: prop.int('TCPSampler.timeout'),
  /** Milliseconds. */
  connectTimeout: prop.int('TCPSampler.ctimeout'),
  request: prop.text('TCPSampler.request'),
  /** Seconds; empty = as the system does. */
  linger: prop.text('TCPSampler.soLinger'),
  /** A signed byte; empty = by property. */
  endByte: prop.text('TCPSampler.EolByte'),
  username: prop.text('ConfigTestElement.username'),
  password: prop.text('ConfigTestElement.password'),
  // Ours (docs/tcp.md).
  /** bytes, hex, length, regex or idle; empty = as the client class does. */
  until: prop.text('TCPSampler.meterless.until'),
  untilValue: prop.text('TCPSampler.meterless.untilValue'),
  /** The name of one of several connections to the same server. */
  socket: prop.text('TCPSampler.meterless.socket'),
  /** send or read; empty = both. */
  part: prop.text('TCPSampler.meterless.part'),
};
type TcpProps = Named<typeof props>;

/** Sends a text or bytes over a TCP connection, and receives an answer. */
export const tcpSampler = element({
  tag: 'TCPSampler',
  gui: 'TCPSamplerGui',
  call: 'tcp',
  props,
  ignored: ['TCPSampler.filename'],
  accepts: ['LoginConfigGui', 'TCPConfigGui', 'SimpleConfigGui'],
  interruptible: true,
  check,
  sample: takeSample,
  threadFinished: (_props, user) => endLines(user),
});

/** What a sampler has in one thread: its client is made at its first sample and never again. */
interface Made {
  /** Undefined when there is no such class. */
  readonly client: TcpClient | undefined;
}

function makeClient(given: TcpProps, user: User): Made {
  const { test } = user;
  const className = given.className || test.properties.get('tcp.handler', 'TCPClientImpl');
  const endByte = given.endByte === '' ? undefined : number(given.endByte);
  // JMeter evaluates it once more, for its log.
  if (endByte !== undefined) void given.endByte;
  return { client: tcpClient(className, endByte, test) };
}

async function takeSample(given: TcpProps, user: User, self: PlacedSampler<typeof props>): Promise<Sample> {
  const { client } = user.state(self, () => makeClient(given, user));
  const { reuse, close } = given;
  const key = keyOf(given);
  const sample = new Sample();
  const { clock } = user.test;
  const lines = linesOf(user);
  sample.label = given.name;
  sample.samplerData =
    `Host: ${given.server} Port: ${given.port}\nReuse: ${reuse} Close: ${close}\n` +
    `[SOLINGER: ${number(given.linger)} EOL: ${number(given.endByte)} noDelay: ${given.noDelay}]`;
  sample.start(clock.now());
  try {
    const line = await lineOf(given, user, lines, key, sample);
    if (typeof line === 'string') fail(sample, line);
    else if (client === undefined) fail(sample, 'Protocol handler not found');
    else await exchange(given, user, sample, client, line);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    const partial = error instanceof ReadException ? error.partial : NOTHING;
    setResult(sample, user.test, client, partial, error);
    lines.close(key);
  }
  sample.end(clock.now());
  if (!reuse || close) lines.close(key);
  return sample;
}

/** No connection: neither data nor what kind they are. */
function fail(sample: Sample, message: string): void {
  sample.code = '500';
  sample.message = message;
}

const keyOf = ({ server, port, username, password, socket }: TcpProps): string =>
  `${server}#${port}#${username}#${password}#${socket}`;

/** Gives the text of the exception when there is no connection; the time to get it counts in any case. */
async function lineOf(
  given: TcpProps,
  user: User,
  lines: TcpLines,
  key: string,
  sample: Sample,
): Promise<TcpLine | string> {
  try {
    let line: TcpLine | string | undefined = given.reuse ? lines.get(key) : undefined;
    if (line === undefined) {
      lines.close(key);
      line = await openLine(user, connecting(given));
      if (typeof line === 'string') {
        // JMeter evaluates both once more, for its log.
        void given.server;
        void given.port;
        return line;
      }
      lines.set(key, line);
    }
    if (given.timeout < 0) throw illegalArgument("timeout can't be negative");
    line.wire.setNoDelay(given.noDelay);
    return line;
  } finally {
    sample.connected(user.test.clock.now());
  }
}

/** In the order in which Java looks at them; throws IllegalArgumentException. */
function connecting(given: TcpProps) {
  const { server, port } = given;
  checkPort(port);
  const linger = given.linger === '' ? undefined : number(given.linger);
  if (linger !== undefined && linger < 0) throw illegalArgument('invalid value for SO_LINGER');
  const { connectTimeout } = given;
  if (connectTimeout < 0) throw illegalArgument("connect: timeout can't be negative");
  return { server, port, connectTimeout, resets: linger === 0 };
}

async function exchange(
  given: TcpProps,
  user: User,
  sample: Sample,
  client: TcpClient,
  { wire }: TcpLine,
): Promise<void> {
  const { part } = given;
  const { test } = user;
  sample.samplerData = part === 'read' ? '' : given.request;
  user.onInterrupt = () => wire.cancel();
  if (part !== 'read') {
    client.write(wire, sample.samplerData);
    await wire.drained();
    // The other side answers with a reset, which the next write is to meet: Java's pace leaves it the time.
    if (wire.ended) await new Promise<void>((resolve) => void test.after(2, resolve));
  }
  const { until } = given;
  const end = until === '' ? undefined : answerEnd(until, given.untilValue, client);
  const began = (): void => sample.firstByte(test.clock.now());
  const bytes =
    part === 'send' ? NOTHING : await readAnswer(wire, client, { end, timeout: given.timeout, began, test });
  setResult(sample, test, client, bytes, undefined);
}

/** Fills in code, message, data and success (TCPSampler.setupSampleResult). */
function setResult(
  sample: Sample,
  test: Test,
  client: TcpClient | undefined,
  data: Buffer,
  error: JavaError | undefined,
): void {
  setShown(sample, client, data);
  sample.dataType = 'text';
  if (error === undefined) sample.ok();
  else fail(sample, String(error));
  const rule = statusRule(test);
  if (rule.prefix !== '') sample.success = applyStatus(sample, sample.text, rule, error === undefined);
}

const number = (text: string): number => toInt(text) ?? 0;
const NOTHING = Buffer.alloc(0);

function check(plan: PlanElement, { property }: CheckContext): readonly Problem[] {
  const fixed = (key: string): string | undefined => {
    const text = propertyText(plan, key);
    return text === undefined || text.includes('${') ? undefined : text;
  };
  const className = fixed('TCPSampler.classname') || property('tcp.handler') || 'TCPClientImpl';
  const found: Problem[] = [];
  if (!CLASSES.has(shortName(className)))
    found.push(
      problems.elementWarns(
        `${className} is a class of Java, which Meterless cannot use: samples fail with "Protocol handler not found"`,
      ),
    );
  for (const wrong of [wrongPart(fixed(props.part.jmx)), wrongEnd(fixed(props.until.jmx), fixed(props.untilValue.jmx))])
    if (wrong !== undefined) found.push(problems.badSetting(`${plan.name}: ${wrong}`));
  return found;
}

const CLASSES = new Set(['TCPClientImpl', 'BinaryTCPClientImpl', 'LengthPrefixedBinaryTCPClientImpl']);

const wrongPart = (part = ''): string | undefined =>
  PARTS.has(part) ? undefined : `part: ${part} is neither send nor read`;
const PARTS = new Set(['', 'send', 'read']);

function wrongEnd(until = '', value: string | undefined): string | undefined {
  if (until === '' || value === undefined) return undefined;
  try {
    answerEnd(until, value, { charset: 'UTF-8' });
    return undefined;
  } catch (error) {
    if (error instanceof JavaError) return error.message;
    throw error;
  }
}
