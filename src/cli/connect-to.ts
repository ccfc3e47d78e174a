import { ProblemError, problems } from '../problem.js';

export interface Destination {
  readonly host: string;
  readonly port: number;
}
export type ConnectTo = (host: string, port: number) => Destination;

/**
 * Compiles `--connect-to HOST:PORT:HOST2:PORT2` flags with curl's rules: a blank HOST or PORT matches all, a blank HOST2
 * or PORT2 keeps what the request says, the first flag that matches wins. Throws ProblemError for a malformed flag.
 */
export function connectTo(given: readonly string[]): ConnectTo {
  const rules = given.map(parse);
  if (rules.length === 0) return (host, port) => ({ host, port });
  return (host, port) => {
    const name = bare(host).toLowerCase();
    const rule = rules.find((one) => (one.host === '' || one.host === name) && (one.port ?? port) === port);
    return rule ? { host: rule.host2 === '' ? host : rule.host2, port: rule.port2 ?? port } : { host, port };
  };
}

interface Rule {
  readonly host: string;
  readonly port: number | undefined;
  readonly host2: string;
  readonly port2: number | undefined;
}

const PART = String.raw`(\[[^\]]*\]|[^:\[\]]*)`;
const FORM = new RegExp(`^${PART}:(\\d*):${PART}:(\\d*)$`);

function parse(text: string): Rule {
  const match = FORM.exec(text);
  const [, host = '', port = '', host2 = '', port2 = ''] = match ?? [];
  const numbers = [port, port2].map((digits) => (digits === '' ? undefined : Number(digits)));
  if (!match || numbers.some((n) => n !== undefined && (n < 1 || n > 65535))) {
    throw new ProblemError([
      problems.usage(
        `--connect-to ${text} is not HOST:PORT:HOST2:PORT2`,
        'leave HOST or PORT blank to match all, HOST2 or PORT2 to keep them; write IPv6 in brackets',
      ),
    ]);
  }
  return { host: bare(host).toLowerCase(), port: numbers[0], host2: bare(host2), port2: numbers[1] };
}

const bare = (host: string): string => (host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host);
