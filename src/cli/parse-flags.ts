import { type Problem, ProblemError, problems } from '../problem.js';
import { type Command, type Flag, type FlagName, flagsOf } from './flags.js';
import { nearest } from './nearest.js';

/** One flag as it was given; `name` and `value` are the two parts of NAME=VALUE flags, others have only `value`. */
export interface Given {
  readonly flag: FlagName;
  readonly name: string;
  readonly value: string;
}

/** A parsed command line: flags in the order they were typed, and the words between them. */
export interface CommandLine {
  readonly given: readonly Given[];
  readonly words: readonly string[];
}

/**
 * Parses arguments by the rules of JMeter's parser (Avalon CLArgsParser): clustered short flags, values attached, after
 * `=` or in the next argument, `-Jname value`, `--name=value`. Throws ProblemError for what JMeter's parser refuses,
 * with its words, and for flags of features that are not built yet.
 */
export function parseFlags(command: Command, args: readonly string[]): CommandLine {
  const parser = new Parser(command, args);
  parser.parse();
  refuseDuplicates(parser.given, parser.table);
  return { given: parser.given, words: parser.words };
}

/** The value of a flag that is given at most once. */
export function givenValue(line: CommandLine, flag: FlagName): string | undefined {
  return line.given.find((given) => given.flag === flag)?.value;
}

class Parser {
  readonly given: Given[] = [];
  readonly words: string[] = [];
  readonly table: readonly (readonly [FlagName, Flag])[];
  #next = 0;

  constructor(
    readonly command: Command,
    readonly args: readonly string[],
  ) {
    this.table = flagsOf(command);
  }

  parse(): void {
    for (let arg = this.#take(); arg !== undefined; arg = this.#take()) {
      if (!arg.startsWith('-')) this.words.push(arg);
      else if (arg === '-') throw refusal('Malformed option -', this.command);
      else if (arg === '--') {
        this.words.push(...this.args.slice(this.#next));
        return;
      } else if (arg.startsWith('--')) this.#long(arg.slice(2));
      else this.#cluster(arg);
    }
  }

  #take(): string | undefined {
    return this.args[this.#next++];
  }

  #long(text: string): void {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const found = this.table.find(([, flag]) => flag.long === name);
    if (!found) throw refusal(`Unknown option --${name}`, this.command, this.#meant(name));
    const rest = equals < 0 ? '' : text.slice(equals + 1);
    if (found[1].optional) this.#add(found, '', rest);
    else if (found[1].value !== undefined) this.#withValue(found, rest, `--${name}`);
    else {
      this.#add(found, '', '');
      // JMeter's parser goes on behind the `=` as if a new argument began there.
      if (rest !== '') this.words.push(rest);
    }
  }

  #cluster(arg: string): void {
    for (let i = 1; i < arg.length; i++) {
      const letter = arg.charAt(i);
      const found = this.table.find(([, flag]) => 'short' in flag && flag.short === letter);
      // One dash and a whole word is how other programs spell long options.
      if (!found) throw refusal(`Unknown option -${letter}`, this.command, this.#meant(arg.slice(1)));
      if (found[1].value !== undefined) {
        this.#withValue(found, arg.slice(i + 1), `-${letter}`);
        return;
      }
      this.#add(found, '', '');
    }
  }

  /** The long option that a word with a slip in it means. */
  #meant(word: string): string | undefined {
    if (word.length < 3) return undefined;
    const near = nearest(
      word.replace(/=.*/s, ''),
      this.table.filter(([, flag]) => flag.later === undefined).map(([, flag]) => flag.long),
    );
    return near === undefined ? undefined : `--${near}`;
  }

  #withValue(found: readonly [FlagName, Flag], attached: string, spelled: string): void {
    if (found[1].pair) {
      this.#withPair(found, attached, spelled);
      return;
    }
    const value = attached === '' ? this.#take() : attached.replace(/^=/, '');
    if (value === undefined) throw refusal(`Missing argument to option ${spelled}`, this.command);
    this.#add(found, '', value);
  }

  /** Without `=` the next argument is the value unless it starts with a dash: `-Jfoo bar` is foo=bar. */
  #withPair(found: readonly [FlagName, Flag], attached: string, spelled: string): void {
    const text = attached === '' ? this.#take() : attached;
    if (text === undefined) throw refusal(`Missing argument to option ${spelled}`, this.command);
    const equals = text.indexOf('=');
    if (equals === 0) throw refusal(`Unable to parse first argument for option ${spelled}`, this.command);
    const next = this.args[this.#next];
    if (equals > 0) this.#add(found, text.slice(0, equals), text.slice(equals + 1));
    else if (next === undefined || next.startsWith('-') || !takesNext(found[0], this.command))
      this.#add(found, text, '');
    else this.#add(found, text, this.#take() ?? '');
  }

  #add([name, flag]: readonly [FlagName, Flag], part: string, value: string): void {
    if (flag.later !== undefined) {
      const spelled = flag.short === undefined ? `--${flag.long}` : `-${flag.short}`;
      throw new ProblemError([problems.usage(`${spelled} is not there yet: ${flag.later} comes with a later version`)]);
    }
    this.given.push({ flag: name, name: part, value });
  }
}

/**
 * `-LDEBUG plan.jmx` with our own commands means a level and a plan; JMeter's command line has no bare words, so there the
 * next argument is always the value.
 */
const takesNext = (flag: FlagName, command: Command): boolean => command === 'jmeter' || flag !== 'logLevel';

function refuseDuplicates(given: readonly Given[], table: readonly (readonly [FlagName, Flag])[]): void {
  const seen = new Set<FlagName>();
  for (const [name, flag] of table) {
    if (flag.repeat) continue;
    for (const one of given) {
      if (one.flag !== name) continue;
      if (seen.has(name)) {
        const spelled = flag.short === undefined ? `--${flag.long}` : `-${flag.short}/--${flag.long}`;
        throw new ProblemError([problems.usage(`Duplicate options for ${spelled} found.`)]);
      }
      seen.add(name);
    }
  }
}

function refusal(what: string, command: Command, meant?: string): ProblemError {
  return new ProblemError([usageProblem(what, command, meant)]);
}

/** A usage problem that points at the help of its command, or says what may have been meant. */
export function usageProblem(what: string, command: Command, meant?: string): Problem {
  const list = `meterless ${command === 'jmeter' ? '-n' : command} --help lists the options`;
  return problems.usage(what, meant === undefined ? list : `did you mean ${meant}? ${list}`);
}
