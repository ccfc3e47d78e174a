import { JavaError, toInt } from '../../java/index.js';
import type { User } from '../../model/index.js';
import type { MqttAck, MqttQos, MqttWaiter } from '../../protocol/index.js';
import type { Connection, Flow } from './connection.js';
import { checkFilter } from './hive-names.js';

/**
 * Milliseconds. The libraries subscribe from a thread of their own, some moments after the sampler; a broker may need them to
 * hand out what it has acknowledged, and what was published before is not to come again.
 */
const LATER = 3;

/** What comes of a subscription. */
export interface Outcome {
  granted(): void;
  refused(): void;
}

/**
 * Subscribes to topics between commas. Throws JavaError where the HiveMQ client refuses a filter before it is sent; QoS that is
 * none is 0.
 */
export function subscribe(connection: Connection, topics: string, qos: string, outcome: Outcome, user: User): void {
  const filters = splitTopics(topics);
  const number = toInt(qos);
  const level: MqttQos = number === 1 || number === 2 ? number : 0;
  const { session, library } = connection;
  const flow = library === 'hivemq' ? flowOf(filters) : undefined;
  const waiter = new Answer(outcome, flow, () => connection.granted(subscriptions));
  const subscriptions = filters.map((filter) => ({ filter, qos: level }));
  // fusesource says at once that it is not connected.
  if (!connection.connected && library === 'fusesource') waiter.failed();
  else
    user.test.after(LATER, () => {
      if (flow !== undefined) connection.add(flow);
      session?.subscribe(subscriptions, waiter);
    });
}

function flowOf(filters: readonly string[]): Flow {
  if (filters.length === 0) throw new JavaError('java.lang.NullPointerException', 'Subscribe must not be null.');
  for (const filter of filters) checkFilter(filter);
  return { filters, dead: false };
}

class Answer implements MqttWaiter {
  constructor(
    private readonly outcome: Outcome,
    private readonly flow: Flow | undefined,
    private readonly granted: () => void,
  ) {}

  /** With the HiveMQ client one refused filter spoils the others; fusesource does not look. */
  done({ codes }: MqttAck): void {
    if (this.flow !== undefined && codes.some((code) => code >= 128)) this.failed();
    else {
      this.granted();
      this.outcome.granted();
    }
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
