import { headerElements } from '../header-elements.js';
import { DigestAnswers } from './digest.js';
import type { Authorizer, HttpRequest } from './request.js';
import { allFields, type ResponseHead } from './response-head.js';

/** Who somebody is. */
export interface Login {
  /** With the domain in front when there is one. */
  readonly user: string;
  readonly password: string;
}

/** The logins of a user. */
export interface Logins {
  /** Whose name is sent before anybody asks. */
  ahead(request: HttpRequest): Login | undefined;
  /** Who answers when a server asks for a realm. */
  answer(request: HttpRequest, realm: string | undefined): Login | undefined;
}

type Scheme = 'digest' | 'basic';
/** In the order in which HttpClient prefers them (AuthenticationStrategyImpl 4.5.14); others are not spoken here. */
const SCHEMES: readonly Scheme[] = ['digest', 'basic'];

/**
 * Basic and Digest authentication of one request with all its repetitions: HttpAuthenticator and the auth state of
 * HttpClient 4.5.14. A scheme that was refused is not tried twice.
 */
export class LoginAuthorizer implements Authorizer {
  #state: 'new' | 'ahead' | 'answered' | 'failed' = 'new';
  #basic: Login | undefined;
  #digest: DigestAnswers | undefined;

  constructor(private readonly logins: Logins) {}

  header(request: HttpRequest): string | undefined {
    if (this.#state === 'new') {
      this.#basic = this.logins.ahead(request);
      if (this.#basic !== undefined) this.#state = 'ahead';
    }
    if (this.#state === 'failed') return undefined;
    if (this.#digest !== undefined) return this.#digest.header(request);
    return this.#basic && basicHeader(this.#basic);
  }

  challenged(request: HttpRequest, head: ResponseHead): boolean {
    if (this.#state === 'failed') return false;
    const challenges = challengesOf(head);
    const used = this.#digest !== undefined ? 'digest' : this.#basic !== undefined ? 'basic' : undefined;
    const again = used && challenges.get(used);
    if (again !== undefined && !this.#digest?.stale(again)) {
      // The server asks the same again: it does not know this login.
      this.#state = 'failed';
      return false;
    }
    this.#basic = undefined;
    this.#digest = undefined;
    this.#state = 'answered';
    return SCHEMES.some((scheme) => this.#choose(scheme, challenges.get(scheme), request));
  }

  #choose(scheme: Scheme, parameters: Parameters | undefined, request: HttpRequest): boolean {
    if (parameters === undefined) return false;
    const login = this.logins.answer(request, parameters.get('realm'));
    if (login === undefined) return false;
    if (scheme === 'digest') this.#digest = new DigestAnswers(login, parameters);
    else this.#basic = login;
    return true;
  }
}

/** Bytes of a login are ASCII; what has none there is a question mark (BasicScheme 4.5.14). */
export function basicHeader({ user, password }: Login): string {
  const text = `${user}:${password}`.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\0-\x7f]/g, '?');
  return `Basic ${Buffer.from(text, 'latin1').toString('base64')}`;
}

type Parameters = ReadonlyMap<string, string | undefined>;

/** One challenge a header, by scheme; a later one of the same scheme wins. */
function challengesOf(head: ResponseHead): ReadonlyMap<string, Parameters> {
  return new Map(
    allFields(head, 'www-authenticate').map((text) => {
      const [scheme = ''] = text.trim().split(/\s/, 1);
      const elements = headerElements(text.trim().slice(scheme.length));
      return [scheme.toLowerCase(), new Map(elements.map(({ name, value }) => [name.toLowerCase(), value]))];
    }),
  );
}
