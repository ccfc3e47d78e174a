import { element, prop } from '../../model/index.js';
import { subscribedOf } from '../mqtt/connection.js';
import { answerTo, filtersOf, sampleOver, timeoutProp } from './exchange.js';

/** Ends subscriptions of the connection, whichever sampler made them; the sample lasts until UNSUBACK. */
export const mqttUnsubscribe = element({
  tag: 'MeterlessMqttUnsubscribe',
  gui: 'MeterlessMqttUnsubscribeGui',
  call: 'mqtt.unsubscribe',
  props: { topics: prop.text('mqtt.topic_name'), timeout: timeoutProp },
  interruptible: true,
  sample: ({ name, topics, timeout }, user) =>
    sampleOver(name, user, async (connection) => {
      const filters = filtersOf(topics);
      await answerTo(user, connection, timeout, 'UNSUBACK', (waiter) =>
        connection.session?.unsubscribe(filters, waiter),
      );
      connection.unsubscribed(filters);
      // So that the plugin's Sub sampler subscribes again.
      subscribedOf(user.test).remove(connection.clientId, topics);
      return `Unsubscribed from ${filters.join(', ')}.`;
    }),
});
