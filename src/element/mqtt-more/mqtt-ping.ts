import { element } from '../../model/index.js';
import { answerTo, sampleOver, timeoutProp } from './exchange.js';

/** Sends a PINGREQ of its own; the sample lasts until PINGRESP. */
export const mqttPing = element({
  tag: 'MeterlessMqttPing',
  gui: 'MeterlessMqttPingGui',
  call: 'mqtt.ping',
  props: { timeout: timeoutProp },
  interruptible: true,
  sample: ({ name, timeout }, user) =>
    sampleOver(name, user, async (connection) => {
      await answerTo(user, connection, timeout, 'PINGRESP', (waiter) => connection.session?.ping(waiter));
      return 'The broker answered.';
    }),
});
