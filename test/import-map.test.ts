import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom: the table in docs/architecture.md. */
const MAP = new Map(
  [...fs.readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| `(\w+)\/` \|[^\n]*\| ([^|\n]+) \|$/gm)].map(
    ([, name = '', allowed = '']) => [name, allowed === '–' ? [] : allowed.split(', ')],
  ),
);
const allows = (from: string, to: string): boolean =>
  MAP.get(from)?.some((name) => name === to || name === 'all') ?? false;

const source = path.resolve('src');
const files = fs
  .readdirSync(source, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'));
const text = (file: string): string => fs.readFileSync(path.join(source, file), 'utf8');
const room = (file: string): string => (file.includes(path.sep) ? (file.split(path.sep)[0] ?? '') : '');
/** Relative imports of a file as paths below src; also dynamic ones. */
const imports = (file: string): readonly string[] =>
  [...text(file).matchAll(/(?:\bfrom |\bimport\(|^import )'(\.[^']+)'/gm)].map(([, to = '']) =>
    path.relative(source, path.resolve(source, path.dirname(file), to)),
  );

describe('the map of imports', () => {
  it('knows every room', () => {
    expect([...new Set(files.map(room))].filter((name) => name !== '' && !MAP.has(name))).toEqual([]);
  });

  it('has no arrow that is not on it', () => {
    const wrong = files.flatMap((file) =>
      imports(file)
        .filter((to) => room(to) !== room(file) && to !== 'problem.js' && !allows(room(file), room(to)))
        .map((to) => `${file} -> ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('enters rooms by their door', () => {
    const wrong = files.flatMap((file) =>
      imports(file)
        .filter((to) => room(to) !== room(file) && to !== 'problem.js' && to !== path.join(room(to), 'index.js'))
        .map((to) => `${file} -> ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves the process to cli', () => {
    const wrong = files
      .filter((file) => room(file) !== 'cli')
      .filter((file) =>
        /\bprocess\.(argv|env|exit|stdout|stderr|stdin)\b|\bconsole\./.test(withoutComments(text(file))),
      );
    expect(wrong).toEqual([]);
  });
});

describe('the house', () => {
  it('has no file over 400 lines', () => {
    expect(files.filter((file) => text(file).split('\n').length > 401)).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    expect(
      files.filter((file) => /(^|[\\/])(utils?|common|helpers?|types|interfaces)(\.ts$|[\\/])/.test(file)),
    ).toEqual([]);
  });

  it('has no any and no silenced tool', () => {
    const wrong = files.filter((file) =>
      /:\s*any\b|\bas any\b|<any>|@ts-(ignore|expect-error|nocheck)|biome-ignore|^\s*(export )?(const )?enum /m.test(
        withoutComments(text(file), { keep: /@ts-|biome-ignore/ }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("names JMeter's elements and keys only in src/element", () => {
    const names =
      /['"`](ThreadGroup|HTTPSampler(Proxy)?|LoopController|TransactionController|TestPlan|ResultCollector|HeaderManager|CookieManager|CSVDataSet|JSR223\w+|BeanShell\w+|[A-Z]\w+Gui|(ThreadGroup|LoopController|HTTPSampler|Argument|Header|TestPlan|TransactionController|Assertion|RegexExtractor)\.[a-z]\w+)['"`]/;
    const wrong = files
      .filter((file) => !ALLOWED_NAMES.has(room(file)) && !EXCEPTED.has(file.replaceAll('\\', '/')))
      .flatMap((file) => {
        const found = names.exec(withoutComments(text(file)));
        return found ? [`${file}: ${found[0]}`] : [];
      });
    expect(wrong).toEqual([]);
  });
});

const ALLOWED_NAMES: ReadonlySet<string> = new Set(['element']);
/** Names that every element has, the reader's own format, and class names that scripts may ask for. */
const EXCEPTED: ReadonlySet<string> = new Set(['model/element.ts', 'model/prop.ts']);

function withoutComments(code: string, { keep }: { readonly keep?: RegExp } = {}): string {
  return code.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*/g, (comment) => (keep?.test(comment) ? comment : ''));
}
