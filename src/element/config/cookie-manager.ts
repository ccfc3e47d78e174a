import { isBlank, JavaError, parseBoolean, toInt } from '../../java/index.js';
import { NAME_KEY, property } from '../../jmx/index.js';
import {
  element,
  type Placed,
  type PlacedSampler,
  prop,
  type Test,
  type User,
  type Values,
} from '../../model/index.js';
import {
  type Cookie,
  type CookieOrigin,
  type CookiePolicy,
  cookiePolicy,
  MalformedCookie,
  type ReceivedCookie,
} from '../../protocol/index.js';

const cookie = {
  name: prop.text(NAME_KEY),
  value: prop.text('Cookie.value'),
  domain: prop.text('Cookie.domain'),
  path: prop.text('Cookie.path'),
  secure: prop.flag('Cookie.secure'),
  /** Epoch seconds, 0 = end of session; nobody looks when cookies are sent. */
  expires: prop.long('Cookie.expires'),
  pathSpecified: prop.flag('Cookie.path_specified'),
  domainSpecified: prop.flag('Cookie.domain_specified'),
  version: prop.int('Cookie.version', 1),
};

/** Keeps each user's cookies, and sends them with the requests in its scope. */
export const cookieManager = element({
  tag: 'CookieManager',
  gui: 'CookiePanel',
  call: 'http.cookies',
  props: {
    clearEachIteration: prop.flag('CookieManager.clearEachIteration'),
    controlledByThreadGroup: prop.flag('CookieManager.controlledByThreadGroup'),
    /** standard, standard-strict, ignoreCookies, netscape, default, best-match, compatibility, rfc2109, rfc2965. */
    policy: prop.text('CookieManager.policy', 'standard'),
    implementation: prop.text(
      'CookieManager.implementation',
      'org.apache.jmeter.protocol.http.control.HC4CookieHandler',
    ),
    cookies: prop.list('CookieManager.cookies', cookie),
  },
  ignored: ['CookieManager.save.cookies', 'CookieManager.check.cookies', 'CookieManager.delete_null_cookies'],
  config: { merges: false },
  threadIterationStart(props, user, self) {
    const clears = props.controlledByThreadGroup ? !user.sameUserOnNextIteration : props.clearEachIteration;
    if (clears) user.peek<Jar>(self)?.reset();
  },
});

type Manager = Placed<typeof cookieManager.props>;

/** The manager that a sampler uses: the outermost, for each one found replaces the one before. */
export const cookieManagerOf = (self: PlacedSampler): Manager | undefined => self.configs(cookieManager).at(-1);

/**
 * The value of the `Cookie` header of a request; undefined when no cookie is for it. Throws JavaError when the manager has
 * no policy, as each request of JMeter fails then, and when the address names no host.
 */
export function cookieHeader(manager: Manager, user: User, to: CookieOrigin): string | undefined {
  const jar = jarOf(manager, user);
  if (jar.sendsAsBefore(to)) return jar.sent;
  const policy = jar.policy ?? policyOf(manager, user);
  jar.policy = policy;
  const cookies = jar.cookies();
  // Whether there are cookies or not: CookieOrigin of HttpClient is made for each request.
  if (isBlank(to.host)) throw new JavaError('java.lang.IllegalArgumentException', 'Host may not be blank');
  let matching: Cookie[] | undefined;
  for (const one of cookies) {
    if (!policy.matches(one, to)) continue;
    if (matching === undefined) matching = [one];
    else matching.push(one);
  }
  return jar.send(matching, policy, to);
}

/** Takes in one `Set-Cookie` header of an answer from there. */
export function storeCookie(manager: Manager, user: User, header: string, from: CookieOrigin): void {
  const now = user.test.clock.now();
  const settings = settingsOf(user.test);
  const jar = jarOf(manager, user);
  for (const { cookie: one, expires, invalid } of readCookies(header, { manager, user, from, now })) {
    if (invalid !== undefined && settings.check) {
      user.test.log.write('INFO', LOGGER, `Not storing invalid cookie: <${header}> (${invalid})`);
      continue;
    }
    jar.remove(one);
    // The first second of 1970 is how JMeter keeps the end of the session.
    const alive = expires === undefined || expires >= now || expires === 0;
    if (!alive || (settings.deleteNull && one.value === '')) continue;
    jar.add(one);
    if (settings.save) user.variables.put(settings.prefix + one.name, one.value);
  }
}

const LOGGER = 'o.a.j.p.h.c.HC4CookieHandler';

interface Reading {
  readonly manager: Manager;
  readonly user: User;
  readonly from: CookieOrigin;
  readonly now: number;
}

function readCookies(header: string, { manager, user, from, now }: Reading): readonly ReceivedCookie[] {
  try {
    return policyOf(manager, user).parse(header, from, now);
  } catch (error) {
    if (!(error instanceof MalformedCookie)) throw error;
    user.test.log.write('ERROR', LOGGER, `Unable to add the cookie: ${error.message}`);
    return [];
  }
}

const HANDLERS: ReadonlySet<string> = new Set(['', 'org.apache.jmeter.protocol.http.control.HC4CookieHandler']);

/** Chosen once for the run (CookieManager.testStarted 5.6.3). */
function policyOf(manager: Manager, user: User): CookiePolicy {
  const found = user.test.state(manager, () => {
    const { policy, implementation } = manager.props(user);
    return { policy: HANDLERS.has(implementation) ? cookiePolicy(policy) : undefined };
  });
  if (found.policy === undefined) throw new JavaError('java.lang.NullPointerException', NO_HANDLER);
  return found.policy;
}

const NO_HANDLER =
  'Cannot invoke "org.apache.jmeter.protocol.http.control.CookieHandler.getCookieHeaderForURL(' +
  'org.apache.jmeter.testelement.property.CollectionProperty, java.net.URL, boolean)" because "this.cookieHandler" is null';

const jarOf = (manager: Manager, user: User): Jar => user.peek<Jar>(manager) ?? newJar(manager, user);
const newJar = (manager: Manager, user: User): Jar => user.state(manager, () => new Jar(manager, user));

interface Key {
  readonly name: string;
  readonly domain: string;
  readonly path: string;
}
interface Entry {
  /** What a new cookie is compared with: texts with `${…}` as they are written, as in JMeter. */
  readonly key: Key;
  readonly cookie: Cookie;
  /** The same, when it stands in the plan. */
  readonly planned?: PlanCookie;
}
type PlanCookie = Values<typeof cookie>;

/** The cookies of one user: at first those of the plan, whose `${…}` are evaluated for each request. */
class Jar {
  /** Set when it was first asked for. */
  policy: CookiePolicy | undefined;
  /** The cookies that were sent last, and the header that they made; undefined = none. */
  #cookies: readonly Cookie[] | undefined;
  sent: string | undefined;
  /** Where they were sent, as long as all that goes there gets the same. */
  #host: string | undefined;
  #secure = false;
  #entries: Entry[] = [];
  /** The cookies as long as they are the same for each request. */
  #fixed: readonly Cookie[] | undefined;

  constructor(
    private readonly manager: Manager,
    private readonly user: User,
  ) {
    this.reset();
  }

  reset(): void {
    const { cookies } = this.manager.props(this.user);
    const written = writtenCookies(this.manager);
    const { variables } = settingsOf(this.user.test);
    this.#entries = cookies.map((one, i) => {
      const asWritten = written[i] ?? evaluated(one);
      return { key: asWritten, cookie: asWritten, ...(variables && { planned: one }) };
    });
    this.#changed();
  }

  cookies(): readonly Cookie[] {
    if (this.#fixed !== undefined) return this.#fixed;
    const cookies = this.#entries.map(({ cookie, planned }) => (planned ? evaluated(planned) : cookie));
    if (this.#entries.every(({ planned }) => planned === undefined)) this.#fixed = cookies;
    return cookies;
  }

  /** Whether a request gets the header of the last one: no cookie has changed, and none is for some of the paths only. */
  sendsAsBefore({ host, secure }: CookieOrigin): boolean {
    return this.#host === host && this.#secure === secure;
  }
  /** The header of cookies, kept for what is sent to the same place next. */
  send(
    cookies: readonly Cookie[] | undefined,
    policy: CookiePolicy,
    { host, secure }: CookieOrigin,
  ): string | undefined {
    const last = this.#cookies;
    if (cookies?.length !== last?.length || cookies?.some((one, i) => one !== last?.[i])) {
      this.#cookies = cookies;
      this.sent = cookies && policy.format(cookies);
    }
    this.#host = this.#fixed?.every(({ path }) => path === '/') ? host : undefined;
    this.#secure = secure;
    return this.sent;
  }

  add(one: Cookie): void {
    this.#entries.push({ key: one, cookie: one });
    this.#changed();
  }

  remove({ name, domain, path }: Key): void {
    this.#entries = this.#entries.filter(({ key }) => key.name !== name || key.domain !== domain || key.path !== path);
    this.#changed();
  }

  #changed(): void {
    this.#fixed = undefined;
    this.#host = undefined;
  }
}

/** All of a cookie, whether it will match or not, as often as JMeter does (HC4CookieHandler.makeCookie 5.6.3). */
function evaluated(one: PlanCookie): Cookie {
  void one.expires;
  const { name, value, domain, path, secure, domainSpecified, pathSpecified, version } = one;
  void one.domain;
  void one.path;
  return { name, value, domain, path, secure, domainSpecified, pathSpecified, version };
}

/** The cookies of the plan with their texts as they are written, `${…}` and all. */
function writtenCookies({ plan }: Manager): readonly Cookie[] {
  const list = property(plan, 'CookieManager.cookies');
  if (list?.kind !== 'collection') return [];
  return list.items.map((item) => {
    const text = (name: string): string => {
      const found = item.kind === 'element' ? property(item, name) : undefined;
      return found && 'text' in found ? found.text : '';
    };
    return {
      name: text(NAME_KEY),
      value: text('Cookie.value'),
      domain: text('Cookie.domain'),
      path: text('Cookie.path'),
      secure: parseBoolean(text('Cookie.secure')),
      domainSpecified: parseBoolean(text('Cookie.domain_specified')),
      pathSpecified: parseBoolean(text('Cookie.path_specified')),
      version: toInt(text('Cookie.version')) ?? 1,
    };
  });
}

interface Settings {
  readonly deleteNull: boolean;
  readonly save: boolean;
  readonly prefix: string;
  readonly check: boolean;
  /** Whether `${…}` in the cookies of the plan is evaluated for each request. */
  readonly variables: boolean;
}
const SETTINGS = {};
const settingsOf = (test: Test): Settings => test.state(SETTINGS, () => readSettings(test));
const readSettings = ({ properties }: Test): Settings => ({
  deleteNull: properties.flag('CookieManager.delete_null_cookies', true),
  save: properties.flag('CookieManager.save.cookies', false),
  prefix: properties.get('CookieManager.name.prefix', 'COOKIE_').trim(),
  check: properties.flag('CookieManager.check.cookies', true),
  variables: properties.flag('CookieManager.allow_variable_cookies', true),
});
