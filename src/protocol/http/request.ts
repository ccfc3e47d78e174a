import type { IntakeTerms } from './body-intake.js';
import type { MakeHead } from './request-head.js';
import type { RequestHeaders } from './request-headers.js';
import type { ResponseHead } from './response-head.js';
import type { HttpProxy } from './route.js';
import type { Target } from './target.js';
import type { Content } from './upload.js';

/** A body to send. */
export interface Entity {
  readonly content: Content;
  /** Sent when the request has no Content-Type of its own. */
  readonly contentType: string | undefined;
  /** Why it cannot be sent, which shows only when it is to be. */
  readonly failure?: Error | undefined;
}

/** Who answers a server that asks who is there. */
export interface Authorizer {
  /** The Authorization header of a request; undefined = none. Not asked when the request has its own. */
  header(request: HttpRequest): string | undefined;
  /** Takes a 401; true when the request is to be sent again with another header. */
  challenged(request: HttpRequest, head: ResponseHead): boolean;
}

/** A rule for redirects. */
export interface Follow {
  /** Whether a response sends the client elsewhere. */
  goes(request: HttpRequest, head: ResponseHead): boolean;
  /** The request for the place that it names; what it throws ends the request. */
  next(request: HttpRequest, head: ResponseHead): HttpRequest;
  /** Judges how many hops were gone, by what it throws; HttpClient's rule, which knows circles, when not given. */
  checkHops?(hops: number): void;
}

/** A request of Apache HttpClient 4.5.14. */
export interface HttpRequest {
  readonly method: string;
  readonly target: Target;
  readonly headers: RequestHeaders;
  /** The Cookie header, behind the others; undefined = none. */
  readonly cookie: string | undefined;
  /** undefined = a method without body; null = a method that could have one and has none. */
  readonly entity: Entity | null | undefined;
  /** Milliseconds for each address; 0 = no limit. */
  readonly connectTimeout: number;
  /** Milliseconds for each wait for bytes; 0 = no limit. */
  readonly responseTimeout: number;
  readonly proxy: HttpProxy | undefined;
  readonly localAddress: string | undefined;
  readonly authorizer?: Authorizer | undefined;
  /** How redirects are followed by the client itself; undefined = not at all. */
  readonly follow: Follow | undefined;
  /** How the head is made; HttpClient's way when not given. */
  readonly makeHead?: MakeHead | undefined;
  /** It asks for another protocol, and fails with `httpError.switched` when the server takes that up. */
  readonly switches?: boolean | undefined;
  /** Whether the body is wanted; its size is counted in any case. */
  readonly keepBody: boolean;
  /** What becomes of the body on its way; it stays as it came when not given. */
  readonly intake?: IntakeTerms | undefined;
}
