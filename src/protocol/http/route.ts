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

/** What a route is made of, as requests name it. */
interface Way {
  readonly target: { readonly secure: boolean; readonly host: string; readonly port: number };
  readonly proxy: HttpProxy | undefined;
  readonly localAddress: string | undefined;
}
let last: Route | undefined;

/** The route of a request: `known` if that is it, or the last that anybody asked for, since most users go one way. */
export function sharedRoute(way: Way, known: Route | undefined): Route {
  if (isRouteOf(known, way)) return known;
  if (isRouteOf(last, way)) return last;
  const { target, proxy, localAddress } = way;
  last = routeOf(target.secure, target.host, target.port, proxy, localAddress);
  return last;
}

const isRouteOf = (route: Route | undefined, { target, proxy, localAddress }: Way): route is Route =>
  route !== undefined &&
  route.host === target.host &&
  route.port === target.port &&
  route.secure === target.secure &&
  route.proxy === proxy &&
  route.localAddress === localAddress;

/** `host:port`, as failures name a server. */
export const hostAndPort = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  `${host}:${port}`;
