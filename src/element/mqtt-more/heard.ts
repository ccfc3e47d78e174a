import type { Sample } from '../../model/index.js';
import type { MqttMessage } from '../../protocol/index.js';

/** A message that outlasts the call it came with. */
export interface Heard {
  readonly payload: Buffer;
  /** What extractors see as response headers: a line each, the topic first. */
  readonly headers: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Copies what is told of a message; `at` is epoch ms. */
export function heardOf(message: MqttMessage, at: number): Heard {
  const { topic, qos, retain, dup, properties } = message;
  const { contentType, responseTopic, correlationData, messageExpiry, userProperties = [] } = properties;
  const lines: (readonly [string, string | number | boolean | undefined])[] = [
    ['Topic', topic],
    ['QoS', qos],
    ['Retain', retain],
    ['Duplicate', dup],
    ['Content-Type', contentType],
    ['Response-Topic', responseTopic],
    ['Correlation-Data', correlationData && Buffer.from(correlationData).toString()],
    ['Message-Expiry', messageExpiry],
    ...userProperties,
  ];
  const headers = lines.map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\n`)).join('');
  return { payload: Buffer.from(message.payload), headers, at };
}

/** The message as the data of a sample. */
export function show(sample: Sample, { payload, headers }: Heard): void {
  sample.setData(payload);
  sample.responseHeaders = headers;
}
