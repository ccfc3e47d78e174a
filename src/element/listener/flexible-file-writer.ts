import path from 'node:path';
import { element, type Named, prop, type RowsFile, type SampleEvent, type User } from '../../model/index.js';
import { formatProblem, problems, reasonOf } from '../../problem.js';
import { RowFile } from '../../result/index.js';
import { type Column, columnsOf, unescaped } from './flexible-columns.js';

const props = {
  file: prop.text('filename'),
  /** Fields, `variable#N` and literal texts, separated by `|`. */
  columns: prop.text('columns'),
  header: prop.text('header'),
  footer: prop.text('footer'),
  /** Otherwise what is there is added to. */
  overwrite: prop.flag('overwrite'),
};

/** jp@gc - Flexible File Writer: a file in the columns that the plan asks for (plug-in ffw 2.0). */
export const flexibleFileWriter = element({
  tag: 'kg.apc.jmeter.reporters.FlexibleFileWriter',
  gui: 'kg.apc.jmeter.reporters.FlexibleFileWriterGui',
  call: 'record.columns',
  props,

  testStarted(values, user, self) {
    const writer = open(values, user);
    if (writer) user.test.state(self, () => writer);
  },
  listen(_, event, self) {
    event.user.test.state<Writer | Closed>(self, () => new Closed()).write(event);
  },
  testEnded(values, { test }, self) {
    test.state<Writer | Closed>(self, () => new Closed()).end(values.footer);
  },
});

/** The plug-in's buffer: a record that does not fit is lost. */
const BUFFER = 10_240;

/** Opens the file and writes the header; a file that cannot be opened is told, and the run goes on without it. */
function open(values: Named<typeof props>, { test }: User): Writer | undefined {
  const { file } = values;
  try {
    const onProblem = (problem: Parameters<typeof formatProblem>[0]): void => test.warn?.(problem);
    const opened: RowsFile = {
      name: file,
      path: path.resolve(test.workingDirectory, file),
      opens: values.overwrite ? 'new' : 'more',
      anew: false,
      begin: unescaped(values.header),
      // Else it is read at the end.
      end: test.carryRows === undefined ? '' : unescaped(values.footer),
    };
    const rows = new RowFile(opened, { clock: test.clock, autoflush: false, onProblem, carry: test.carryRows });
    const most = Number(test.properties.get('kg.apc.jmeter.reporters.FFWBufferSize', String(BUFFER)));
    return new Writer(
      rows,
      columnsOf(values.columns, test.sampleVariables.length),
      Number.isInteger(most) ? most : BUFFER,
    );
  } catch (error) {
    const problem = problems.resultFile(file, reasonOf(error));
    test.log.write('ERROR', CATEGORY, `Cannot open file ${formatProblem(problem)}`);
    test.warn?.(problem);
    return undefined;
  }
}

class Writer {
  constructor(
    private readonly rows: RowFile,
    private readonly columns: readonly Column[],
    private readonly most: number,
  ) {}

  write(event: SampleEvent): void {
    const parts = this.columns.map((column) => column(event));
    let size = 0;
    for (const part of parts) size += Buffer.byteLength(part);
    if (size > this.most) {
      event.user.test.log.write('ERROR', CATEGORY, 'java.nio.BufferOverflowException: the record is lost');
      return;
    }
    // Response data stay bytes; rows without them are one text.
    if (parts.every((part) => typeof part === 'string')) this.rows.append(parts.join(''));
    else this.rows.append(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))));
  }

  end(footer: string): void {
    this.rows.close(unescaped(footer));
  }
  close(): void {
    this.rows.close('');
  }
}

/** In place of a file that could not be opened. */
class Closed {
  write(_: SampleEvent): void {}
  end(_: string): void {}
}

const CATEGORY = 'k.a.j.r.FlexibleFileWriter';
