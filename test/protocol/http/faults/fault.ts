/** What servers do wrong: each case is a server of its own and the request that meets it. */
import type { Secured, Serve } from './line.js';

export interface Fault {
  readonly name: string;
  readonly serve: Serve;
  /** The server speaks TLS. */
  readonly secured?: Secured;
  /** Properties of the sampler, without their `HTTPSampler.`; `PORT` in a value is the server's port. */
  readonly request: Readonly<Record<string, string | boolean>>;
  /** How many samples one user takes, one after the other. */
  readonly samples: number;
}

export type Settings = Partial<Omit<Fault, 'name' | 'serve'>>;

/** In the order in which they were told. */
export const faults: Fault[] = [];

export const fault = (name: string, serve: Serve, { request = {}, samples = 1, ...more }: Settings = {}): void => {
  faults.push({ name, serve, request, samples, ...more });
};

/** Answers each request of a connection with this text. */
export const answers =
  (text: string | Buffer, then?: 'end' | 'reset'): Serve =>
  async (line) => {
    for (;;) {
      await line.request();
      await line.send(text);
      if (then === 'end') line.end();
      if (then === 'reset') {
        // The kernel throws away what was not read yet.
        await line.pause(30);
        line.reset();
      }
    }
  };

export const says = (name: string, text: string | Buffer, settings?: Settings): void =>
  fault(name, answers(text), settings);
export const endsWith = (name: string, text: string | Buffer, settings?: Settings): void =>
  fault(name, answers(text, 'end'), settings);
export const breaksOff = (name: string, text: string | Buffer, settings?: Settings): void =>
  fault(name, answers(text, 'reset'), settings);

export const impatient: Settings = { request: { response_timeout: '250' } };
export const twice: Settings = { samples: 2 };
export const impatientTwice: Settings = { ...impatient, ...twice };
export const head = (...fields: readonly string[]): string => `${['HTTP/1.1 200 OK', ...fields].join('\r\n')}\r\n\r\n`;
export const ok = `${head('Content-Length: 2')}ok`;

export const MB = 1024 * 1024;
export const chunks = '2\r\nok\r\n0\r\n\r\n';
