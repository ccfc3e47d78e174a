import fs from 'node:fs';
import os from 'node:os';

/** The address of this machine's name as `/etc/hosts` has it, else of its first network (InetAddress.getLocalHost). */
export function hostAddress(): string {
  const networks = Object.values(os.networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const first = networks.find(({ family, internal }) => family === 'IPv4' && !internal);
  return listedAddress(os.hostname()) ?? first?.address ?? '127.0.0.1';
}

/** Java prefers IPv4 addresses. */
function listedAddress(host: string): string | undefined {
  let lines: readonly string[];
  try {
    lines = fs.readFileSync('/etc/hosts', 'utf8').split('\n');
  } catch {
    return undefined;
  }
  for (const line of lines) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (/^[\d.]+$/.test(address) && names.includes(host)) return address;
  }
  return undefined;
}
