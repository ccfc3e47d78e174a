import { element, type Named, type Placed, prop, resolveDataFile, StopThread, type User } from '../../model/index.js';
import { splitNames } from './csv-names.js';
import { RandomCsvFile } from './random-csv-file.js';

const props = {
  file: prop.text('filename'),
  /** A Java charset name. */
  encoding: prop.text('fileEncoding'),
  delimiter: prop.text('delimiter'),
  /** Comma-separated; empty = the first record of the file. */
  names: prop.text('variableNames'),
  random: prop.flag('randomOrder'),
  ignoreFirstLine: prop.flag('ignoreFirstLine'),
  rewind: prop.flag('rewindOnTheEndOfList'),
  /** Has next to no effect since version 0.6 of the plugin: all users read from one list. */
  independent: prop.flag('independentListPerThread'),
};
type RandomCsvProps = Named<typeof props>;

/** bzm - Random CSV Data Set: a record of a file at each pass of the controller around it, in order or shuffled. */
export const randomCsvDataSet = element({
  tag: 'com.blazemeter.jmeter.RandomCSVDataSetConfig',
  gui: 'com.blazemeter.jmeter.RandomCSVDataSetConfigGui',
  call: 'csv.random',
  props,
  config: { merges: true },
  shards: 'alone',
  // All settings but the names are read once, with the plan's variables.
  testStarted(given, user, self) {
    sharedOf(user, self).file = openFile(given, user);
  },
  threadFinished(given, user, self) {
    // The first user to end closes the list of all.
    if (given.independent && !given.random) sharedOf(user, self).file?.close();
  },
  iterationStart(given, user, _iteration, self) {
    const shared = sharedOf(user, self);
    if (shared.file === undefined || (shared.ended && !given.independent)) throw new StopThread(ENDED);
    const { file } = shared;
    const fields = file.next(() => user.random());
    if (fields === undefined) {
      shared.ended = true;
      throw new StopThread(ENDED);
    }
    const { names } = given;
    const keys = names === '' ? file.header : splitNames(names);
    for (const [i, field] of fields.slice(0, keys.length).entries()) user.variables.put(keys[i] ?? '', field);
  },
});

const ENDED = 'All records in the CSV file have been passed.';

const sharedOf = (user: User, self: Placed): { file?: RandomCsvFile; ended?: boolean } =>
  user.test.state(self, () => ({}));

/** Throws RuntimeException when it cannot be read. */
function openFile(given: RandomCsvProps, user: User): RandomCsvFile {
  const { workingDirectory, planDirectory } = user.test;
  // What the plan's variables did not resolve the plugin looks up once more, if it is nothing but small letters.
  const name = given.file.replace(/\$\{([a-z]+)\}/g, (whole, variable) => user.variables.get(variable) ?? whole);
  return new RandomCsvFile({
    file: resolveDataFile(name, workingDirectory, planDirectory),
    encoding: given.encoding,
    delimiter: given.delimiter,
    random: given.random,
    skipFirst: given.ignoreFirstLine || given.names === '',
    rewind: given.rewind,
  });
}
