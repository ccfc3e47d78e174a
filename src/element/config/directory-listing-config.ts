import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import { element, type Named, prop, StopThread, type User } from '../../model/index.js';

const props = {
  /** Blank = the working directory; relative to it. */
  directory: prop.text('directory'),
  variable: prop.text('variableName'),
  /** The whole path, or what follows the directory, with its leading separator. */
  fullPath: prop.flag('useFullPath'),
  random: prop.flag('randomOrder'),
  recursive: prop.flag('recursiveListing'),
  rewind: prop.flag('rewindOnTheEndOfList'),
  perUser: prop.flag('independentListPerThread'),
  /** The directory is read again at each rewind. */
  readAgain: prop.flag('reReadDirectory'),
};
type Settings = Named<typeof props>;

/** bzm Directory Listing Config: the next file of a directory at each pass; without a rewind the user stops at the end. */
export const directoryListingConfig = element({
  tag: 'com.blazemeter.jmeter.DirectoryListingConfig',
  gui: 'com.blazemeter.jmeter.DirectoryListingConfigGui',
  call: 'files',
  props,
  config: { merges: true },
  shards: ({ perUser }) => (perUser ? undefined : 'alone'),
  testStarted(settings: Settings, user, self) {
    user.test.state(self, () => new Listing(settings, user));
  },
  iterationStart(settings: Settings, user, _iteration, self) {
    const owner = settings.perUser ? user : user.test;
    const file = owner.state(self, () => new Listing(settings, user)).next(user);
    if (file === undefined) throw new StopThread('All files in the directory have been passed.');
    user.variables.put(
      settings.variable || 'filename',
      settings.fullPath ? file : file.slice(rootOf(settings, user).length),
    );
  },
});

/** The files of a directory in the order in which the system gives them, or in any; directories are no files. */
class Listing {
  readonly #root: string;
  readonly #random: boolean;
  readonly #recursive: boolean;
  readonly #rewind: boolean;
  readonly #readAgain: boolean;
  #files: string[];
  #next = 0;

  /** Settings are read once. */
  constructor(settings: Settings, user: User) {
    this.#root = rootOf(settings, user);
    this.#random = settings.random;
    this.#recursive = settings.recursive;
    this.#rewind = settings.rewind;
    this.#readAgain = settings.readAgain;
    this.#files = this.#read(user);
  }

  next(user: User): string | undefined {
    if (this.#next >= this.#files.length && this.#rewind) {
      this.#files = this.#readAgain ? this.#read(user) : this.#ordered(this.#files, user);
      this.#next = 0;
    }
    return this.#files[this.#next++];
  }

  #read(user: User): string[] {
    return this.#ordered(filesIn(this.#root, this.#recursive), user);
  }

  #ordered(files: string[], user: User): string[] {
    if (!this.#random) return files;
    const left = [...files];
    return files.map(() => left.splice(Math.floor(user.random() * left.length), 1)[0] ?? '');
  }
}

const rootOf = ({ directory }: Settings, { test }: User): string =>
  path.resolve(test.workingDirectory, directory || '.');

function filesIn(directory: string, recursive: boolean): string[] {
  if (!fs.existsSync(directory))
    throw new JavaError(
      'java.lang.RuntimeException',
      `java.io.FileNotFoundException: Directory does not exists: ${directory}`,
    );
  const found: string[] = [];
  const handle = fs.opendirSync(directory);
  for (let entry = handle.readSync(); entry !== null; entry = handle.readSync()) {
    const file = path.join(directory, entry.name);
    if (!fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()) found.push(file);
    else if (recursive) found.push(...filesIn(file, true));
  }
  handle.closeSync();
  return found;
}
