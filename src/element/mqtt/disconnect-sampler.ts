import { element, Sample, type User } from '../../model/index.js';
import { CLIENT_ID, CONNECTION, type Connection, connectionOf, subscribedOf } from './connection.js';
import { CONNECTION_KEYS } from './connection-props.js';
import { fill } from './fill.js';

/** Ends the user's connection (DisConnectSampler 2.0.2). */
export const mqttDisconnect = element({
  tag: 'net.xmeter.samplers.DisConnectSampler',
  gui: 'net.xmeter.gui.DisConnectSamplerUI',
  call: 'mqtt.disconnect',
  props: {},
  ignored: CONNECTION_KEYS,
  sample: ({ name }, user) => disconnect(name, user),
});

async function disconnect(name: string, user: User): Promise<Sample> {
  const sample = new Sample();
  sample.label = name;
  const { test, variables } = user;
  const connection = connectionOf(user);
  sample.start(test.clock.now());
  if (connection === undefined) fillNotFound(sample);
  else {
    const clientId = variables.get(CLIENT_ID) ?? 'null';
    await endInto(sample, connection, clientId, user);
    if (sample.success) {
      variables.remove(CONNECTION);
      subscribedOf(test).forget(clientId);
    }
  }
  sample.end(test.clock.now());
  return sample;
}

/** There is no connection to end. */
export const fillNotFound = (sample: Sample): Sample =>
  fill(sample, '500', 'Connection not found.', 'Failed. Connection not found.');

/** Ends the connection, and says in the sample how that went. */
export async function endInto(sample: Sample, connection: Connection, clientId: string, user: User): Promise<void> {
  sample.success = await end(connection, user);
  if (sample.success) fill(sample, '200', `Connection ${connection} disconnected.`, 'Successful.');
  else {
    const data = `Client [${clientId}] failed. Couldnt disconnect connection.`;
    fill(sample, '501', `Failed to disconnect Connection ${connection}.`, data);
  }
}

/**
 * Waits until the broker has closed the line. False when the client throws: the HiveMQ client cannot end what is over,
 * fusesource does not mind.
 */
function end({ session, library }: Connection, user: User): Promise<boolean> {
  return new Promise((resolve) => {
    const waiter = { done: () => resolve(true), failed: () => resolve(library === 'fusesource') };
    user.onInterrupt = () => session?.forget(waiter);
    if (session === undefined) waiter.failed();
    else session.disconnect(waiter);
  });
}
