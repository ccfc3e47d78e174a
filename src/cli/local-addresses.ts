import net from 'node:net';
import { ProblemError, problems } from '../problem.js';

/** Larger ranges are a slip of the finger: a million connections need some fifty addresses. */
const MOST = 4096;

/** The addresses of `127.0.0.2-127.0.0.20,10.0.0.0/28,fe80::1`; throws ProblemError for what is none. */
export function localAddresses(text: string): readonly string[] {
  const addresses = text.split(',').flatMap((part) => rangeOf(part.trim()) ?? refuse(part));
  if (addresses.length > MOST) refuse(text);
  return addresses;
}

function rangeOf(part: string): readonly string[] | undefined {
  if (net.isIPv6(part)) return [part];
  const network = /^([\d.]+)\/(\d+)$/.exec(part);
  if (network) return networkOf(network[1] ?? '', Number(network[2]));
  const [first = '', last = first, ...more] = part.split('-');
  const [from, to] = [numberOf(first), numberOf(last)];
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  return between(from, to);
}

/** Without its first and its last address, which are nobody's. */
function networkOf(base: string, bits: number): readonly string[] | undefined {
  const address = numberOf(base);
  if (address === undefined || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor(address / size) * size;
  return size <= 2 ? between(first, first + size - 1) : between(first + 1, first + size - 2);
}

function between(from: number, to: number): readonly string[] | undefined {
  if (to < from || to - from >= MOST) return undefined;
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const n = from + i;
    return [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');
  });
}

const numberOf = (address: string): number | undefined =>
  net.isIPv4(address) ? address.split('.').reduce((n, part) => n * 256 + Number(part), 0) : undefined;

function refuse(what: string): never {
  const help = 'addresses of this machine, as 127.0.0.2-127.0.0.20 or 10.0.0.5,10.0.0.16/28';
  throw new ProblemError([problems.usage(`--local-addresses ${what}: no such addresses`, help)]);
}
