import path from 'node:path';
import { JavaError, javaTrim } from '../../java/index.js';
import { type PlanElement, propertyText } from '../../jmx/index.js';
import {
  ALONE,
  type Awaitable,
  type CheckContext,
  element,
  type PropsOf,
  prop,
  resolveDataFile,
  StopThread,
  type User,
} from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { readFields } from './csv-fields.js';
import { type CsvFile, CsvFiles, isReadableFile } from './csv-file.js';
import { splitNames } from './csv-names.js';
import { type Share, shareOf } from './csv-share.js';
import { Characters, knowsEncoding } from './csv-text.js';

/**
 * Reads a line of a data file into variables at each pass of the controller around it. A missing key is empty or false:
 * the defaults of the GUI are not those of a file that lacks the key (so `recycle` and the names must be written).
 */
export const csvDataSet = element({
  tag: 'CSVDataSet',
  gui: 'TestBeanGUI',
  call: 'csv',
  props: {
    file: prop.text('filename'),
    /** A Java charset name; blank = UTF-8. */
    encoding: prop.text('fileEncoding'),
    /** Comma-separated; blank = the first line of the file. */
    names: prop.text('variableNames'),
    ignoreFirstLine: prop.flag('ignoreFirstLine'),
    delimiter: prop.text('delimiter'),
    quoted: prop.flag('quotedData'),
    recycle: prop.flag('recycle'),
    stopThread: prop.flag('stopThread'),
    share: prop.text('shareMode'),
  },
  shards: 'divides',
  config: { merges: false },
  check: checkFile,
  threadMade(props, user, self) {
    user.state(self, () => new Reading(props));
  },
  threadFinished(_props, user) {
    user.peek<CsvFiles>(OWN_FILES)?.close();
  },
  iterationStart(props, user, _iteration, self): Awaitable<void> {
    return user.state(self, () => new Reading(props)).next(user);
  },
});

/** Files that one user has for itself. */
const OWN_FILES = {};

/** One user's view of the data: its settings are evaluated once, when the thread starts (TestCompiler prepares beans). */
class Reading {
  readonly #element: string;
  readonly #name: string;
  readonly #encoding: string;
  readonly #names: string;
  readonly #ignoreFirstLine: boolean;
  readonly #delimiter: string;
  readonly #quoted: boolean;
  readonly #recycle: boolean;
  readonly #stopThread: boolean;
  readonly #share: Share;
  #file: CsvFile | undefined;
  /** Under which name users of all shards take its records in turn. */
  #alias: string | undefined;
  #variables: readonly string[] = [];

  constructor(props: PropsOf<typeof csvDataSet>) {
    const { delimiter, names } = props;
    this.#element = props.name;
    this.#name = props.file;
    this.#encoding = props.encoding;
    this.#names = names;
    // A header is skipped on each recycling, whatever the flag says.
    this.#ignoreFirstLine = props.ignoreFirstLine || names === '';
    this.#delimiter = delimiter === '\\t' ? '\t' : delimiter === '' ? ',' : delimiter;
    this.#quoted = props.quoted;
    this.#recycle = props.recycle;
    this.#stopThread = props.stopThread;
    this.#share = shareOf(props.share);
  }

  /** Sets the variables from the next record; fields that are missing leave theirs as they were. */
  next(user: User): Awaitable<void> {
    this.#file ??= this.#reserve(user);
    const file = this.#file;
    const { siblings } = user.test;
    if (siblings === undefined || this.#alias === undefined) return this.#take(file, user);
    return siblings.turn(`csv ${this.#alias}`, (turn) => {
      // The records before it were those of other shards.
      while (file.turns < turn) this.#read(file, user);
      this.#take(file, user);
    });
  }

  #take(file: CsvFile, user: User): void {
    const fields = this.#read(file, user);
    this.#variables.forEach((name, i) => {
      const field = fields[i];
      if (field !== undefined) user.variables.put(name, field);
    });
    if (fields.length === 0) this.#atEnd(user);
  }

  /** No field at all means the end of the file; so does a blank line without quotes, and a file that cannot be read. */
  #read(file: CsvFile, user: User): readonly string[] {
    file.turns++;
    try {
      if (this.#quoted) return file.readFields(this.#recycle, this.#ignoreFirstLine, this.#delimiter.charCodeAt(0));
      const line = file.readLine(this.#recycle, this.#ignoreFirstLine);
      return line === undefined || line === '' ? [] : line.split(this.#delimiter);
    } catch (error) {
      if (!(error instanceof JavaError) || !error.javaClass.startsWith('java.io.')) throw error;
      user.test.log.write('ERROR', 'o.a.j.c.CSVDataSet', String(error));
      return [];
    }
  }

  #atEnd(user: User): void {
    if (this.#stopThread) {
      throw new StopThread(
        `End of file:${this.#name} detected for CSV DataSet:${this.#element} configured with stopThread:true, recycle:${this.#recycle}`,
      );
    }
    const end = user.test.properties.get('csvdataset.eofstring', '<EOF>');
    for (const name of this.#variables) user.variables.put(name, end);
  }

  #reserve(user: User): CsvFile {
    const name = javaTrim(this.#name);
    const { files, alias } = this.#filesOf(user, name);
    const { mode } = this.#share;
    if (mode !== 'user' && mode !== 'dealt') this.#alias = alias;
    const shard = mode === 'dealt' ? user.test.shard : ALONE;
    const file = files.reserve(name, this.#encoding, alias, this.#ignoreFirstLine, shard);
    const names = this.#names === '' ? headerNames(file.header ?? '', this.#delimiter, name) : splitNames(this.#names);
    this.#variables = names.map(javaTrim);
    return file;
  }

  #filesOf(user: User, name: string): { readonly files: CsvFiles; readonly alias: string } {
    const { test } = user;
    const share = this.#share;
    if (share.mode === 'user') {
      return { files: user.state(OWN_FILES, () => new CsvFiles(test)), alias: `${name}@${user.threadName}` };
    }
    const files = test.state('csv', () => new CsvFiles(test));
    if (share.mode === 'all') return { files, alias: name };
    return { files, alias: `${name}@${share.mode === 'group' ? groupOf(user) : share.key}` };
  }
}

/** The group's name with its number, which is the thread's name without its own number. */
const groupOf = (user: User): string => user.threadName.slice(0, user.threadName.lastIndexOf('-'));

/** The header is read with quotes, whatever the flag for the data says. */
function headerNames(header: string, delimiter: string, file: string): readonly string[] {
  try {
    return readFields(new Characters(header), delimiter.charCodeAt(0));
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    throw new JavaError(
      'java.lang.IllegalArgumentException',
      `Could not split CSV header line from file:${file} (${error})`,
    );
  }
}

/** What can be told of a file whose name is known before the run. It may still be made by the plan: only warnings. */
function checkFile(plan: PlanElement, { planFile }: CheckContext): readonly Problem[] {
  const name = javaTrim(propertyText(plan, 'filename') ?? '');
  const encoding = propertyText(plan, 'fileEncoding') ?? '';
  if (name.includes('${')) return [];
  const file = resolveDataFile(name, '.', path.dirname(planFile));
  if (name === '') return [problems.dataFileMissing('the name of the data file is empty')];
  if (!isReadableFile(file))
    return [problems.dataFileMissing(`the data file ${name} does not exist or cannot be read`)];
  if (!encoding.includes('${') && !knowsEncoding(encoding)) {
    return [problems.dataFileMissing(`the data file ${name} cannot be read in the unknown encoding ${encoding}`)];
  }
  return [];
}
