import { javaTrim, parseInteger, toInt } from '../../java/index.js';
import { prop } from '../../model/index.js';

/** Both timeouts are read by every sampler, used or not: what is no number loses the sample. */
export const timeouts = {
  /** Milliseconds. */
  connectTimeout: prop.text('connectTimeout', '20000'),
  /** Milliseconds. */
  readTimeout: prop.text('readTimeout', '6000'),
};
/** Where a sampler connects to. */
export const address = {
  tls: prop.flag('TLS'),
  server: prop.text('server'),
  port: prop.text('port', '80'),
  path: prop.text('path'),
};

export interface Timeouts {
  readonly name: string;
  readonly connectTimeout: string;
  readonly readTimeout: string;
}
export interface Address extends Timeouts {
  readonly tls: boolean;
  readonly server: string;
  readonly port: string;
  readonly path: string;
}

/** What is wrong with port and connect timeout, in the plugin's words. */
export const wrongAddress = (props: Address): string | undefined =>
  wrongPort(javaTrim(props.port)) ?? wrongTimeout('Connection timeout', props.connectTimeout, 1, 999_999);

/** What is wrong with the read timeout, in the plugin's words. */
export const wrongReadTimeout = (props: Timeouts): string | undefined =>
  wrongTimeout('Read timeout', props.readTimeout, 0, 9_999_999);

function wrongPort(text: string): string | undefined {
  const port = toInt(text);
  if (port === undefined) return `Port number '${text}' is not a number.`;
  return port <= 0 || port > 65535 ? `Port number '${text}' is not valid.` : undefined;
}

/** Milliseconds; throws NumberFormatException. */
export const millisecondsOf = (text: string): number => known(text) ?? parseInteger(javaTrim(text));

/** The same few texts come with every sample. */
const numbers = new Map<string, number>();

function known(text: string): number | undefined {
  let number = numbers.get(text);
  if (number !== undefined) return number;
  number = toInt(javaTrim(text));
  if (number !== undefined && numbers.size < 100) numbers.set(text, number);
  return number;
}

function wrongTimeout(what: string, given: string, least: number, most: number): string | undefined {
  const ms = known(given);
  if (ms === undefined) return `${what} '${javaTrim(given)}' is not a number.`;
  return ms < least || ms > most ? `${what} '${ms}' is not valid; should between ${least} and ${most}` : undefined;
}
