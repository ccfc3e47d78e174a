import net from 'node:net';
import os from 'node:os';
import { JavaError } from '../../java/index.js';
import type { HttpProps } from './http-props.js';

const FAMILIES = ['', '', 'IPv4', 'IPv6'];
const CLASSES = ['', 'InetAddress', 'Inet4Address', 'Inet6Address'];

const unknown = (message: string): JavaError => new JavaError('java.net.UnknownHostException', message);

/**
 * The address of this machine to connect from, by address or by name of a network device; undefined = any. Throws
 * UnknownHostException (HTTPAbstractImpl.getIpSourceAddress 5.6.3).
 */
export function sourceAddress(props: HttpProps): string | undefined {
  const source = props.ipSource;
  if (source.trim() === '') return undefined;
  const type = props.ipSourceType;
  if (type < 0 || type > 3)
    throw new JavaError('java.lang.ArrayIndexOutOfBoundsException', `Index ${type} out of bounds for length 4`);
  if (type === 0) {
    if (net.isIP(source) !== 0) return source;
    if (source === 'localhost') return '127.0.0.1';
    throw unknown(`${source}: Name or service not known`);
  }
  const addresses = os.networkInterfaces()[source];
  if (addresses === undefined) throw unknown(`Cannot find interface ${source}`);
  const family = FAMILIES[type] ?? '';
  const found = addresses.find((address) => family === '' || address.family === family);
  if (found === undefined) throw unknown(`Interface ${source} does not have address of type ${CLASSES[type]}`);
  return found.address;
}
