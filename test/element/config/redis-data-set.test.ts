import { spawn, spawnSync } from 'node:child_process';
import net from 'node:net';
import os from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { redisDataSet } from '../../../src/element/config/redis-data-set.js';
import { StopThread } from '../../../src/model/index.js';
import { RedisClient, RedisError } from '../../../src/protocol/index.js';
import { fakeTest, fakeUser, realClock } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';
import { redisServer, type TestRedis } from '../../protocol/redis-server.js';

let server: TestRedis | undefined;
let opened: { close(): void } | undefined;
afterEach(async () => {
  opened?.close();
  await server?.close();
  opened = server = undefined;
});

/** A data set; each call makes a pass and gives `a b`. */
function reader(props: Record<string, Given>) {
  const user = fakeUser({ test: fakeTest() });
  const port = String(server?.port ?? 1);
  const given = { host: '127.0.0.1', port, redisKey: 'k', variableNames: 'a,b', ...props };
  const self = place(redisDataSet, { props: given });
  redisDataSet.testStarted?.(self.props(user), user, self);
  opened = user.test.state(self, () => new RedisClient({} as never, realClock));
  redisDataSet.threadMade?.(self.props(user), user, self);
  return async () => {
    await redisDataSet.iterationStart?.(self.props(user), user, { loop: true, number: 1 }, self);
    return `${user.variables.get('a') ?? '-'} ${user.variables.get('b') ?? '-'}`;
  };
}
async function passes(n: number, next: () => Promise<string>): Promise<string[]> {
  const found: string[] = [];
  for (let i = 0; i < n; i++) found.push(await next());
  return found;
}

describe('Redis Data Set', () => {
  it('turns a list round from its tail, leaves variables without a value alone', async () => {
    server = await redisServer();
    server.lists.set('k', ['größe', '1,2,3', ',x']);
    expect(await passes(4, reader({}))).toEqual([' x', '1 2', 'größe 2', ' x']);
  });
  it('takes a list from its head, and ends the thread at its end', async () => {
    server = await redisServer();
    server.lists.set('k', ['1;2', '', '3']);
    const next = reader({ recycleDataOnUse: false, delimiter: ';' });
    expect(await passes(3, next)).toEqual(['1 2', '1 2', '3 2']);
    await expect(next()).rejects.toEqual(new StopThread('End of redis data detected'));
  });
  it.each([
    [{ redisDataType: 1 }, ['SRANDMEMBER k']],
    [{ redisDataType: 1, recycleDataOnUse: false }, ['SPOP k']],
    [{ redisDataType: 1, 'plugins.redis.legacy': true }, ['SPOP k', 'SADD k x']],
    [{ getMode: 1 }, ['SRANDMEMBER k']],
  ])('asks for a member of a set: %o', async (props, heard) => {
    server = await redisServer();
    server.sets.set('k', new Set(['x']));
    expect(await reader(props)()).toBe('x -');
    expect(server.heard).toEqual(heard);
  });
  it.each([
    [{ 'plugins.redis.legacy': true }, ['LPOP k', 'RPUSH k x']],
    [{ getMode: 0 }, ['LPOP k']],
    [{ getMode: 1, redisDataType: 0 }, ['LMOVE k k RIGHT LEFT']],
    [{ password: 'p', database: '3' }, ['AUTH p', 'SELECT 3', 'LMOVE k k RIGHT LEFT']],
  ])('asks for a line of a list: %o', async (props, heard) => {
    server = await redisServer({ password: 'password' in props ? props.password : '' });
    server.lists.set('k', ['x']);
    expect(await reader(props)()).toBe('x -');
    expect(server.heard).toEqual(heard);
  });
  it('ends the thread when the server refuses, and when there is none', async () => {
    server = await redisServer({ password: 'p' });
    await expect(reader({ password: 'q' })()).rejects.toThrow('Could not get a resource from the pool');
    await server.close();
    await expect(reader({})()).rejects.toThrow('Could not get a resource from the pool');
    server = await redisServer();
    server.lists.set('k', ['x']);
    await expect(reader({ redisDataType: 1 })()).rejects.toThrow(StopThread);
  });
  it('with a port that is no number ends the run', () => {
    expect(() => reader({ port: 'x' })).toThrow('For input string: "x"');
  });
});

const missing = spawnSync('redis-server', ['--version']).error !== undefined;
describe.skipIf(missing)('a real redis-server', () => {
  it('is understood', async () => {
    const port = await freePort();
    const child = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', os.tmpdir()]);
    try {
      await new Promise<void>((resolve) =>
        child.stdout.on('data', (data) => void (String(data).includes('Ready to accept') && resolve())),
      );
      const client = new RedisClient(
        { host: '127.0.0.1', port, secure: false, timeout: 2000, password: '', database: 1 },
        realClock,
      );
      const ask = (...words: string[]) => client.command(...words);
      const all = [ask('RPUSH', 'k', 'größe', '2'), ask('LMOVE', 'k', 'k', 'RIGHT', 'LEFT'), ask('LPOP', 'none')];
      expect(await Promise.all(all)).toEqual([2, '2', null]);
      expect(await ask('LRANGE', 'k', '0', '-1')).toEqual(['2', 'größe']);
      expect(await ask('SPOP', 'k')).toBeInstanceOf(RedisError);
      client.close();
    } finally {
      child.kill();
    }
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
