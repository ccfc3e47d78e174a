import os from 'node:os';
import path from 'node:path';
import { systemDefaults } from './jmeter-defaults.js';

/** The Java system properties that plans read; of a JVM only the version is claimed, as JMeter 5.6.3 usually has it. */
export function javaSystemProperties(workingDirectory: string): readonly (readonly [string, string])[] {
  const home = os.homedir();
  return [
    ...Object.entries(systemDefaults),
    ['user.dir', workingDirectory],
    ['user.home', home],
    ['user.name', userName(home)],
    ['user.language', 'en'],
    ['user.country', 'EN'],
    ['file.separator', path.sep],
    ['path.separator', path.delimiter],
    ['line.separator', os.EOL],
    ['file.encoding', 'UTF-8'],
    ['os.name', osName()],
    ['os.arch', process.arch === 'x64' ? 'amd64' : process.arch === 'arm64' ? 'aarch64' : process.arch],
    ['os.version', os.release()],
    ['java.io.tmpdir', os.tmpdir()],
    ['java.version', '17'],
    ['java.specification.version', '17'],
    ['JMeter.NonGui', 'true'],
  ];
}

function osName(): string {
  const type = os.type();
  return type === 'Darwin' ? 'Mac OS X' : type === 'Windows_NT' ? 'Windows' : type;
}

/** A container's user need not have a name; Java then says `?`. */
function userName(home: string): string {
  try {
    return os.userInfo().username;
  } catch {
    return path.basename(home) || '?';
  }
}
