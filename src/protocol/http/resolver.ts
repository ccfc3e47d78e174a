import { type LookupAllOptions, lookup } from 'node:dns';
import { isIP } from 'node:net';
import { JavaError } from '../../java/index.js';
import { codeOf } from '../line/index.js';
import { httpError } from './error.js';

/** Finds the addresses of a host, in the order in which they are to be tried. Fails with UnknownHostException. */
export type Resolve = (host: string) => readonly string[] | Promise<readonly string[]>;

/** How Java is told to look for addresses. */
export interface ResolverSettings {
  /** Addresses of the other kinds are not used, or come last. */
  readonly prefer?: 'ipv4' | 'ipv6' | 'only ipv4';
  /** Milliseconds for which an address is kept. */
  readonly keep?: number;
}

/** How long Java 17 keeps an address, and a name that is not known, in ms. */
const KEEP = 30_000;
const KEEP_UNKNOWN = 10_000;
const ASCII = /^[ -~]*$/;

interface Entry {
  readonly until: number;
  readonly addresses: readonly string[] | undefined;
}

/** The system's resolver with the cache of java.net.InetAddress; a name found unknown is told by its bare name for a while. */
export function systemResolver(
  now: () => number,
  { prefer = 'ipv4', keep: time = KEEP }: ResolverSettings = {},
): Resolve {
  const options: LookupAllOptions = {
    all: true,
    family: prefer === 'only ipv4' ? 4 : 0,
    order: prefer === 'ipv6' ? 'ipv6first' : 'ipv4first',
  };
  const cache = new Map<string, Entry>();
  return (host) => {
    if (isIP(host) !== 0) return [host];
    const known = cache.get(host);
    if (known !== undefined && known.until > now()) {
      if (known.addresses === undefined) throw httpError.unknownHost(host);
      return known.addresses;
    }
    const keep = (addresses: readonly string[] | undefined): void => {
      if (cache.size > 10_000) cache.clear();
      cache.set(host, { until: now() + (addresses ? time : KEEP_UNKNOWN), addresses });
    };
    return ask(host, options, keep);
  };
}

function ask(
  host: string,
  options: LookupAllOptions,
  keep: (addresses: readonly string[] | undefined) => void,
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const failed = (code: string): void => {
      const again = code === 'EAI_AGAIN';
      if (!again) keep(undefined);
      reject(
        httpError.unknownHost(
          `${host}: ${again ? 'Temporary failure in name resolution' : 'Name or service not known'}`,
        ),
      );
    };
    // Node would ask for the ASCII form of other scripts' names, Java does not.
    if (!ASCII.test(host)) {
      failed('ENOTFOUND');
      return;
    }
    try {
      lookup(host, options, (error, found) => {
        if (error) {
          failed(codeOf(error));
          return;
        }
        const addresses = found.map(({ address }) => address);
        keep(addresses);
        resolve(addresses);
      });
    } catch (error) {
      reject(
        error instanceof Error ? new JavaError('java.net.UnknownHostException', `${host}: ${error.message}`) : error,
      );
    }
  });
}
