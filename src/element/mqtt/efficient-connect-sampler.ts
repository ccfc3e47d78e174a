import { JavaError, parseInteger } from '../../java/index.js';
import { element, type Named, type PlacedSampler, prop, Sample, type User } from '../../model/index.js';
import type { MqttError, MqttWaiter } from '../../protocol/index.js';
import { type Client, createClient, generateClientId, readParameters, refusal, throws } from './client.js';
import { Connection } from './connection.js';
import { connectionIgnored, connectionProps, refuseAuth } from './connection-props.js';
import { fill } from './fill.js';
import { type Outcome, subscribe } from './subscribe.js';

const props = {
  ...connectionProps,
  capacity: prop.text('mqtt.conn_capacity', '1'),
  subscribes: prop.flag('mqtt.sub_when_connected'),
  topics: prop.text('mqtt.topic_name', 'test_topic'),
  qos: prop.text('mqtt.qos_level', '0'),
};
type Given = Named<typeof props>;

/** Makes many connections in one sample; they are the user's variable `conns` (EfficientConnectSampler 2.0.2). */
export const mqttConnectMany = element({
  tag: 'net.xmeter.samplers.EfficientConnectSampler',
  gui: 'net.xmeter.gui.EfficientConnectSamplerUI',
  call: 'mqtt.connectMany',
  props,
  // The batch does not know of a WebSocket's path.
  ignored: [...connectionIgnored, 'mqtt.ws_path'],
  check: refuseAuth,
  sample: (given, user, self) => connectAll(given, user, self),
});

export const CONNECTIONS = 'conns';
export const CAPACITY = 'conCapacity';
const LOG = 'n.x.s.EfficientConnectSampler';

/** The name in front of the element's own, by system property. */
export const labelPrefix = ({ test }: User): string =>
  test.properties.system.get('batchConLabelPrefix') ?? 'xmeter-mqtt-batch-con-mode-';

/** The connections of the batch; undefined = there are none. */
export function connectionsOf({ variables }: User): readonly Connection[] | undefined {
  const list = variables.getObject(CONNECTIONS);
  return Array.isArray(list) ? list.filter((one) => one instanceof Connection) : undefined;
}

async function connectAll(given: Given, user: User, self: PlacedSampler): Promise<Sample> {
  const sample = new Sample();
  sample.label = labelPrefix(user) + given.name;
  const { clock } = user.test;
  if (connectionsOf(user) !== undefined) {
    sample.start(clock.now());
    fill(sample, '500', 'Connections are already established.', 'Failed. Connections are already established.');
    sample.end(clock.now());
    return sample;
  }
  sample.success = true;
  const capacity = parseInteger(given.capacity);
  user.variables.putObject(CAPACITY, capacity);
  sample.start(clock.now());
  const connections: Connection[] = [];
  const memory = user.state(self, () => new Memory());
  for (let i = 0; i < capacity; i++) sample.addSubSample(await new One(given, user, memory, connections).take(i));
  if (connections.length > 0) user.variables.putObject(CONNECTIONS, connections);
  sample.sampleCount = Math.max(capacity, 0);
  if (sample.endTime === 0) sample.end(clock.now());
  return sample;
}

/** Whether the first subscription of this element was granted: later ones are not waited for, and take its word. */
class Memory implements Outcome {
  succeeded: boolean | undefined;
  #told: (() => void) | undefined;

  granted(): void {
    this.#tell(true);
  }
  refused(): void {
    this.#tell(false);
  }
  async known(user: User): Promise<boolean> {
    if (this.succeeded === undefined)
      await new Promise<void>((resolve) => {
        this.#told = resolve;
        user.onInterrupt = resolve;
      });
    return this.succeeded ?? false;
  }
  #tell(succeeded: boolean): void {
    this.succeeded = succeeded;
    this.#told?.();
  }
}

/** One connection of the batch. */
class One {
  readonly #sample = new Sample();

  constructor(
    private readonly given: Given,
    private readonly user: User,
    private readonly memory: Memory,
    private readonly connections: Connection[],
  ) {}

  async take(number: number): Promise<Sample> {
    const { given, user } = this;
    const sample = this.#sample;
    const clientId = given.suffix ? generateClientId(given.prefix) : numbered(given.prefix, number);
    try {
      await this.#connect(clientId);
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      user.test.log.write('ERROR', LOG, `Failed to establish Connection: ${error}`);
      fill(sample, '502', 'Failed to establish Connections.', `Client [${clientId}] failed with exception.`);
    }
    sample.end(user.test.clock.now());
    return sample;
  }

  async #connect(clientId: string): Promise<void> {
    const { given, user, connections, memory } = this;
    const sample = this.#sample;
    const parameters = readParameters(
      given,
      user.test,
      () => clientId,
      () => undefined,
    );
    const client = createClient(parameters, user);
    const { connection } = client;
    sample.start(user.test.clock.now());
    sample.label = given.name;
    const why = refusal(parameters) ?? (await attempt(client, user));
    if (why !== undefined) {
      if (throws(parameters)) throw new JavaError('net.xmeter.samplers.mqtt.MQTTClientException', why);
      fill(
        sample,
        '501',
        `Failed to establish Connection ${connection}.`,
        `Client [${clientId}] failed. Couldnt establish connection.`,
      );
      return;
    }
    connections.push(connection);
    if (given.subscribes) subscribe(connection, given.topics, given.qos, memory, user);
    if (given.subscribes && !(await memory.known(user)))
      fill(
        sample,
        '501',
        `Failed to subscripbe to topics(s) ${given.topics}.`,
        `Client [${clientId}] failed. Could not subscribe to topic(s) ${given.topics}.`,
      );
    else {
      sample.success = true;
      fill(sample, '200', `Connection ${connection} established successfully.`, 'Successful.');
    }
  }
}

const numbered = (prefix: string, i: number): string => (prefix === '' ? '' : `${prefix}-xmeter-suffix-${i}`);

/** Connects; what went wrong, or undefined. */
const attempt = (client: Client, user: User): Promise<string | undefined> =>
  new Promise((resolve) => {
    const waiter: MqttWaiter = {
      done: () => resolve(undefined),
      failed: (error: MqttError) => resolve(error.message),
    };
    user.onInterrupt = () => client.cancel();
    client.connect(waiter);
  });
