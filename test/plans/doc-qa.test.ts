import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { accounts, LIMIT, type Server, signatureOf, startServer, verify } from '../../fixtures/doc-qa/server.mjs';
import { createCompileScript, readStandIns, sha256Of } from '../../src/script/index.js';
import { fakeTest, fakeUser } from '../kit.js';

const NOW = 1_700_000_000_000;
const [first = { appId: '', apisecret: '', fileid: '' }] = accounts;
const url = (appId: string, timestamp: string, signature: string): string =>
  `/openapi/chat?appId=${appId}&timestamp=${timestamp}&signature=${encodeURIComponent(signature)}`;
const signed = (seconds: number): string => {
  const timestamp = String(NOW / 1000 + seconds);
  return url(first.appId, timestamp, signatureOf(first, timestamp));
};

describe('the service checks the signature', () => {
  it('as the recorded Jython script makes it', () => {
    const account = { appId: 'a1b2c3d4', apisecret: 's3cr3t-one', fileid: '' };
    expect(signatureOf(account, '1700000000')).toHaveLength(28);
    expect(verify(signed(0), NOW).account).toBe(first);
  });
  it.each([
    ['a little old', signed(-299), undefined],
    ['too old', signed(-301), 10111],
    ['from the future', signed(301), 10111],
    ['unsigned', url(first.appId, String(NOW / 1000), ''), 10112],
    ['signed otherwise', url(first.appId, String(NOW / 1000), signatureOf(first, '1')), 10112],
    ['of nobody', url('x', String(NOW / 1000), 'y'), 10110],
    ['elsewhere', '/other', 10404],
  ])('%s', (_, request, code) => {
    expect(verify(request, NOW).error?.code).toBe(code);
  });
});

let server: Server | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Asks and collects the answer until its last part, or the refusal. */
async function ask(port: number, body: object): Promise<Record<string, unknown>[]> {
  const client = new WebSocket(`ws://127.0.0.1:${port}${signed(0)}`);
  const parts: Record<string, unknown>[] = [];
  return new Promise((resolve, reject) => {
    client.on('error', reject);
    client.on('open', () => client.send(JSON.stringify(body)));
    client.on('message', (data) => {
      const part = JSON.parse(String(data)) as Record<string, unknown>;
      parts.push(part);
      if (part.code === 0 && part.status !== 2) return;
      client.close();
      resolve(parts);
    });
  });
}

describe('the service streams answers', () => {
  const question = { fileid: first.fileid, question: 'Why?' };
  it('in parts, the last one with status 2, at most three at a time for an account', async () => {
    server = await startServer({ parts: 4, pause: 50, clock: () => NOW });
    const { port } = server;
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(port, question)));
    const refused = answers.filter((parts) => parts[0]?.code === LIMIT.code);
    expect(refused).toEqual([[LIMIT]]);
    const [whole] = answers.filter((parts) => parts[0]?.code === 0);
    expect(whole?.map(({ status }) => status)).toEqual([0, 1, 1, 2]);
    expect(await ask(port, question)).toHaveLength(4);
  });
  it('not about the files of others', async () => {
    server = await startServer({ clock: () => NOW });
    expect(await ask(server.port, { fileid: 'f-1', question: 'Why?' })).toMatchObject([{ code: 10403 }]);
  });
});

const plan = path.resolve('plans/doc-qa.jmx');
const script = /<stringProp name="script">([\s\S]*?)<\/stringProp>/
  .exec(fs.readFileSync(plan, 'utf8'))?.[1]
  ?.replaceAll('&quot;', '"')
  .replaceAll('&#x27;', "'");

describe('the stand-in of doc-qa.jmx', () => {
  it('belongs to the script as it is, whose accounts are the service’s', () => {
    const text = fs.readFileSync('plans/doc-qa.standins.yaml', 'utf8');
    expect(text).toContain(sha256Of(script ?? ''));
    for (const account of accounts)
      for (const value of Object.values(account)) {
        expect(text).toContain(value);
        expect(script).toContain(value);
      }
  });
  it('signs as the service wants it, with the first accounts only when told so', async () => {
    const options = { env: () => undefined, compileScript: createCompileScript() };
    const standIns = await readStandIns(plan, options);
    const found = standIns.find({
      path: 'Questions to documents/Readers/Ask the document/Sign the request',
      name: 'Sign the request',
      text: script ?? '',
    });
    const test = fakeTest();
    test.properties.set('accounts', '1');
    const user = fakeUser({ test });
    if (found && 'run' in found) await found.run(user, {});
    const [appId = '', timestamp = '', signature = '', fileid] = ['appId', 'timestamp', 'signature', 'fileid'].map(
      (name) => user.variables.get(name),
    );
    expect([appId, fileid]).toEqual([first.appId, first.fileid]);
    expect(verify(url(appId, timestamp, signature), Date.now()).account).toBe(first);
  });
});

const cli = path.resolve('dist/cli.js');

describe.skipIf(!fs.existsSync(cli))('doc-qa.jmx, run by the built command line', () => {
  const run = async (settings: Readonly<Record<string, unknown>>): Promise<string[][]> => {
    const jtl = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'doc-qa-')), 'r.jtl');
    const flags = Object.entries(settings).map(([name, value]) => `-J${name}=${value}`);
    const child = spawn(process.execPath, [cli, 'run', plan, '-l', jtl, ...flags], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
    const [, ...rows] = fs.readFileSync(jtl, 'utf8').trim().split('\n');
    return rows.map((row) => row.split(','));
  };
  const count = (rows: string[][], label: string, success: string): number =>
    rows.filter((row) => row[2] === label && row[7] === success).length;

  it('each user asks, reads the answer to its end and closes', async () => {
    server = await startServer({ parts: 6, pause: 5 });
    const rows = await run({ port: server.port, users: 3, accounts: 1, loops: 2 });
    expect(count(rows, 'Ask the document', 'true')).toBe(6);
    expect(count(rows, 'Read a part', 'true')).toBe(30);
    expect(count(rows, 'Close', 'true')).toBe(6);
    expect(rows).toHaveLength(42);
  });
  it('the fourth user of an account meets the limit', async () => {
    server = await startServer({ parts: 10, pause: 100 });
    const rows = await run({ port: server.port, users: 4, accounts: 1 });
    expect(count(rows, 'Ask the document', 'false')).toBe(1);
    expect(count(rows, 'Read a part', 'true')).toBe(27);
    expect(rows.find((row) => row[7] === 'false')?.[8]).toContain('concurrency limit');
  });
});
