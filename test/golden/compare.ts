/**
 * What of two JTLs must be the same: every column but times, the rows of one thread in their order, threads by name. In a
 * recording `*` matches anything, and `~` with 12 digits is the SHA-256 of what is expected.
 */
import { createHash } from 'node:crypto';

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const TIMES: ReadonlySet<string> = new Set(['timeStamp', 'elapsed', 'Latency', 'Connect', 'IdleTime']);

/** The rows of a CSV as they are compared; `folder` is where the run worked, which texts may name. */
export function rowsOf(csv: string, delimiter: string, folder: string): Table {
  const [head = [], ...body] = parseCsv(csv, delimiter);
  const kept = head.flatMap((name, i) => (TIMES.has(name) ? [] : [i]));
  const thread = head.indexOf('threadName');
  const rows = body.filter((row) => row.length > 1);
  const pick = (row: readonly string[]): string[] => kept.map((i) => calm(row[i] ?? '', folder));
  const ordered = byThread(
    rows,
    (row) => row[thread] ?? '',
    (row) => pick(row),
  );
  return { head: kept.map((i) => head[i] ?? ''), rows: ordered };
}

/** A recording has its times left out and its rows in order already. */
export function recordedRows(csv: string): Table {
  const [head = [], ...rows] = parseCsv(csv, ',');
  return { head, rows };
}

export function compareRows(want: Table, got: Table): string[] {
  const columns = want.head.map((name) => got.head.indexOf(name));
  const differences = want.head.flatMap((name, i) => (columns[i] === -1 ? [`column ${name} is missing`] : []));
  if (want.rows.length !== got.rows.length) {
    differences.push(`${want.rows.length} rows expected, ${got.rows.length} written`);
  }
  const label = want.head.indexOf('label');
  want.rows.slice(0, got.rows.length).forEach((row, i) => {
    const cells = row.flatMap((wanted, j) => {
      const cell = got.rows[i]?.[columns[j] ?? -1] ?? '';
      if (matches(wanted, cell)) return [];
      return [`${want.head[j]}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(cell)}`];
    });
    if (cells.length > 0) differences.push(`row ${i + 1} (${row[label]}): ${cells.join('; ')}`);
  });
  return differences;
}

const matches = (want: string, got: string): boolean =>
  want === '*' || want === got || (want.startsWith('~') && want === seal(got));
const seal = (text: string): string => `~${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;

export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === delimiter || c === '\n') {
      row.push(c === '\n' ? cell.replace(/\r$/, '') : cell);
      cell = '';
      if (c === delimiter) continue;
      rows.push(row);
      row = [];
    } else cell += c;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** The top-level samples of an XML JTL as they are compared, one text each. */
export function samplesOf(xml: string, folder: string): string[] {
  const blocks: string[] = [];
  let depth = 0;
  let start = 0;
  for (const tag of xml.matchAll(/<(\/?)(?:sample|httpSample)\b[^>]*?(\/?)>/g)) {
    const [text, closing, empty] = tag;
    if (closing) {
      if (--depth === 0) blocks.push(xml.slice(start, tag.index + text.length));
    } else if (empty) {
      if (depth === 0) blocks.push(text);
    } else if (depth++ === 0) start = tag.index;
  }
  return byThread(
    blocks,
    (block) => / tn="([^"]*)"/.exec(block)?.[1] ?? '',
    (block) => clean(block, folder),
  );
}

/** Without times, host, the client's own name, boundaries and stack traces. */
const clean = (block: string, folder: string): string =>
  calm(withoutTraces(withoutBoundaries(block)), folder)
    .replace(/ (t|it|lt|ct|ts|hn|ng|na)="[^"]*"/g, '')
    .replace(/^(User-Agent: ).*$/gm, '$1*')
    .replace(/\r/g, '');

export function compareSamples(want: readonly string[], got: readonly string[]): string[] {
  const differences: string[] = [];
  if (want.length !== got.length) differences.push(`xml: ${want.length} samples expected, ${got.length} written`);
  want.slice(0, got.length).forEach((block, i) => {
    const a = block.split('\n');
    const b = (got[i] ?? '').split('\n');
    const lines = Math.max(a.length, b.length);
    for (let k = 0; k < lines; k++) {
      if (lineMatches(a[k], b[k])) continue;
      const show = (line: string | undefined): string => JSON.stringify((line ?? '').slice(0, 160));
      differences.push(`xml sample ${i + 1}, line ${k + 1}: expected ${show(a[k])}, got ${show(b[k])}`);
      break;
    }
  });
  return differences;
}

/** `*` is any line; in a tag it is any value of that attribute. */
function lineMatches(want: string | undefined, got: string | undefined): boolean {
  if (want === got || want === '*') return true;
  if (want === undefined || got === undefined || !want.includes('"*"')) return false;
  const a = want.split('"');
  const b = got.split('"');
  return a.length === b.length && a.every((part, i) => part === b[i] || (i % 2 === 1 && part === '*'));
}

/** Exceptions' texts and addresses of objects are the JVM's own; what stays is the part a user can rely on. */
const calm = (text: string, folder: string): string =>
  text
    .replace(
      /(Non HTTP response message: )([\s\S]*)/,
      (_, a: string, b: string) => a + b.replace(/\[[^\]]*\]/g, '[]').replace(/localhost:\d+/g, 'localhost:N'),
    )
    .replace(/@[0-9a-f]{6,8}\b/g, '@HASH')
    .replaceAll(folder, '.');

/** A multipart boundary is random in text and length, and so are the sizes that count it. */
function withoutBoundaries(block: string): string {
  const found = [...block.matchAll(/boundary=([-_0-9A-Za-z]{30,40})(?=[;\s<&])/g)].map(([, text = '']) => text);
  if (found.length === 0) return block;
  return found
    .reduce((text, boundary) => text.replaceAll(boundary, 'BOUNDARY'), block)
    .replace(/ sby="\d+"/g, ' sby="*"')
    .replace(/<requestHeader [^<]*/g, (header) => header.replace(/^Content-Length: \d+$/m, 'Content-Length: *'));
}

/** The data of a failed sample is a Java stack trace, and its bytes are that trace's. */
const withoutTraces = (block: string): string =>
  block
    .replace(/(<(?:httpSample|sample)\b[^>]* rc="Non HTTP response code: [^>]*? by=)"\d+"/g, '$1"*"')
    .replace(
      /( by=)"\d+"((?:(?!<(?:httpSample|sample)\b)[\s\S])*?<responseData class="java.lang.String">)[\w.$]+(?:Exception|Error)[^<]*?\n\s+at [^<]*/g,
      '$1"*"$2*',
    )
    .replace(/(<responseData class="java.lang.String">)[\w.$]+(?:Exception|Error)[^<]*?\n\s+at [^<]*/g, '$1*');

function byThread<T, R>(items: readonly T[], threadOf: (item: T) => string, map: (item: T) => R): R[] {
  const threads = new Map<string, R[]>();
  for (const item of items) {
    const name = threadOf(item);
    const list = threads.get(name) ?? [];
    threads.set(name, list);
    list.push(map(item));
  }
  return [...threads].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).flatMap(([, list]) => list);
}
