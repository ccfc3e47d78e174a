import { toInt } from '../../java/index.js';
import { CsvTables } from '../csv-tables.js';
import { fn } from '../function.js';

/**
 * A column (from 0) of the user's row of a data file; `next` lets the row go, so that the user's next column comes from
 * the next row that nobody has taken yet. `file, *alias` opens a file under another name. Wrong columns give "".
 */
export const csvRead = fn({
  name: '__CSVRead',
  min: 2,
  max: 2,
  usage: 'file | *alias, column | next | *alias',
  alone: true,
  compile([file, column], { engineUser }) {
    // Each occurrence that is compiled makes JMeter forget all the files.
    CsvTables.of(engineUser).clear(engineUser);
    return (user) => {
      const name = file?.evaluate(user) ?? '';
      const asked = column?.evaluate(user) ?? '';
      const tables = CsvTables.of(user);
      if (asked.startsWith('*')) tables.open(name, asked, user);
      else if (asked === 'next' || asked === 'next()') tables.endRow(name, user);
      else {
        const index = toInt(asked);
        if (index !== undefined) return tables.column(name, index, user);
        user.test.log.write(
          'WARN',
          'o.a.j.f.CSVRead',
          `${user.threadName} - can't parse column number: ${asked} java.lang.NumberFormatException: For input string: "${asked}"`,
        );
      }
      return '';
    };
  },
});
