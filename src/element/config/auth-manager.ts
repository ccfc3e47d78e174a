import { JavaError, type JavaUrl, parseUrl } from '../../java/index.js';
import { property } from '../../jmx/index.js';
import { element, type Placed, type PlacedSampler, prop, type User } from '../../model/index.js';
import { problems } from '../../problem.js';
import { type Authorizer, type Login, LoginAuthorizer, urlOfTarget } from '../../protocol/index.js';

/** Says who the user is to the servers that ask, or before they ask. */
export const authManager = element({
  tag: 'AuthManager',
  gui: 'AuthPanel',
  call: 'http.login',
  props: {
    logins: prop.list('AuthManager.auth_list', {
      url: prop.text('Authorization.url'),
      user: prop.text('Authorization.username'),
      password: prop.text('Authorization.password'),
      domain: prop.text('Authorization.domain'),
      realm: prop.text('Authorization.realm'),
      /** BASIC, DIGEST; BASIC_DIGEST is an old name of BASIC. */
      mechanism: prop.text('Authorization.mechanism', 'BASIC'),
    }),
  },
  // Only what Kerberos keeps is cleared by them.
  ignored: ['AuthManager.clearEachIteration', 'AuthManager.controlledByThreadGroup'],
  config: { merges: false },
  check(plan) {
    const list = property(plan, 'AuthManager.auth_list');
    const kerberos =
      list?.kind === 'collection' &&
      list.items.some((item) => {
        const mechanism = item.kind === 'element' ? property(item, 'Authorization.mechanism') : undefined;
        return mechanism !== undefined && 'text' in mechanism && mechanism.text === 'KERBEROS';
      });
    return kerberos
      ? [problems.elementCannotRun('Kerberos authentication (mechanism KERBEROS) is not built into Meterless')]
      : [];
  },
});

type Manager = Placed<typeof authManager.props>;
type Entry = ReturnType<Manager['props']>['logins'][number];

/** Who answers for a request of a sampler, by the outermost manager in its scope; undefined when there is none. */
export function authorizerOf(self: PlacedSampler, user: User): Authorizer | undefined {
  const manager = self.configs(authManager).at(-1);
  if (manager === undefined) return undefined;
  const entries = manager.props(user).logins;
  if (!user.test.properties.flag('httpclient4.auth.preemptive', true)) {
    return new LoginAuthorizer({
      ahead: () => undefined,
      answer: ({ target }, realm) => byRealm(entries, target.host, target.port, realm ?? ''),
    });
  }
  const kept = user.state<Kept>(manager, () => new Map());
  return new LoginAuthorizer({
    ahead({ target }) {
      const url = urlOfTarget(target);
      const key = `${url.protocol}://${target.hostHeader}`;
      const entry = entryFor(entries, url);
      if (entry === undefined) {
        kept.delete(key);
        return undefined;
      }
      const logins = kept.get(key) ?? new Map<string, Login>();
      kept.set(key, logins.set(entry.realm, loginOf(entry)));
      return mechanismOf(entry) === 'DIGEST' ? undefined : (logins.get('') ?? logins.values().next().value);
    },
    answer({ target }, realm = '') {
      const logins = kept.get(`${target.secure ? 'https' : 'http'}://${target.hostHeader}`);
      return logins?.get(realm) ?? logins?.get('');
    },
  });
}

/**
 * The logins by realm that a user has sent to a server. As HttpClient's BasicCredentialsProvider they stay for later
 * requests, until one has no entry: a login for any realm, of whatever entry it was, goes before that of a named realm.
 */
type Kept = Map<string, Map<string, Login>>;

/** The Authorization header that the Java implementation sends: never after a challenge (AuthManager.getAuthHeaderForURL). */
export function basicHeaderFor(self: PlacedSampler, user: User, url: JavaUrl): string | undefined {
  const manager = self.configs(authManager).at(-1);
  const entry = manager && entryFor(manager.props(user).logins, url);
  return entry && `Basic ${Buffer.from(`${entry.user}:${entry.password}`).toString('base64')}`;
}

/** The logins in the scope of a sampler, for the implementation that chooses among them by itself. */
export const loginsFor = (self: PlacedSampler, user: User): readonly Entry[] =>
  self.configs(authManager).at(-1)?.props(user).logins ?? [];

/** The first entry whose address the URL begins with, the default port left out or put in (AuthManager.getAuthForURL). */
function entryFor(entries: readonly Entry[], url: JavaUrl): Entry | undefined {
  const { protocol, host, port, defaultPort, path } = url;
  const given = url.toString();
  const bare = `${protocol}://${host}`;
  const other = port === -1 ? `${bare}:${defaultPort}${path}` : port === defaultPort ? `${bare}${path}` : undefined;
  return entries.find((entry) => given.startsWith(entry.url) || other?.startsWith(entry.url));
}

/** Without preemption only realm, host and port count (ManagedCredentialsProvider), and there are no domains. */
function byRealm(entries: readonly Entry[], host: string, port: number, realm: string): Login | undefined {
  for (const entry of entries) {
    if (entry.realm !== realm) continue;
    const url = addressOf(entry.url);
    if (url?.host === host && (url.port === -1 ? url.defaultPort : url.port) === port) {
      return { user: entry.user, password: entry.password };
    }
  }
  return undefined;
}

function addressOf(text: string): JavaUrl | undefined {
  try {
    return parseUrl(text);
  } catch (error) {
    if (error instanceof JavaError) return undefined;
    throw error;
  }
}

/** NTCredentials: the domain in capitals before the name. */
const loginOf = ({ user, password, domain }: Entry): Login => ({
  user: domain === '' ? user : `${domain.toUpperCase()}\\${user}`,
  password,
});

const MECHANISMS: ReadonlySet<string> = new Set(['BASIC', 'BASIC_DIGEST', 'DIGEST', 'KERBEROS']);

function mechanismOf({ mechanism }: Entry): string {
  if (MECHANISMS.has(mechanism)) return mechanism;
  throw new JavaError(
    'java.lang.IllegalArgumentException',
    `No enum constant org.apache.jmeter.protocol.http.control.AuthManager.Mechanism.${mechanism}`,
  );
}
