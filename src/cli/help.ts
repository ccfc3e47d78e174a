import { type Command, type Flag, flagsOf, groups } from './flags.js';

/** The help of a command: what it does, its flags by group from the table, examples. `width` is the terminal's. */
export function helpOf(command: Command, width = 80): string {
  const { usage, about, examples } = pages[command];
  const blocks = groups.flatMap((group) => {
    const lines = flagsOf(command)
      .filter(([, flag]) => flag.group === group && flag.later === undefined && !flag.idle)
      .map(([, flag]) => flagLine(flag, width));
    return lines.length ? [`${group}:\n${lines.join('\n')}`] : [];
  });
  const idle = flagsOf(command).flatMap(([, flag]) => (flag.idle ? [`-${flag.short} (--${flag.long})`] : []));
  if (idle.length) blocks.push(paragraph(`Accepted without effect: ${idle.join(', ')}`, width));
  return [
    paragraph(`Usage: ${usage}`, width, 'Usage: '.length),
    paragraph(about, width),
    ...blocks,
    `Examples:\n${examples.map((line) => `  ${line}`).join('\n')}`,
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
}

/** The help of `meterless` alone. */
export function overview(width = 80): string {
  const rows = (['run', 'check', 'report', 'convert', 'mirror'] as const).map(
    (name) => `  ${pages[name].usage}\n${paragraph(`      ${pages[name].about}`, width, 6)}`,
  );
  return [
    paragraph('Meterless runs Apache JMeter plans (.jmx) without JMeter and without a JVM.', width),
    `Commands:\n${rows.join('\n')}`,
    `JMeter's own command line works too:\n${paragraph(`  ${pages.jmeter.usage}`, width, 4)}`,
    paragraph(
      "meterless COMMAND --help lists the options of a command, meterless -n --help those of JMeter's command line.",
      width,
    ),
    `Examples:\n${pages.run.examples.map((line) => `  ${line}`).join('\n')}\n`,
  ].join('\n\n');
}

const pages: Readonly<
  Record<Command, { readonly usage: string; readonly about: string; readonly examples: readonly string[] }>
> = {
  run: {
    usage: 'meterless run PLAN.jmx [options]',
    about: 'Runs a plan and writes its results.',
    examples: [
      'meterless run shop.jmx',
      'meterless run shop.jmx -l results.jtl -Jusers=50 -Jduration=300',
      'meterless run shop.jmx -q staging.properties -j run.log',
      'meterless run shop.jmx --connect-to shop.example.org:443:127.0.0.1:8443',
    ],
  },
  check: {
    usage: 'meterless check PLAN.jmx [options]',
    about: 'Lists what of a plan will not run, or will run differently, and draws its load, without running it.',
    examples: ['meterless check shop.jmx', 'meterless check shop.jmx && meterless run shop.jmx'],
  },
  report: {
    usage: 'meterless report RESULTS.jtl [options]',
    about: "Shows the table of JMeter's Aggregate Report for a results file, CSV or XML, and writes it as CSV.",
    examples: [
      'meterless report results.jtl',
      'meterless report results.jtl --aggregate aggregate.csv --summary summary.csv',
      'meterless report results.jtl -Jaggregate_rpt_pct3=99.9 --by-group',
    ],
  },
  convert: {
    usage: 'meterless convert FROM.jmx TO.jmx [options]',
    about: 'Reads a plan and writes it again; what Meterless does not know is kept.',
    examples: ['meterless convert old.jmx new.jmx', 'meterless convert old.jmx new.jmx --force'],
  },
  mirror: {
    usage: 'meterless mirror [PORT] [options]',
    about:
      "Answers HTTP requests with what they sent, as JMeter's mirror server does; on port 8081 unless told otherwise.",
    examples: ['meterless mirror', 'meterless mirror 9090 --bind 127.0.0.1'],
  },
  jmeter: {
    usage: 'meterless -n -t PLAN.jmx [-l RESULTS.jtl] [-j LOG] [-JNAME=VALUE …] [-q FILE …]',
    about: "JMeter's command line: the same letters, the same lines on the console.",
    examples: [
      'meterless -n -t shop.jmx -l results.jtl',
      'meterless -nt shop.jmx -l results.jtl -j run.log -Jusers=50',
    ],
  },
};

const COLUMN = 36;

function flagLine(flag: Flag, width: number): string {
  const head = `  ${spelled(flag)}${valueText(flag)}`;
  const lines = wrap(flag.text, Math.max(30, width - 1 - COLUMN));
  const first = head.length < COLUMN - 1 ? head.padEnd(COLUMN) + (lines.shift() ?? '') : head;
  return [first, ...lines.map((line) => ' '.repeat(COLUMN) + line)].join('\n');
}

function valueText({ value, optional }: Flag): string {
  if (value === undefined) return '';
  return optional ? `[=${value}]` : ` ${value}`;
}

const spelled = (flag: Flag): string =>
  flag.short === undefined
    ? `    --${flag.long}`
    : flag.short === flag.long
      ? `-${flag.short}`
      : `-${flag.short}, --${flag.long}`;

/**
 * Whole words on each line, the lines behind the first one indented; the last column stays free, since some terminals
 * break the line as soon as it is filled.
 */
const paragraph = (text: string, width: number, indent = 0): string =>
  wrap(text.slice(indent), width - 1 - indent)
    .map((line, i) => (i === 0 ? text.slice(0, indent) : ' '.repeat(indent)) + line)
    .join('\n');

/** Breaks a text between words, not within brackets. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ (?![^[]*\])/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
