import { type JavaError, type JavaUri, parseUri } from '../../java/index.js';
import type { Test, User } from '../../model/index.js';
import { type MqttServer, TlsClient } from '../../protocol/index.js';
import { serverOf } from '../mqtt/client.js';

/** Where a broker is, as the older plugins say it. */
export interface BrokerUrl {
  readonly scheme: string;
  readonly host: string;
  /** undefined = the address names none. */
  readonly port: number | undefined;
  readonly path: string;
}

/** Reads `tcp://host:port`; throws URISyntaxException, or what is given instead. */
export function brokerUrl(text: string, instead?: JavaError): BrokerUrl {
  const { scheme, authority = '', path } = parsed(text, instead);
  const [, host = '', port] = /^(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority) ?? [];
  return { scheme, host: host.replace(/^\[|\]$/g, ''), port: port ? Number(port) : undefined, path };
}

function parsed(text: string, instead: JavaError | undefined): JavaUri {
  try {
    return parseUri(text);
  } catch (error) {
    throw instead ?? error;
  }
}

const TLS = {};

/** One for all connections there; any certificate is good. `timeout` in seconds, 0 = for ever. */
export function brokerAt(
  url: BrokerUrl & { readonly port: number },
  secure: boolean,
  timeout: number,
  test: Test,
): MqttServer {
  const { host, port } = url;
  const tls = secure ? test.state(TLS, () => new TlsClient({})) : undefined;
  return serverOf({ protocol: secure ? 'SSL' : 'TCP', host, port, path: undefined, timeout, tls }, test);
}

/** What comes of it, or undefined as soon as the sampler is interrupted. */
export const unlessInterrupted = <T>(user: User, promise: Promise<T>): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    user.onInterrupt = () => resolve(undefined);
    promise.then(resolve, reject);
  });
