import type { Speeds, TlsClient } from '../line/index.js';
import type { Surroundings } from './connect.js';
import type { PoolSettings } from './pool.js';
import { Pool } from './pool.js';
import type { HttpRequest } from './request.js';
import { headerLine } from './request-headers.js';
import { type Route, sharedRoute } from './route.js';

/** How requests are made, the same for all clients of a run. */
export interface ClientSettings extends PoolSettings {
  /** The User-Agent header; undefined = none. */
  readonly userAgent: string | undefined;
  /** How often a request is tried again after a failure of the line. */
  readonly retries: number;
  /** Whether that goes for methods too that are not idempotent. */
  readonly retrySent: boolean;
  /** Milliseconds an idle connection is kept when the server does not say; 0 = no limit. */
  readonly idleTimeout: number;
  readonly maxRedirects: number;
  /** How slow its connections are; undefined = they are not. */
  readonly speeds?: Speeds | undefined;
}

/** An HTTP client of one user: its idle connections, and what its proxy was told. */
export class HttpClient {
  readonly pool: Pool;
  /** Connections of other kinds that end with those of the pool. */
  beside: { close(): void } | undefined;
  /** The value of Proxy-Authorization once the proxy has asked for it. */
  proxyAuthorization: string | undefined;
  #route: Route | undefined;
  #cookie: string | undefined;
  #cookieLine = '';

  constructor(
    readonly settings: ClientSettings,
    readonly around: Surroundings,
    /** Who we are to servers that speak TLS, and whom we trust; without it we are nobody and trust all. */
    readonly tls?: TlsClient,
  ) {
    this.pool = new Pool(settings, around);
  }

  /** The way of a request, which is mostly that of the last one. */
  routeOf(request: HttpRequest): Route {
    this.#route = sharedRoute(request, this.#route);
    return this.#route;
  }

  /** The line of a Cookie header, which is mostly that of the last request. */
  cookieLine(cookie: string): string {
    if (cookie !== this.#cookie) {
      this.#cookie = cookie;
      this.#cookieLine = headerLine('Cookie', cookie);
    }
    return this.#cookieLine;
  }

  /** Closes the connections that nobody uses, and forgets what the proxy asked. */
  reset(): void {
    this.close();
    this.tls?.forget();
    this.proxyAuthorization = undefined;
  }

  close(): void {
    this.pool.close();
    this.beside?.close();
  }
}
