import { isUtf8 } from 'node:buffer';
import { JavaError } from '../../java/index.js';
import type { Test, User } from '../../model/index.js';
import {
  type MqttError,
  MqttKeeper,
  type MqttListener,
  type MqttMessage,
  type MqttSession,
  type MqttSubscription,
} from '../../protocol/index.js';
import { matches } from './hive-names.js';
import type { Reception } from './reception.js';
import type { Reconnection } from './reconnect.js';

/** Variables in which the plugin keeps the user's connection and its client id. */
export const CONNECTION = 'conn';
export const CLIENT_ID = 'clientId';

/** The two libraries that the plugin can use; they differ in what they check, say and survive. */
export type Library = 'hivemq' | 'fusesource';

/** A subscription of the HiveMQ client: it takes a message once for each of its filters that matches. */
export interface Flow {
  readonly filters: readonly string[];
  /** The listener threw, or the broker refused it: nothing comes through it any more. */
  dead: boolean;
}

/** Hears messages beside the plugin's samplers, which have their own way. */
export interface Ear {
  readonly subscriptions: readonly MqttSubscription[];
  hear(message: MqttMessage): void;
}

/** A connection of the plugin, as it stands in the variables (HiveMQTTConnection, FuseMQTTConnection 2.0.2). */
export class Connection implements MqttListener {
  /** Set once it connects. */
  session: MqttSession | undefined;
  /** Who receives: the Sub element that ran last. */
  receiver: Reception | undefined;
  #flows: Flow[] | undefined;
  #ears: Ear[] | undefined;
  /** Why it is over. */
  lost: MqttError | undefined;
  /** Makes it anew, when that is asked for. */
  again: Reconnection | undefined;
  /** What fusesource subscribes to when it is back. */
  #granted: MqttSubscription[] | undefined;

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
    if (this.#ears !== undefined) this.#toEars(this.#ears, message);
    if (this.library === 'hivemq') this.#toFlows(message);
    else this.#toReceiver(message.payload);
  }

  closed(error: MqttError): void {
    this.lost = error;
    this.again?.lost(error);
  }

  /** It is back: the HiveMQ client has no subscriptions any more if its session is another one, fusesource makes them anew. */
  returned(): void {
    this.lost = undefined;
    if (this.library === 'hivemq' && this.clean) this.#flows = undefined;
    for (const { subscriptions } of this.#ears ?? [])
      this.session?.subscribe(subscriptions, { done() {}, failed() {} });
    if (this.#granted !== undefined) this.session?.subscribe(this.#granted, { done() {}, failed() {} });
  }

  granted(subscriptions: readonly MqttSubscription[]): void {
    if (this.again === undefined || this.library === 'hivemq') return;
    this.#granted ??= [];
    this.#granted.push(...subscriptions);
  }

  add(flow: Flow): void {
    if (this.#flows === undefined) this.#flows = [flow];
    else this.#flows.push(flow);
  }

  /** From now on it hears what its subscriptions match. */
  listen(ear: Ear): void {
    this.#ears = [...(this.#ears ?? []), ear];
  }

  deafen(ear: Ear): void {
    const rest = this.#ears?.filter((one) => one !== ear);
    this.#ears = rest?.length ? rest : undefined;
  }

  hears(ear: Ear): boolean {
    return this.#ears?.includes(ear) ?? false;
  }

  /** Nothing comes any more by these filters. */
  unsubscribed(filters: readonly string[]): void {
    const rest = (flow: Flow): Flow => ({ ...flow, filters: flow.filters.filter((one) => !filters.includes(one)) });
    this.#flows = this.#flows?.map(rest).filter((flow) => flow.filters.length > 0);
    this.#granted = this.#granted?.filter(({ filter }) => !filters.includes(filter));
    this.#ears = this.#ears?.filter((ear) => !ear.subscriptions.every(({ filter }) => filters.includes(filter)));
  }

  #toEars(ears: readonly Ear[], message: MqttMessage): void {
    const { topic } = message;
    for (const ear of ears) if (ear.subscriptions.some(({ filter }) => matches(filter, topic))) ear.hear(message);
  }

  #toFlows(message: MqttMessage): void {
    const flows = this.#flows;
    if (flows === undefined) return;
    const [only] = flows;
    // One filter alone needs no comparison: the broker has made it.
    const topic =
      this.#ears === undefined && flows.length === 1 && only?.filters.length === 1 ? undefined : message.topic;
    for (const flow of flows)
      for (const filter of flow.filters) {
        if (flow.dead || (topic !== undefined && !matches(filter, topic))) continue;
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

/** The user's connection, in the variable of the plugin; undefined before Connect and after DisConnect. */
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

  /** Nobody subscribes to that any more. */
  remove(clientId: string, topics: string): void {
    const known = this.#topics.get(clientId);
    if (known === topics) this.#topics.delete(clientId);
    else if (known instanceof Set) known.delete(topics);
  }
}

const KEEPER = {};
const SUBSCRIBED = {};

/** All sessions of the run; the test closes it at its end. */
export const keeperOf = (test: Test): MqttKeeper => test.state(KEEPER, () => new MqttKeeper(test.clock));
/** The one of the run. */
export const subscribedOf = (test: Test): Subscribed => test.state(SUBSCRIBED, () => new Subscribed());
