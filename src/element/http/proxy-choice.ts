import { JavaError } from '../../java/index.js';
import type { HttpProxy } from '../../protocol/index.js';
import type { HttpProps } from './http-props.js';
import type { HttpSettings } from './http-settings.js';

/**
 * The proxy of a request: the sampler's own when it names host and port, else that of the command line. Throws
 * IllegalArgumentException for a host with blanks.
 */
export function proxyOf(props: HttpProps, host: string, otherwise: HttpSettings['proxyFor']): HttpProxy | undefined {
  const scheme = props.proxyScheme;
  const proxyHost = props.proxyHost;
  const port = props.proxyPort;
  const password = props.proxyPass;
  const user = props.proxyUser;
  if (proxyHost.trim() === '' || !(port > 0)) return otherwise(host);
  if (/\s/.test(proxyHost))
    throw new JavaError('java.lang.IllegalArgumentException', 'Host name may not contain blanks');
  return { secure: scheme.toLowerCase() === 'https', host: proxyHost, port, user, password };
}
