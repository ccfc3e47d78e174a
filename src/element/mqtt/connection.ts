import { isUtf8 } from 'node:buffer';
import { JavaError } from '../../java/index.js';
import type { Test, User } from '../../model/index.js';
import {
  type MqttError,
  MqttKeeper,
  type MqttListener,
  type MqttMessage,
  type MqttSession,
} from '../../protocol/index.js';
import { matches } from './hive-names.js';
import type { Reception } from './reception.js';

/** Variables in which the plugin keeps the user's connection and its client id. */
export const CONNECTION = 'conn';
export const CLIENT_ID = 'clientId';

/** The two libraries that the plugin can use; they differ in what they check, say and survive. */
export type Library = 'hivemq' | 'fusesource';

/** A subscription of the HiveMQ client: it takes each message that one of its filters matches, once. */
export interface Flow {
  readonly filters: readonly string[];
  /** The listener threw, or the broker refused it: nothing comes through it any more. */
  dead: boolean;
}

/** A connection of the plugin, as it stands in the variables (HiveMQTTConnection, FuseMQTTConnection 2.0.2). */
export class Connection implements MqttListener {
  /** Set once it connects. */
  session: MqttSession | undefined;
  /** Who receives: the Sub element that ran last. */
  receiver: Reception | undefined;
  #flows: Flow[] | undefined;
  /** Why it is over. */
  lost: MqttError | undefined;

  constructor(
    readonly library: Library,
    readonly clientId: string,
    /** CONNECT asked for no session that outlives the connection. */
    readonly clean: boolean,
  ) {}

  toString(): string {
    return `${this.library === 'hivemq' ? 'Hive' : 'Fuse'}MQTTConnection{clientId='${this.clientId}'}`;
  }

  get connected(): boolean {
    return this.session?.connected ?? false;
  }

  message(message: MqttMessage): void {
    if (this.library === 'hivemq') this.#toFlows(message);
    else this.#toReceiver(message.payload);
  }

  closed(error: MqttError): void {
    this.lost = error;
  }

  add(flow: Flow): void {
    if (this.#flows === undefined) this.#flows = [flow];
    else this.#flows.push(flow);
  }

  #toFlows(message: MqttMessage): void {
    const flows = this.#flows;
    if (flows === undefined) return;
    const [only] = flows;
    const topic = flows.length === 1 && only?.filters.length === 1 ? undefined : message.topic;
    for (const flow of flows) {
      if (flow.dead || (topic !== undefined && !flow.filters.some((filter) => matches(filter, topic)))) continue;
      const { payload } = message;
      if (!isUtf8(payload) || !this.#toReceiver(payload)) flow.dead = true;
    }
  }

  /** False when the plugin's listener throws. */
  #toReceiver(payload: Buffer): boolean {
    const { receiver } = this;
    if (receiver === undefined) return false;
    let text: string | undefined;
    try {
      receiver.add(payload, () => {
        text ??= payload.toString('utf8');
        return text;
      });
      return true;
    } catch (error) {
      if (!(error instanceof JavaError)) throw error;
      return false;
    }
  }
}

export function connectionOf({ variables }: User): Connection | undefined {
  const connection = variables.getObject(CONNECTION);
  return connection instanceof Connection ? connection : undefined;
}

/** Topics that a client id has subscribed to, over all users, as the plugin's static map has it. */
export class Subscribed {
  readonly #topics = new Map<string, string | Set<string>>();

  /** Whether that is new. */
  add(clientId: string, topics: string): boolean {
    const known = this.#topics.get(clientId);
    if (known === undefined) this.#topics.set(clientId, topics);
    else if (known === topics || (known instanceof Set && known.has(topics))) return false;
    else if (known instanceof Set) known.add(topics);
    else this.#topics.set(clientId, new Set([known, topics]));
    return true;
  }

  forget(clientId: string): void {
    this.#topics.delete(clientId);
  }
}

const KEEPER = {};
const SUBSCRIBED = {};

/** All sessions of the run; the test closes it at its end. */
export const keeperOf = (test: Test): MqttKeeper => test.state(KEEPER, () => new MqttKeeper(test.clock));
export const subscribedOf = (test: Test): Subscribed => test.state(SUBSCRIBED, () => new Subscribed());
