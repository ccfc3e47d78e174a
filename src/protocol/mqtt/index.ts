/**
 * A plain MQTT client of one user: MQTT 3.1, 3.1.1 and 5 over node:net and node:tls, small enough for hundreds of thousands.
 *
 *     const keeper = new MqttKeeper(clock);                       // one for the process
 *     const server = { address: { host, port }, keeper, connectTimeout: 10_000 };   // one for all sessions there
 *     const session = new MqttSession(server, hello, local, listener, waiter);
 *     session.publish({ topic, payload, qos: 1, retain: false }, waiter);
 *
 * What is sent is answered through an {@link MqttWaiter}; what comes in and the end of the session through the
 * {@link MqttListener}. A {@link MqttWatch} of the server hears of all that its sessions send and receive.
 */
export type { MqttHello, MqttLevel, MqttPublish, MqttSubscription, MqttWill, Qos as MqttQos } from './encode.js';
export { MqttError, type MqttFault } from './error.js';
export type { MqttAck, MqttWaiter } from './exchange.js';
export { MqttKeeper } from './keeper.js';
export type { LocalEnd, MqttAddress } from './line.js';
export type { MarkedMessage, MqttMessage } from './message.js';
export type { MqttProperties } from './properties.js';
export type { MqttListener, MqttServer, MqttWatch } from './server.js';
export { MqttSession } from './session.js';
