import { JavaError } from '../../java/index.js';
import { element, type Named, Pending, prop, Sample, type User } from '../../model/index.js';
import type { MqttError, MqttWaiter } from '../../protocol/index.js';
import {
  type Client,
  createClient,
  generateClientId,
  type Parameters,
  readParameters,
  refusal,
  throws,
} from './client.js';
import { CLIENT_ID, CONNECTION, connectionOf, subscribedOf } from './connection.js';
import { connectionIgnored, connectionProps, refuseAuth } from './connection-props.js';
import { fill } from './fill.js';

const props = { ...connectionProps, path: prop.text('mqtt.ws_path') };

/** Connects to a broker; the connection is kept in the user's variable `conn` (ConnectSampler 2.0.2). */
export const mqttConnect = element({
  tag: 'net.xmeter.samplers.ConnectSampler',
  gui: 'net.xmeter.gui.ConnectSamplerUI',
  call: 'mqtt.connect',
  props,
  ignored: connectionIgnored,
  check: refuseAuth,
  sample: (given, user) => connect(given, user),
});

const LOG = 'n.x.s.ConnectSampler';

function connect(given: Named<typeof props>, user: User): Sample | Pending<Sample> {
  const sample = new Sample();
  sample.label = given.name;
  const { clock } = user.test;
  const known = connectionOf(user);
  if (known !== undefined) {
    sample.start(clock.now());
    fill(sample, '500', `Connection ${known} is already established.`, 'Failed. Connection is already established.');
    sample.end(clock.now());
    return sample;
  }
  const parameters = parametersOf(given, user);
  if (parameters === undefined)
    return fill(
      sample,
      '502',
      'Failed to establish Connection null. Please check SSL authentication info.',
      'Failed to establish Connection. Please check SSL authentication info.',
    );
  return new Connecting(sample, user, parameters, createClient(parameters, user)).take();
}

function parametersOf(given: Named<typeof props>, user: User): Parameters | undefined {
  const path = (): string | undefined => (given.path.trim() === '' ? undefined : given.path);
  const clientId = (): string => (given.suffix ? generateClientId(given.prefix) : given.prefix);
  try {
    return readParameters(given, user.test, clientId, path);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    user.test.log.write('ERROR', LOG, `Failed to establish Connection null: ${error}`);
    return undefined;
  }
}

/** One sample on its way. */
class Connecting extends Pending<Sample> implements MqttWaiter {
  constructor(
    private readonly sample: Sample,
    private readonly user: User,
    private readonly parameters: Parameters,
    private readonly client: Client,
  ) {
    super();
  }

  take(): Sample | this {
    const { user, sample } = this;
    sample.start(user.test.clock.now());
    user.onInterrupt = () => this.client.cancel();
    const wrong = refusal(this.parameters);
    if (wrong === undefined) this.client.connect(this);
    else this.#fail(wrong);
    return this.now;
  }

  done(): void {
    const { sample, user, client } = this;
    const { connection } = client;
    sample.end(user.test.clock.now());
    user.variables.putObject(CONNECTION, connection);
    user.variables.putObject(CLIENT_ID, connection.clientId);
    subscribedOf(user.test).forget(connection.clientId);
    fill(sample, '200', `Connection ${connection} established successfully.`, 'Successful.');
    sample.success = true;
    this.#over();
  }

  failed(error: MqttError): void {
    this.#fail(error.message);
  }

  #fail(why: string): void {
    const { sample, user, client } = this;
    const { connection } = client;
    sample.end(user.test.clock.now());
    user.test.log.write('ERROR', LOG, `Failed to establish Connection ${connection}: ${why}`);
    // fusesource tells most of it by a callback, the HiveMQ client throws.
    if (!throws(this.parameters))
      fill(
        sample,
        '501',
        `Failed to establish Connection ${connection}.`,
        `Client [${connection.clientId}] failed. Couldnt establish connection.`,
      );
    else
      fill(
        sample,
        '502',
        'Failed to establish Connection null.',
        `Client [${connection.clientId}] failed with exception.`,
      );
    this.#over();
  }

  #over(): void {
    this.settle(this.sample);
  }
}
