/** The one table of flags: parsing, help and the refusals of what is not built yet all follow from it. */

export type Command = 'run' | 'check' | 'report' | 'convert' | 'mirror' | 'jmeter';

/** One flag as a user types it. */
export interface Flag {
  /** A single character, used with one dash; absent for flags that only have a long name. */
  readonly short?: string;
  readonly long: string;
  /** What stands behind the flag in the help; absent = the flag takes no value. */
  readonly value?: string;
  /** The value is NAME=VALUE, and VALUE may also be the next argument (JMeter's two-part options). */
  readonly pair?: true;
  /** The value may be left out, and stands behind `=` when it is given. */
  readonly optional?: true;
  readonly repeat?: true;
  readonly text: string;
  readonly group: Group;
  readonly of: readonly Command[];
  /** What it belongs to that Meterless cannot do yet; such a flag is a usage problem. */
  readonly later?: string;
  /** Understood and without effect, so that JMeter's command lines go through. */
  readonly idle?: true;
}

export const groups = ['Plan and results', 'Properties', 'Network', 'Log and output', 'Other'] as const;
export type Group = (typeof groups)[number];

const runs: readonly Command[] = ['run', 'jmeter'];
const reads: readonly Command[] = ['run', 'check', 'jmeter'];
/** A report needs of the properties what JTLs and tables look like. */
const properties: readonly Command[] = [...reads, 'report'];
const all: readonly Command[] = [...properties, 'convert', 'mirror'];

export const flags = {
  nongui: {
    short: 'n',
    long: 'nongui',
    text: "run without a window (JMeter's own command line needs it)",
    group: 'Plan and results',
    of: runs,
  },
  plan: { short: 't', long: 'testfile', value: 'FILE', text: 'the plan to run', group: 'Plan and results', of: runs },
  results: {
    short: 'l',
    long: 'logfile',
    value: 'FILE',
    text: 'write the results (JTL) there; an existing file is appended to',
    group: 'Plan and results',
    of: runs,
  },
  deleteResults: {
    short: 'f',
    long: 'forceDeleteResultFile',
    text: 'delete results files that exist first, those of listeners too',
    group: 'Plan and results',
    of: runs,
  },
  standIns: {
    long: 'standins',
    value: 'FILE',
    text: 'stand-ins for scripts; otherwise <plan>.standins.yaml when it exists',
    group: 'Plan and results',
    of: reads,
  },
  shards: {
    long: 'shards',
    value: 'N|auto',
    text: 'run the users in N processes; auto: in more than one when there are many',
    group: 'Plan and results',
    of: runs,
  },
  mqttDelivery: {
    long: 'mqtt-delivery',
    value: 'FILE.json',
    optional: true,
    text: 'latency, losses, duplicates and order of MQTT messages; adds 32 bytes to each payload',
    group: 'Plan and results',
    of: runs,
  },
  aggregate: {
    long: 'aggregate',
    value: 'FILE',
    text: "write the table of JMeter's Aggregate Report as CSV",
    group: 'Plan and results',
    of: ['report'],
  },
  summary: {
    long: 'summary',
    value: 'FILE',
    text: "write the table of JMeter's Summary Report as CSV",
    group: 'Plan and results',
    of: ['report'],
  },
  byGroup: {
    long: 'by-group',
    text: 'put the thread group before each label, so that equal labels of two groups stay apart',
    group: 'Plan and results',
    of: ['report'],
  },
  force: { long: 'force', text: 'overwrite a file that exists', group: 'Plan and results', of: ['convert'] },

  property: {
    short: 'J',
    long: 'jmeterproperty',
    value: 'NAME=VALUE',
    pair: true,
    repeat: true,
    text: 'set a property; without a value, remove it',
    group: 'Properties',
    of: properties,
  },
  propertyFile: {
    short: 'q',
    long: 'addprop',
    value: 'FILE',
    repeat: true,
    text: 'read properties from a file',
    group: 'Properties',
    of: properties,
  },
  baseProperties: {
    short: 'p',
    long: 'propfile',
    value: 'FILE',
    text: "use this file in place of JMeter's own jmeter.properties",
    group: 'Properties',
    of: properties,
  },
  system: {
    short: 'D',
    long: 'systemproperty',
    value: 'NAME=VALUE',
    pair: true,
    repeat: true,
    text: 'set a Java system property; without a value, remove it',
    group: 'Properties',
    of: reads,
  },
  systemFile: {
    short: 'S',
    long: 'systemPropertyFile',
    value: 'FILE',
    repeat: true,
    text: 'read Java system properties from a file',
    group: 'Properties',
    of: reads,
  },
  global: {
    short: 'G',
    long: 'globalproperty',
    value: 'NAME=VALUE',
    pair: true,
    repeat: true,
    text: 'a property for remote servers only: without effect here, as in JMeter',
    group: 'Properties',
    of: runs,
    idle: true,
  },

  connectTo: {
    long: 'connect-to',
    value: 'HOST:PORT:HOST2:PORT2',
    repeat: true,
    text: "connect to HOST2:PORT2 instead, as curl's flag of that name; requests stay as they are",
    group: 'Network',
    of: runs,
  },
  localAddresses: {
    long: 'local-addresses',
    value: 'LIST',
    text: 'spread connections over these addresses of this machine: 127.0.0.2-127.0.0.20,10.0.0.0/28',
    group: 'Network',
    of: runs,
  },
  verifyTls: {
    long: 'verify-tls',
    text: 'fail samples of servers whose certificate is not good; otherwise any is, as in JMeter',
    group: 'Network',
    of: runs,
  },
  bind: {
    long: 'bind',
    value: 'ADDRESS',
    text: 'listen on this address only; otherwise on all of this machine',
    group: 'Network',
    of: ['mirror'],
  },
  proxyScheme: {
    short: 'E',
    long: 'proxyScheme',
    value: 'SCHEME',
    text: 'scheme of the proxy server',
    group: 'Network',
    of: runs,
  },
  proxyHost: {
    short: 'H',
    long: 'proxyHost',
    value: 'HOST',
    text: 'proxy server for HTTP',
    group: 'Network',
    of: runs,
  },
  proxyPort: { short: 'P', long: 'proxyPort', value: 'PORT', text: 'its port', group: 'Network', of: runs },
  noProxy: {
    short: 'N',
    long: 'nonProxyHosts',
    value: 'HOSTS',
    text: 'hosts reached without the proxy (*.example.org|localhost)',
    group: 'Network',
    of: runs,
  },
  proxyUser: {
    short: 'u',
    long: 'username',
    value: 'NAME',
    text: 'login name at the proxy',
    group: 'Network',
    of: runs,
  },
  proxyPassword: {
    short: 'a',
    long: 'password',
    value: 'TEXT',
    text: 'password at the proxy',
    group: 'Network',
    of: runs,
  },

  log: {
    short: 'j',
    long: 'jmeterlogfile',
    value: 'FILE',
    text: "run log; 'yyyyMMdd' in single quotes becomes the date",
    group: 'Log and output',
    of: runs,
  },
  logLevel: {
    short: 'L',
    long: 'loglevel',
    value: '[CATEGORY=]LEVEL',
    pair: true,
    repeat: true,
    text: 'how much the run log says, e.g. DEBUG or jmeter.threads=DEBUG',
    group: 'Log and output',
    of: runs,
  },
  logConfig: {
    short: 'i',
    long: 'jmeterlogconf',
    value: 'FILE',
    text: 'a log4j configuration: without effect here',
    group: 'Log and output',
    of: runs,
    idle: true,
  },
  quiet: { long: 'quiet', text: 'say nothing but problems', group: 'Log and output', of: [...properties, 'mirror'] },

  home: {
    short: 'd',
    long: 'homedir',
    value: 'DIR',
    text: "JMeter's folder: without effect here",
    group: 'Other',
    of: runs,
    idle: true,
  },
  help: { short: 'h', long: 'help', text: 'this help', group: 'Other', of: all },
  options: { short: '?', long: '?', text: 'this help', group: 'Other', of: ['jmeter'] },
  version: { short: 'v', long: 'version', text: 'print the version', group: 'Other', of: all },

  report: {
    short: 'e',
    long: 'reportatendofloadtests',
    text: 'the dashboard after the run',
    group: 'Other',
    of: runs,
    later: 'the HTML dashboard',
  },
  reportFolder: {
    short: 'o',
    long: 'reportoutputfolder',
    value: 'DIR',
    text: 'where the dashboard goes',
    group: 'Other',
    of: runs,
    later: 'the HTML dashboard',
  },
  reportOnly: {
    short: 'g',
    long: 'reportonly',
    value: 'FILE',
    text: 'the dashboard of a results file',
    group: 'Other',
    of: ['jmeter'],
    later: 'the HTML dashboard',
  },
  remote: {
    short: 'r',
    long: 'runremote',
    text: 'run on the servers in remote_hosts',
    group: 'Other',
    of: runs,
    later: 'running on several machines',
  },
  remoteHosts: {
    short: 'R',
    long: 'remotestart',
    value: 'HOSTS',
    text: 'run on these servers',
    group: 'Other',
    of: runs,
    later: 'running on several machines',
  },
  remoteExit: {
    short: 'X',
    long: 'remoteexit',
    text: 'stop the servers at the end',
    group: 'Other',
    of: runs,
    later: 'running on several machines',
  },
  server: {
    short: 's',
    long: 'server',
    text: 'wait for a run as a server',
    group: 'Other',
    of: ['jmeter'],
    later: 'running on several machines',
  },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

/** The flags of a command in the table's order. */
export function flagsOf(command: Command): readonly (readonly [FlagName, Flag])[] {
  return (Object.entries(flags) as [FlagName, Flag][]).filter(([, flag]) => flag.of.includes(command));
}
