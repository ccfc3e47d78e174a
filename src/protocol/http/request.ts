import type { RequestHeaders } from './request-headers.js';
import type { HttpProxy } from './route.js';

/** Where a request goes: an address taken apart. */
export interface Target {
  readonly secure: boolean;
  /** As the address writes it; IPv6 in brackets. */
  readonly host: string;
  /** The port to connect to. */
  readonly port: number;
  /** The Host header: the port only when the address has one. */
  readonly hostHeader: string;
  /** Path and query as they are sent. */
  readonly path: string;
}

/** A body to send. */
export interface Entity {
  /** Text is sent one byte per character. */
  readonly content: Buffer | string;
  /** Sent when the request has no Content-Type of its own. */
  readonly contentType: string | undefined;
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
  /** Whether redirects are followed by the client itself. */
  readonly followRedirects: boolean;
  /** Whether the body is wanted; its size is counted in any case. */
  readonly keepBody: boolean;
}
