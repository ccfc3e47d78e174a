import { JavaError, parseInteger, toInt } from '../../java/index.js';
import { type PlanElement, propertyText } from '../../jmx/index.js';
import { element, type Named, type PlacedSampler, prop, Sample, type User } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { LineError, TimeoutError, UdpChannel } from '../../protocol/index.js';
import { alarmsOf, checkPort, hostOf, illegalArgument } from '../tcp/socket-address.js';
import { failExchange } from './ip-failure.js';
import { knowsEncoding, type UdpEncoding, udpEncoding } from './udp-encoding.js';

const props = {
  hostname: prop.text('hostname'),
  /** What is no number loses the request. */
  port: prop.text('port'),
  /** Milliseconds for an answer, settled when the socket is opened; 0, or what is no number, = for ever. */
  timeout: prop.text('timeout'),
  /** Evaluated twice: for what is shown, and for what is sent. */
  data: prop.text('data'),
  /** The class that turns text into bytes and back; any that is not there leaves the text as it is. */
  encoding: prop.text('encodeclass'),
  waits: prop.flag('waitresponse'),
  closes: prop.flag('closechannel'),
  /** Empty = all of this machine. */
  bindAddress: prop.text('bind_address'),
  bindPort: prop.int('bind_port'),
};
type UdpProps = Named<typeof props>;
type Self = PlacedSampler<typeof props>;

/** jp@gc UDP Request: sends a datagram, and takes the next one that comes for the answer. */
export const udpSampler = element({
  tag: 'kg.apc.jmeter.samplers.UDPSampler',
  gui: 'kg.apc.jmeter.samplers.UDPSamplerGui',
  call: 'udp',
  props,
  interruptible: true,
  check,
  threadStarted: (given, user, self) => void stateOf(given, user, self),
  sample: takeSample,
  threadFinished: (_, user, self) => user.peek<UdpState>(self)?.channel?.close(),
});

/** What a sampler has in one thread. */
interface UdpState {
  readonly encoding: UdpEncoding;
  channel: UdpChannel | undefined;
  timeout: number;
  /** Nothing was sent since an answer was read: then all that comes until the time runs out is one answer. */
  readOnly: boolean;
}

const stateOf = (given: UdpProps, user: User, self: object): UdpState =>
  user.state(self, () => ({ encoding: udpEncoding(given.encoding), channel: undefined, timeout: 0, readOnly: false }));

async function takeSample(given: UdpProps, user: User, self: Self): Promise<Sample> {
  const { clock } = user.test;
  const state = stateOf(given, user, self);
  const sample = new Sample();
  sample.label = given.name;
  sample.samplerData = given.data;
  sample.start(clock.now());
  sample.dataType = 'text';
  sample.success = true;
  sample.code = '200';
  try {
    sample.setData(await exchange(given, user, state, sample));
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    // The plugin evaluates it once more, for its log.
    if (!(error instanceof TimeoutError)) void given.hostname;
    failExchange(sample, error, clock.now());
  }
  return sample;
}

async function exchange(given: UdpProps, user: User, state: UdpState, sample: Sample): Promise<Buffer> {
  const { clock } = user.test;
  if (!state.channel?.open) await openChannel(given, user, state);
  sample.connected(clock.now());
  const datagram = state.encoding.encode(given.data);
  const channel = openOrThrow(state);
  user.onInterrupt = () => channel.close();
  if (datagram.length > 0) {
    await channel.send(datagram);
    state.readOnly = false;
  }
  const waits = given.waits;
  const answer = waits ? await readOrClose(channel, state, user.test.properties) : undefined;
  sample.firstByte(clock.now());
  sample.end(clock.now());
  if (given.closes) channel.close();
  if (answer === undefined) return NOTHING;
  sample.explicitBytes = answer.length;
  return state.encoding.decode(answer);
}

const NOTHING = Buffer.alloc(0);

/** Opens a socket. That it cannot be had is only in the plugin's log; what is wrong with the settings is thrown. */
async function openChannel(given: UdpProps, user: User, state: UdpState): Promise<void> {
  const { test } = user;
  const timeout = given.waits ? (toInt(given.timeout) ?? 0) : 0;
  const address = given.bindAddress || '0.0.0.0';
  const { bindPort, hostname } = given;
  checkPort(bindPort);
  const ipv6 = given.bindAddress === '' && /^\[?[\da-f]*:/i.test(hostname);
  try {
    const channel = await UdpChannel.bind(ipv6 ? '::' : hostOf(address), bindPort, ipv6 ? 6 : 4, alarmsOf(test));
    try {
      const port = parseInteger(given.port);
      checkPort(port);
      const to = test.connectTo(hostOf(hostname), port);
      await channel.connect(to.host, to.port);
    } catch (error) {
      channel.close();
      throw error;
    }
    state.channel = channel;
    state.timeout = timeout;
    state.readOnly = false;
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    test.log.write('ERROR', 'k.a.j.s.UDPSampler', `Cannot open channel: ${error}`);
  }
}

/** What the plugin meets when it could not open a socket: none, or the one that was closed before. */
function openOrThrow({ channel }: UdpState): UdpChannel {
  if (channel === undefined)
    throw new JavaError(
      'java.lang.NullPointerException',
      'Cannot invoke "java.nio.channels.DatagramChannel.write(java.nio.ByteBuffer)" because "this.channel" is null',
    );
  if (!channel.open) throw new JavaError('java.nio.channels.ClosedChannelException');
  return channel;
}

/** A failure of the socket closes it; a setting that cannot be does not. */
async function readOrClose(channel: UdpChannel, state: UdpState, properties: SizeOf): Promise<Buffer> {
  if (state.timeout < 0) throw illegalArgument('Negative timeout');
  try {
    return await read(channel, state, properties.int('kg.apc.jmeter.samplers.ReceiveBufferSize', 4096));
  } catch (error) {
    channel.close();
    throw error;
  }
}

interface SizeOf {
  int(name: string, fallback: number): number;
}

/** One datagram, or all until the time runs out (DatagramChannelWithTimeouts.read); what is beyond the buffer is lost. */
async function read(channel: UdpChannel, state: UdpState, most: number): Promise<Buffer> {
  const first = (await channel.receive(state.timeout)).subarray(0, most);
  if (!state.readOnly) {
    if (first.length > 0) state.readOnly = true;
    return first;
  }
  const parts = [first];
  for (let last = first, size = first.length; last.length > 0 && size < most; size += last.length) {
    try {
      last = (await channel.receive(state.timeout)).subarray(0, most - size);
      parts.push(last);
    } catch (error) {
      if (error instanceof TimeoutError) break;
      throw error;
    }
  }
  return Buffer.concat(parts);
}

function check(plan: PlanElement): readonly Problem[] {
  const className = propertyText(plan, 'encodeclass') ?? '';
  return className.includes('${') || knowsEncoding(className)
    ? []
    : [
        problems.elementWarns(
          `${className} is a class of Java, which Meterless cannot use: raw data is sent, as in JMeter`,
        ),
      ];
}
