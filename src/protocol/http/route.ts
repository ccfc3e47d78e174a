/** A proxy that requests go through. */
export interface HttpProxy {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Empty = none. */
  readonly user: string;
  readonly password: string;
}

/** The way to a server; equal ways have equal keys. */
export interface Route {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly proxy: HttpProxy | undefined;
  /** The address of this machine to connect from. */
  readonly localAddress: string | undefined;
  readonly key: string;
}

/** A route; the port is that of the address, or its scheme's. */
export function routeOf(secure: boolean, host: string, port: number, proxy?: HttpProxy, localAddress?: string): Route {
  const via = proxy === undefined ? '' : `|${proxy.secure ? 'https' : 'http'}://${proxy.host}:${proxy.port}`;
  const key = `${secure ? 'https' : 'http'}://${host}:${port}${via}${localAddress === undefined ? '' : `|${localAddress}`}`;
  return { host, port, secure, proxy, localAddress, key };
}

/** `host:port`, as failures name a server. */
export const hostAndPort = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  `${host}:${port}`;
