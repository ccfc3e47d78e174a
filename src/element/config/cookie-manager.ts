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
  cookieMatches,
  formatCookies,
  formatPlainCookies,
  parseSetCookie,
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

/** The value of the `Cookie` header of a request; undefined when no cookie is for it. */
export function cookieHeader(manager: Manager, user: User, to: CookieOrigin): string | undefined {
  const policy = manager.props(user).policy.toLowerCase();
  if (policy === 'ignorecookies') return undefined;
  const matching = jarOf(manager, user)
    .cookies()
    .filter((one) => cookieMatches(one, to, policy === 'netscape'));
  if (matching.length === 0) return undefined;
  return policy.startsWith('standard') ? formatCookies(matching) : formatPlainCookies(matching);
}

/** Takes in one `Set-Cookie` header of an answer from there. */
export function storeCookie(manager: Manager, user: User, header: string, from: CookieOrigin): void {
  if (manager.props(user).policy.toLowerCase() === 'ignorecookies') return;
  const now = user.test.clock.now();
  const received = parseSetCookie(header, from, now);
  if (received === undefined) return;
  const settings = settingsOf(user.test);
  if (received.invalid && settings.check) {
    user.test.log.write('INFO', 'o.a.j.p.h.c.HC4CookieHandler', `Not storing invalid cookie: <${header}>`);
    return;
  }
  const jar = jarOf(manager, user);
  jar.remove(received.cookie);
  const alive = received.expires === undefined || received.expires >= now;
  if (!alive || (settings.deleteNull && received.cookie.value === '')) return;
  jar.add(received.cookie);
  if (settings.save) user.variables.put(settings.prefix + received.cookie.name, received.cookie.value);
}

const jarOf = (manager: Manager, user: User): Jar => user.state(manager, () => new Jar(manager, user));

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
  #entries: Entry[] = [];

  constructor(
    private readonly manager: Manager,
    private readonly user: User,
  ) {
    this.reset();
  }

  reset(): void {
    const { cookies } = this.manager.props(this.user);
    const written = writtenKeys(this.manager);
    this.#entries = cookies.map((one, i) => ({ key: written[i] ?? keyOf(one), cookie: one, planned: one }));
  }

  cookies(): readonly Cookie[] {
    return this.#entries.map(({ cookie, planned }) => (planned ? evaluated(planned) : cookie));
  }

  add(one: Cookie): void {
    this.#entries.push({ key: one, cookie: one });
  }

  remove({ name, domain, path }: Key): void {
    this.#entries = this.#entries.filter(({ key }) => key.name !== name || key.domain !== domain || key.path !== path);
  }
}

/** All of a cookie, whether it will match or not, as often as JMeter does (HC4CookieHandler.makeCookie 5.6.3). */
function evaluated(one: PlanCookie): Cookie {
  void one.expires;
  const { name, value, domain, path, secure, domainSpecified } = one;
  void one.domain;
  void one.path;
  return { name, value, domain, path, secure, domainSpecified };
}

const keyOf = ({ name, domain, path }: PlanCookie): Key => ({ name, domain, path });

function writtenKeys({ plan }: Manager): readonly Key[] {
  const list = property(plan, 'CookieManager.cookies');
  if (list?.kind !== 'collection') return [];
  return list.items.map((item) => {
    const text = (name: string): string => {
      const found = item.kind === 'element' ? property(item, name) : undefined;
      return found && 'text' in found ? found.text : '';
    };
    return { name: text(NAME_KEY), domain: text('Cookie.domain'), path: text('Cookie.path') };
  });
}

interface Settings {
  readonly deleteNull: boolean;
  readonly save: boolean;
  readonly prefix: string;
  readonly check: boolean;
}
const SETTINGS = {};
const settingsOf = (test: Test): Settings => test.state(SETTINGS, () => readSettings(test));
const readSettings = ({ properties }: Test): Settings => ({
  deleteNull: properties.flag('CookieManager.delete_null_cookies', true),
  save: properties.flag('CookieManager.save.cookies', false),
  prefix: properties.get('CookieManager.name.prefix', 'COOKIE_').trim(),
  check: properties.flag('CookieManager.check.cookies', true),
});
