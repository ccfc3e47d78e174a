import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import { type PlanElement, propertyText } from '../../jmx/index.js';
import { element, type Named, prop, type Test } from '../../model/index.js';
import { type Problem, problems, reasonOf } from '../../problem.js';
import { splitCells } from './csv-names.js';

const props = {
  file: prop.text('filename'),
  /** Stands before each name. */
  prefix: prop.text('variablesPrefix'),
  delimiter: prop.text('delimiter'),
  skipLines: prop.int('skipLines'),
  /** Whether the values become system properties too, unless there is one of that name. */
  systemProperties: prop.flag('storeSysProp'),
};

/** jp@gc Variables From CSV File: names and values of a file, read once before the run as User Defined Variables are. */
export const variablesFromCsv = element({
  tag: ['kg.apc.jmeter.config.VariablesFromCSV', 'kg.apc.jmeter.config.VariablesFromCSVFile'],
  gui: ['kg.apc.jmeter.config.VariablesFromCSVGui', 'TestBeanGUI'],
  call: 'variables.fromCsv',
  props,
  // An (empty) table of arguments that older versions of the GUI write.
  ignored: ['Arguments.arguments'],
  config: { merges: false },
  check: checkFile,
  variables(given, test) {
    const found = readVariables(given, test);
    if (given.systemProperties)
      for (const [name, value] of found) {
        const { system } = test.properties;
        if (!system.has(name)) system.set(name, value);
      }
    return found;
  },
});

/** Throws IllegalArgumentException when there is no delimiter, which ends the run. */
function readVariables(given: Named<typeof props>, test: Test): ReadonlyMap<string, string> {
  const { file, prefix, delimiter, skipLines } = given;
  if (delimiter === '') throw new JavaError('java.lang.IllegalArgumentException', 'CSV separator cannot be empty');
  const found = new Map<string, string>();
  let name = '';
  /** Lines of a value in quotes that is not closed yet. */
  let open = '';
  for (const line of lines(file, test).slice(Math.max(0, skipLines))) {
    if (line.startsWith('#')) continue;
    const [first = '', second] = splitCells(line, delimiter);
    if (second === undefined) {
      if (line === '') continue;
      if (open === '') found.set(prefix + first, '');
      else if (first.endsWith('"')) {
        found.set(prefix + name, open + first.slice(0, -1));
        open = '';
      } else open += `${first}\n`;
    } else if (second.startsWith('"')) {
      // Even a quote that is closed on the same line opens a value of many lines.
      name = first;
      open += `${second.slice(1)}\n`;
    } else found.set(prefix + first, second);
  }
  return found;
}

/** What cannot be read has no lines. */
function lines(file: string, { workingDirectory, log }: Test): readonly string[] {
  try {
    if (file === '') throw new Error('it has no name');
    const text = fs.readFileSync(path.resolve(workingDirectory, file), 'utf8');
    return text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
  } catch (error) {
    log.write('ERROR', 'k.a.j.c.VariableFromCsvFileReader', `File not found: ${file} (${reasonOf(error)})`);
    return [];
  }
}

function checkFile(plan: PlanElement): readonly Problem[] {
  const file = propertyText(plan, 'filename') ?? '';
  if (file.includes('${') || fs.existsSync(file)) return [];
  return [problems.elementWarns(`the file ${file} of variables does not exist; none are set, as in JMeter`)];
}
