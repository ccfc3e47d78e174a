import { JavaError, parseLong } from '../../java/index.js';
import { type Named, prop } from '../../model/index.js';
import type { MqttError, MqttProperties, MqttWaiter } from '../../protocol/index.js';

/** What a connection of MQTT 5 says beside; the plugin has none of it. */
export const connectionProps5 = {
  sessionExpiry: prop.text('mqtt.session_expiry'),
  userProperties: prop.text('mqtt.user_properties'),
};

/** What a message of MQTT 5 says beside. */
export const messageProps5 = {
  userProperties: prop.text('mqtt.user_properties'),
  responseTopic: prop.text('mqtt.response_topic'),
  correlationData: prop.text('mqtt.correlation_data'),
  messageExpiry: prop.text('mqtt.message_expiry'),
  contentType: prop.text('mqtt.content_type'),
};

/** The HiveMQ client of the plugin takes 5 for 3.1.1; ours speaks it. */
export const isFive = (version: string): boolean => version === '5' || version === '5.0';

/** A session that is to outlast its connection did so for ever before MQTT 5. */
const FOR_EVER = 0xffffffff;

/** Properties of CONNECT. Throws JavaError for a number that is none. */
export function connectProperties(given: Named<typeof connectionProps5>, clean: boolean): MqttProperties {
  const { sessionExpiry } = given;
  return {
    sessionExpiry: sessionExpiry === '' ? (clean ? undefined : FOR_EVER) : seconds(sessionExpiry),
    userProperties: pairs(given.userProperties),
  };
}

/** Properties of PUBLISH, undefined = there are none. Throws JavaError for a number that is none. */
export function messageProperties(given: Named<typeof messageProps5>): MqttProperties | undefined {
  const { userProperties, responseTopic, correlationData, messageExpiry, contentType } = given;
  if (userProperties + responseTopic + correlationData + messageExpiry + contentType === '') return undefined;
  return {
    userProperties: pairs(userProperties),
    responseTopic: responseTopic || undefined,
    correlationData: correlationData === '' ? undefined : Buffer.from(correlationData),
    messageExpiry: messageExpiry === '' ? undefined : seconds(messageExpiry),
    contentType: contentType || undefined,
  };
}

function seconds(text: string): number {
  const value = parseLong(text);
  if (value < 0 || value > FOR_EVER)
    throw new JavaError('java.lang.IllegalArgumentException', `${text} is not in the range of [0, ${FOR_EVER}].`);
  return value;
}

/** A name and a value in each line, `=` between them. */
function pairs(text: string): readonly (readonly [string, string])[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return undefined;
  return lines.map((line) => {
    const end = line.indexOf('=');
    return end < 0 ? ([line.trim(), ''] as const) : ([line.slice(0, end).trim(), line.slice(end + 1).trim()] as const);
  });
}

/** Unacceptable protocol version, in the words of MQTT 3 and 5. */
const UNKNOWN_VERSION = new Set([1, 0x84]);

/** Goes on with MQTT 3.1.1 when a broker does not know MQTT 5: what the plugin would have spoken with it. */
export class OlderIfUnknown implements MqttWaiter {
  constructor(
    private readonly waiter: MqttWaiter,
    private readonly older: () => void,
  ) {}

  done(ack: Parameters<MqttWaiter['done']>[0]): void {
    this.waiter.done(ack);
  }

  failed(error: MqttError): void {
    if (error.fault === 'refused' && UNKNOWN_VERSION.has(error.code)) this.older();
    else this.waiter.failed(error);
  }
}
