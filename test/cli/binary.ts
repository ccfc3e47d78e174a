import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const cli = path.join(root, 'dist/cli.js');

/** `npm test` builds first; a test run by itself builds when the sources are newer than the program. */
function build(): void {
  const newest = (folder: string): number =>
    Math.max(
      ...fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => fs.statSync(path.join(entry.parentPath, entry.name)).mtimeMs),
    );
  if (fs.existsSync(cli) && fs.statSync(cli).mtimeMs >= newest(path.join(root, 'src'))) return;
  const { status, stderr } = spawnSync(process.execPath, ['build.mjs'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`build.mjs failed: ${stderr}`);
}
build();

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for one test, and the built program run in it. */
export class Workplace {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meterless-cli-'));
  /** Processes that a failed test may have left. */
  readonly #children = new Set<ChildProcess>();

  write(name: string, text: string): string {
    fs.writeFileSync(path.join(this.folder, name), text);
    return name;
  }
  read(name: string): string {
    return fs.readFileSync(path.join(this.folder, name), 'utf8');
  }
  has(name: string): boolean {
    return fs.existsSync(path.join(this.folder, name));
  }

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: this.folder,
      env: { ...process.env, TZ: 'UTC', NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    return new Running(child);
  }
  run(...args: string[]): Promise<Ended> {
    return this.start(args).ended;
  }

  /** Command lines that have nothing to do with each other, run at the same time. */
  runAll(lines: readonly (readonly string[])[]): Promise<Ended[]> {
    return Promise.all(lines.map((line) => this.start(line).ended));
  }

  remove(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The body of a test that has a workplace of its own, so that it may run beside others. */
export const inWorkplace = (body: (at: Workplace) => Promise<void>) => async (): Promise<void> => {
  const at = new Workplace();
  try {
    await body(at);
  } finally {
    at.remove();
  }
};

export class Running {
  readonly ended: Promise<Ended>;
  #text = '';
  #heard: (() => void)[] = [];

  constructor(readonly child: ChildProcess) {
    let out = '';
    let err = '';
    child.stdout?.on('data', (data) => {
      out += data;
      this.#hear(String(data));
    });
    child.stderr?.on('data', (data) => {
      err += data;
      this.#hear(String(data));
    });
    this.ended = new Promise((resolve) => {
      child.on('close', (code, signal) => {
        resolve({ code, signal, out, err });
        this.#hear('');
      });
    });
  }

  /** Resolves once the program has printed the text. */
  async says(text: string): Promise<void> {
    while (!this.#text.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`it ended without saying "${text}":\n${this.#text}`);
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }
  /** Resolves to the match once the program has printed something that matches. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#text);
      if (found) return found;
      if (this.child.exitCode !== null) throw new Error(`it ended without saying ${pattern}:\n${this.#text}`);
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }
  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
  #hear(text: string): void {
    this.#text += text;
    for (const resolve of this.#heard.splice(0)) resolve();
  }
}
