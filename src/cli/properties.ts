import fs from 'node:fs';
import { Properties } from '../model/index.js';
import { ProblemError } from '../problem.js';
import { javaSystemProperties } from './java-system.js';
import { jmeterDefaults } from './jmeter-defaults.js';
import { type CommandLine, givenValue, usageProblem } from './parse-flags.js';
import { readPropertiesFile } from './properties-file.js';

/** What the properties are made from besides the flags. */
export interface Surroundings {
  readonly workingDirectory: string;
  /** Epoch ms of the start of the program. */
  readonly now: number;
}

/**
 * The properties of a run in JMeter's order: -p or the shipped defaults, user.properties and system.properties of the
 * working directory, then -q -J -S -D from left to right, so that the later one wins. Throws ProblemError for a file
 * that cannot be read; JMeter only logs a warning there and runs with the wrong values.
 */
export function loadProperties(line: CommandLine, { workingDirectory, now }: Surroundings): Properties {
  const properties = new Properties();
  const { system } = properties;
  const set = ([name, value]: readonly [string, string]): void => void properties.set(name, value);
  const setSystem = ([name, value]: readonly [string, string]): void => void system.set(name, value);

  javaSystemProperties(workingDirectory).forEach(setSystem);
  const base = givenValue(line, 'baseProperties');
  (base === undefined ? Object.entries(jmeterDefaults) : readPropertiesFile(base)).forEach(set);
  beside(properties.get('user.properties')).forEach(set);
  beside(properties.get('system.properties')).forEach(setSystem);

  for (const { flag, name, value } of line.given) {
    if (flag === 'propertyFile') readPropertiesFile(value).forEach(set);
    else if (flag === 'systemFile') readPropertiesFile(value).forEach(setSystem);
    else if (flag === 'property') value === '' ? properties.remove(name) : set([name, value]);
    else if (flag === 'system') value === '' ? void system.delete(name) : setSystem([name, value]);
  }
  setProxy(properties, line);
  if (line.given.some(({ flag }) => flag === 'verifyTls')) properties.set('meterless.tls.verify', 'true');
  properties.set('jmeter.version', '5.6.3');
  setStart(properties, new Date(now));
  return properties;
}

/** A file that JMeter reads when it is there and leaves out when it is not. */
function beside(file: string | undefined): readonly (readonly [string, string])[] {
  return file && fs.existsSync(file) ? readPropertiesFile(file) : [];
}

/** -H -P -E -N are Java's system properties, -u -a are JMeter's own (JMeter.setProxy). */
function setProxy(properties: Properties, line: CommandLine): void {
  const [host, port, hosts] = [
    givenValue(line, 'proxyHost'),
    givenValue(line, 'proxyPort'),
    givenValue(line, 'noProxy'),
  ];
  const [user, password, scheme] = [
    givenValue(line, 'proxyUser'),
    givenValue(line, 'proxyPassword'),
    givenValue(line, 'proxyScheme'),
  ];
  if ((host === undefined) !== (port === undefined)) {
    throw new ProblemError([usageProblem('If specifying a proxy server, host and port must be given', 'run')]);
  }
  if (user !== undefined) {
    properties.set('http.proxyUser', user);
    if (password !== undefined) properties.set('http.proxyPass', password);
  }
  for (const protocol of ['http', 'https']) {
    if (host !== undefined && port !== undefined) {
      properties.system.set(`${protocol}.proxyHost`, host);
      properties.system.set(`${protocol}.proxyPort`, port);
    }
    if (hosts !== undefined) properties.system.set(`${protocol}.nonProxyHosts`, hosts);
  }
  if (host !== undefined && scheme?.trim()) properties.system.set('http.proxyScheme', scheme);
}

function setStart(properties: Properties, now: Date): void {
  const two = (n: number): string => String(n).padStart(2, '0');
  properties.set('START.MS', String(now.getTime()));
  properties.set('START.YMD', `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`);
  properties.set('START.HMS', `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`);
}
