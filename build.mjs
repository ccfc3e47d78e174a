// Builds dist/ with esbuild and writes the two generated indexes: which elements and which functions there are follows
// from the files that stand in src/element and src/expression/functions.
//   node build.mjs            indexes and dist/
//   node build.mjs --index    indexes only (for tsc and vitest)
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));

/** Writes FOLDER/all.generated.ts: every `export const x = MAKER(` below FOLDER, imported and listed. */
export function writeIndex(folder, maker, type) {
  const base = path.join(root, folder);
  const imports = [];
  const names = [];
  for (const file of fs.readdirSync(base, { recursive: true }).map(String).sort()) {
    if (!file.endsWith('.ts') || file.endsWith('.generated.ts')) continue;
    const text = fs.readFileSync(path.join(base, file), 'utf8');
    const found = [...text.matchAll(new RegExp(`^export const (\\w+)(?:: \\w+)? = ${maker}\\(`, 'gm'))].map(
      (m) => m[1],
    );
    if (!found.length) continue;
    imports.push(`import { ${found.join(', ')} } from './${file.replaceAll('\\', '/').replace(/\.ts$/, '.js')}';`);
    names.push(...found);
  }
  const text = `// Written by build.mjs from the files of this folder; not to be edited.\n${type.from}\n${imports.join('\n')}\n\nexport const all: readonly ${type.name}[] = [\n${names.map((n) => `  ${n},`).join('\n')}\n];\n`;
  const target = path.join(base, 'all.generated.ts');
  if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== text) fs.writeFileSync(target, text);
}

export function writeIndexes() {
  writeIndex('src/element', 'element', { name: 'Element', from: "import type { Element } from '../model/index.js';" });
  writeIndex('src/expression/functions', 'fn', {
    name: 'FunctionSpec',
    from: "import type { FunctionSpec } from '../function.js';",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeIndexes();
  if (!process.argv.includes('--index')) {
    const { build } = await import('esbuild');
    const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
    await build({
      absWorkingDir: root,
      entryPoints: { cli: 'src/cli/main.ts' },
      outdir: 'dist',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // Libraries stay packages of their own, with their licences; they are loaded when a plan needs them.
      packages: 'external',
      minifySyntax: true,
      minifyWhitespace: true,
      keepNames: false,
      legalComments: 'none',
      define: { METERLESS_VERSION: JSON.stringify(version) },
      logLevel: 'warning',
    });
    const cli = path.join(root, 'dist/cli.js');
    fs.writeFileSync(cli, `#!/usr/bin/env node\n${fs.readFileSync(cli, 'utf8')}`);
    fs.chmodSync(cli, 0o755);
  }
}
