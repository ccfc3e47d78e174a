import type { JavaUrl } from '../../java/index.js';
import type { PlacedSampler, Test, User } from '../../model/index.js';
import { type Call, HttpClient, type HttpProxy, type HttpSurroundings } from '../../protocol/index.js';
import { resolveOf } from '../config/dns-cache-manager.js';
import type { TakeRequest } from './http-request.js';
import { settingsOf } from './http-settings.js';
import { tlsClientOf } from './tls-user.js';

const KEY = {};
const AROUND = {};

/** A client and the place that it is for. */
interface ClientFor {
  readonly protocol: string;
  readonly authority: string | undefined;
  /** The proxy as text, empty = none. */
  readonly via: string;
  readonly client: HttpClient;
}

const isFor = (one: ClientFor, { protocol, authority }: JavaUrl, via: string): boolean =>
  one.protocol === protocol && one.authority === authority && one.via === via;

/** What was chosen to take the samples of a sampler. */
interface Chosen {
  readonly by: PlacedSampler;
  readonly take: TakeRequest;
}

const NONE: readonly Chosen[] = [];

/** What a user has of HTTP: a client for each server, as HTTPHC4Impl keeps them by thread. */
export class HttpUser {
  // Lists, for a user has few of each, and a map takes ten times their memory.
  #chosen: readonly Chosen[] = NONE;
  /** The sampler that asked last, what takes its samples, and where that stands in the list. */
  #by: PlacedSampler | undefined;
  #take: TakeRequest | undefined;
  #at = 0;
  #clients: ClientFor[] | undefined;
  /** The one that was asked for last. */
  #last: ClientFor | undefined;
  #call: Call | undefined;
  /** More calls under way, when the resources of a page are fetched side by side. */
  #others: Set<Call> | undefined;
  #tokenKept = false;
  /** The next sample begins as a new visitor. */
  resets = false;

  constructor(private readonly user: User) {}

  /** As in JMeter, the first sampler that asks a server says how its address is found. */
  clientFor(
    url: JavaUrl,
    proxy: HttpProxy | undefined,
    by?: { readonly self: PlacedSampler; readonly user: User },
  ): HttpClient {
    if (this.resets) {
      for (const { client } of this.#clients ?? []) client.reset();
      by?.user.variables.remove(USER_TOKEN);
      this.#tokenKept = false;
      this.resets = false;
    }
    const { protocol, authority } = url;
    const via = proxy === undefined ? '' : JSON.stringify(proxy);
    if (this.#last !== undefined && isFor(this.#last, url, via)) return this.#last.client;
    let found = this.#clients?.find((one) => isFor(one, url, via));
    if (found === undefined) {
      const { user } = this;
      const around = surroundingsOf(user.test);
      const own = by && resolveOf(by.self, by.user, around.resolve);
      const tls = protocol === 'https' || proxy?.secure ? tlsClientOf(user) : undefined;
      const client = new HttpClient(settingsOf(user.test).client, own ? { ...around, resolve: own } : around, tls);
      found = { protocol, authority, via, client };
      if (this.#clients === undefined) this.#clients = [found];
      else this.#clients.push(found);
    }
    this.#last = found;
    return found.client;
  }

  /** What takes the samples of a sampler, mostly that of the last one or the next in the list; undefined before the first. */
  implementationOf(by: PlacedSampler): TakeRequest | undefined {
    if (this.#by === by) return this.#take;
    const list = this.#chosen;
    for (let i = 1; i <= list.length; i++) {
      const at = (this.#at + i) % list.length;
      if (list[at]?.by === by) return this.#turnTo(at);
    }
    return undefined;
  }
  choose(by: PlacedSampler, take: TakeRequest): void {
    this.#chosen = [...this.#chosen, { by, take }];
    this.#turnTo(this.#chosen.length - 1);
  }
  #turnTo(at: number): TakeRequest | undefined {
    this.#at = at;
    this.#by = this.#chosen[at]?.by;
    this.#take = this.#chosen[at]?.take;
    return this.#take;
  }

  /** Starts a call that ends with all others of the user when its sample is interrupted. */
  start(call: Call, user: User): void {
    if (this.#call === undefined) this.#call = call;
    else {
      this.#others ??= new Set();
      this.#others.add(call);
    }
    user.onInterrupt = this.#interrupt;
    call.start();
  }

  ended(call: Call): void {
    if (this.#call === call) this.#call = undefined;
    else this.#others?.delete(call);
  }

  readonly #interrupt = (): void => {
    this.#call?.cancel();
    for (const call of this.#others ?? []) call.cancel();
  };

  /** JMeter keeps HttpClient's token of the user, by which lines with a state are shared, among the variables. */
  keepToken({ variables, threadName }: User): void {
    if (this.#tokenKept) return;
    this.#tokenKept = true;
    if (variables.getObject(USER_TOKEN) === undefined) variables.put(USER_TOKEN, threadName);
  }

  close(): void {
    for (const { client } of this.#clients ?? []) client.close();
    this.#clients = undefined;
    this.#last = undefined;
  }
}

const USER_TOKEN = '__jmeter.U_T__';

export const httpUserOf = (user: User): HttpUser => user.peek<HttpUser>(KEY) ?? newHttpUser(user);
const newHttpUser = (user: User): HttpUser => user.state(KEY, () => new HttpUser(user));

/** A pass of the main loop begins: with a new user the next sample starts afresh. */
export function startIteration(user: User): void {
  const known = user.peek<HttpUser>(KEY);
  if (known !== undefined) known.resets = !user.sameUserOnNextIteration && settingsOf(user.test).resetOnIteration;
}

/** Closes the user's connections. */
export const endHttpUser = (user: User): void => user.peek<HttpUser>(KEY)?.close();

const surroundingsOf = (test: Test): HttpSurroundings =>
  test.state(AROUND, () => ({
    now: () => test.clock.now(),
    after: (ms: number, callback: () => void) => test.clock.after(ms, callback),
    connectTo: (host: string, port: number) => test.connectTo(host, port),
    resolve: settingsOf(test).resolve,
  }));
