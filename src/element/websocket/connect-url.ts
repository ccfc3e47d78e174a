import { JavaError } from '../../java/index.js';
import type { WebSocketTarget } from '../../protocol/index.js';

/**
 * The address of a sampler as java.net.URL and the plugin's client make it of the fields: a slash goes in front of a path
 * that has none, the fragment is dropped, nothing is encoded. Throws RuntimeException, which loses the sample,
 * for a host that no URL can have.
 */
export function connectTarget(secure: boolean, server: string, port: number, file: string): WebSocketTarget {
  const host = server.includes(':') && !server.startsWith('[') ? `[${server}]` : server;
  if (/[\0-\x1f\x7f/]/.test(host)) throw new JavaError('java.lang.RuntimeException');
  const hash = file.indexOf('#');
  const fragment = hash < 0 ? '' : file.slice(hash);
  const path = withSlash(hash < 0 ? file : file.slice(0, hash));
  const url = `http${secure ? 's' : ''}://${host}:${port}${path}${fragment}`;
  return { host, port, secure, path, url };
}

/** `Connect URL` of a sampler's request data. */
export const connectUrlText = ({ secure, host, port, path }: WebSocketTarget): string =>
  `Connect URL:\nws${secure ? 's' : ''}://${host}:${port}${path}\n`;

/** What has no slash is trimmed when it gets one, unless a slash follows the blanks; URL itself adds none. */
function withSlash(file: string): string {
  if (file.startsWith('/')) return file;
  return /^[\0- ]*\//.test(file) ? `/${file}` : `/${file.replace(/^[\0- ]+|[\0- ]+$/g, '')}`;
}
