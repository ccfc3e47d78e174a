import { JavaError, toInt } from '../../java/index.js';
import type { MqttAck, MqttQos, MqttWaiter } from '../../protocol/index.js';
import type { Connection, Flow } from './connection.js';
import { checkFilter } from './hive-names.js';

/** What comes of a subscription. */
export interface Outcome {
  granted(): void;
  refused(): void;
}

/**
 * Subscribes to topics between commas. Throws JavaError where the HiveMQ client refuses a filter before it is sent; QoS that is
 * none is 0.
 */
export function subscribe(connection: Connection, topics: string, qos: string, outcome: Outcome): void {
  const filters = splitTopics(topics);
  const number = toInt(qos);
  const level: MqttQos = number === 1 || number === 2 ? number : 0;
  const { session, library } = connection;
  let flow: Flow | undefined;
  if (library === 'hivemq') {
    if (filters.length === 0) throw new JavaError('java.lang.NullPointerException', 'Subscribe must not be null.');
    for (const filter of filters) checkFilter(filter);
    flow = { filters, dead: false };
    connection.flows ??= [];
    connection.flows.push(flow);
  }
  const waiter = new Answer(outcome, flow);
  session?.subscribe(
    filters.map((filter) => ({ filter, qos: level })),
    waiter,
  );
}

class Answer implements MqttWaiter {
  constructor(
    private readonly outcome: Outcome,
    private readonly flow: Flow | undefined,
  ) {}

  /** With the HiveMQ client one refused filter spoils the others; fusesource does not look. */
  done({ codes }: MqttAck): void {
    if (this.flow !== undefined && codes.some((code) => code >= 128)) this.failed();
    else this.outcome.granted();
  }

  failed(): void {
    if (this.flow !== undefined) this.flow.dead = true;
    this.outcome.refused();
  }
}

/** String.split: empty ones at the end are dropped, unless there is nothing else. */
function splitTopics(topics: string): readonly string[] {
  const parts = topics.split(',');
  if (parts.length === 1) return parts;
  while (parts.at(-1) === '') parts.pop();
  return parts;
}
