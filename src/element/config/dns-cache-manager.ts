import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { JavaError } from '../../java/index.js';
import { element, type Placed, type PlacedSampler, prop, type User } from '../../model/index.js';
import type { Resolve } from '../../protocol/index.js';

/** Keeps the addresses of hosts for each user, and says which they are or who is asked for them. */
export const dnsCacheManager = element({
  tag: 'DNSCacheManager',
  gui: 'DNSCachePanel',
  call: 'http.dns',
  props: {
    servers: prop.texts('DNSCacheManager.servers'),
    hosts: prop.list('DNSCacheManager.hosts', {
      name: prop.text('StaticHost.Name'),
      /** Several, between commas: they are tried in order. */
      address: prop.text('StaticHost.Address'),
    }),
    clearEachIteration: prop.flag('DNSCacheManager.clearEachIteration'),
    isCustomResolver: prop.flag('DNSCacheManager.isCustomResolver'),
  },
  config: { merges: false },
  threadIterationStart({ clearEachIteration }, user, self) {
    if (clearEachIteration) user.peek<UserResolver>(self)?.clear();
  },
});

type Manager = Placed<typeof dnsCacheManager.props>;

/** How a sampler's hosts are found, by the outermost manager in its scope; undefined when there is none. */
export function resolveOf(self: PlacedSampler, user: User, system: Resolve): Resolve | undefined {
  const manager = self.configs(dnsCacheManager).at(-1);
  if (manager === undefined) return undefined;
  const resolver = user.state(manager, () => new UserResolver(manager, user, system));
  return (host) => resolver.resolve(host);
}

const unknownHost = (message: string): JavaError => new JavaError('java.net.UnknownHostException', message);

/** What one user knows (DNSCacheManager.resolve 5.6.3). */
class UserResolver {
  readonly #known = new Map<string, readonly string[]>();
  #asked: Promise<Servers | undefined> | undefined;

  constructor(
    private readonly manager: Manager,
    private readonly user: User,
    private readonly system: Resolve,
  ) {}

  clear(): void {
    this.#known.clear();
  }

  async resolve(host: string): Promise<readonly string[]> {
    const known = this.#known.get(host);
    if (known !== undefined) return known;
    const addresses = (await this.#static(host)) ?? (await this.#lookUp(host));
    this.#known.set(host, addresses);
    return addresses;
  }

  /** Found in any case, but only the one written alike has addresses: without any there is no connection at all. */
  async #static(host: string): Promise<readonly string[] | undefined> {
    const { hosts } = this.manager.props(this.user);
    const lower = host.toLowerCase();
    if (!hosts.some(({ name }) => name.toLowerCase() === lower)) return undefined;
    const entry = hosts.find(({ name }) => name === host);
    if (entry === undefined) return [];
    const found = entry.address.split(/\s*,\s*/).map((address) => this.#lookUp(address).catch(literal));
    return (await Promise.all(found)).flat();
  }

  async #lookUp(host: string): Promise<readonly string[]> {
    const { isCustomResolver, servers } = this.manager.props(this.user);
    if (!isCustomResolver || servers.length === 0) return this.system(host);
    this.#asked ??= Servers.at(servers).catch(() => undefined);
    const asked = await this.#asked;
    if (asked === undefined)
      throw unknownHost(`Could not resolve host:${host}, failed to initialize resolver or no resolver found`);
    return isIP(host) === 4 ? [host] : asked.ask(host);
  }
}

const literal = (error: unknown): readonly string[] => {
  if (error instanceof JavaError) return [];
  throw error;
};

/** The servers take turns; what one does not know is asked of the next. */
class Servers {
  #turn = 0;
  constructor(private readonly resolvers: readonly Resolver[]) {}

  static async at(names: readonly string[]): Promise<Servers> {
    return new Servers(
      await Promise.all(
        names.map(async (name) => {
          const { address } = await lookup(name);
          const resolver = new Resolver({ timeout: TIMEOUT, tries: 2 });
          resolver.setServers([address.includes(':') ? `[${address}]` : address]);
          return resolver;
        }),
      ),
    );
  }

  async ask(host: string): Promise<readonly string[]> {
    const first = this.#turn++;
    for (let i = 0; i < this.resolvers.length; i++) {
      const resolver = this.resolvers[(first + i) % this.resolvers.length];
      const found = await resolver?.resolve4(host).catch(() => undefined);
      if (found !== undefined && found.length > 0) return found;
    }
    throw unknownHost(`Failed to resolve host name: ${host}`);
  }
}

/** Milliseconds for each question; dnsjava's default. */
const TIMEOUT = 5000;
