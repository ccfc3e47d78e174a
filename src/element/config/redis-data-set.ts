import { isBlank, JavaError, parseInteger } from '../../java/index.js';
import { element, type Named, type Placed, prop, StopThread, type User } from '../../model/index.js';
import { RedisClient, RedisError, type Reply } from '../../protocol/index.js';
import { splitCells, splitNames } from './csv-names.js';

const props = {
  host: prop.text('host', 'localhost'),
  port: prop.text('port', '6379'),
  secure: prop.flag('ssl'),
  timeout: prop.text('timeout', '2000'),
  password: prop.text('password'),
  database: prop.text('database', '0'),
  key: prop.text('redisKey'),
  names: prop.text('variableNames'),
  delimiter: prop.text('delimiter', ','),
  /** 0 a list, 1 a set. */
  type: prop.int('redisDataType'),
  hasType: prop.present('redisDataType'),
  recycle: prop.flag('recycleDataOnUse', true),
  /** Of plans before version 0.3: 0 takes the list's head, 1 leaves a set as it is. */
  mode: prop.int('getMode'),
  hasMode: prop.present('getMode'),
  /** For servers before 6.2: what is kept is taken and put back. */
  legacy: prop.flag('plugins.redis.legacy'),
};
type RedisProps = Named<typeof props>;

/** jp@gc Redis Data Set: a line out of a list or a set of a Redis server into variables, at each pass of the controller around it. */
export const redisDataSet = element({
  tag: 'kg.apc.jmeter.config.redis.RedisDataSet',
  gui: 'TestBeanGUI',
  call: 'redis',
  props,
  // Users take turns on one connection, so there is no pool to be set.
  ignored: [
    ...['whenExhaustedAction', 'maxIdle', 'minIdle', 'maxActive', 'maxWait', 'blockWhenExhausted', 'testOnBorrow'],
    ...['testOnReturn', 'testWhileIdle', 'timeBetweenEvictionRunsMillis', 'numTestsPerEvictionRun'],
    ...['minEvictableIdleTimeMillis', 'softMinEvictableIdleTimeMillis'],
  ],
  config: { merges: false },
  testStarted(given, user, self) {
    user.test.state(self, () => connection(given, user));
  },
  threadMade(given, user, self) {
    user.state(self, () => reading(given));
  },
  iterationStart(given, user, _iteration, self) {
    const asked = user.state(self, () => reading(given));
    return next(asked, user, self).then((line) => {
      const cells = splitCells(line, asked.delimiter);
      for (const [i, cell] of cells.slice(0, asked.names.length).entries())
        user.variables.put(asked.names[i] ?? '', cell);
    });
  },
});

const CATEGORY = 'k.a.j.c.r.RedisDataSet';

/** Throws NumberFormatException, which ends the run before it has begun. */
function connection(given: RedisProps, { test }: User): RedisClient {
  const number = (text: string, fallback: number): number => (isBlank(text) ? fallback : parseInteger(text));
  const { host, port } = test.connectTo(given.host || 'localhost', number(given.port, 6379));
  const { password } = given;
  return new RedisClient(
    {
      host,
      port,
      secure: given.secure,
      timeout: number(given.timeout, 2000),
      password: isBlank(password) ? '' : password,
      database: number(given.database, 0),
    },
    { now: () => test.clock.now(), after: (ms, callback) => test.clock.after(ms, callback) },
  );
}

/** A user's settings, evaluated once, when its thread starts. */
interface Reading {
  readonly key: string;
  readonly names: readonly string[];
  readonly delimiter: string;
  /** The command that gives a line, and with old servers the one that puts it back. */
  readonly take: readonly string[];
  readonly putBack: string | undefined;
}

function reading(given: RedisProps): Reading {
  const { key, names, delimiter } = given;
  return { key, names: splitNames(names), delimiter, ...commands(given, key) };
}

function commands(given: RedisProps, key: string): Pick<Reading, 'take' | 'putBack'> {
  const old = given.hasMode && !given.hasType;
  const set = old ? given.mode === 1 : given.type === 1;
  const keeps = old ? set : given.recycle;
  if (!keeps) return { take: [set ? 'SPOP' : 'LPOP', key], putBack: undefined };
  if (given.legacy) return set ? { take: ['SPOP', key], putBack: 'SADD' } : { take: ['LPOP', key], putBack: 'RPUSH' };
  return { take: set ? ['SRANDMEMBER', key] : ['LMOVE', key, key, 'RIGHT', 'LEFT'], putBack: undefined };
}

/** Throws StopThread at the end of the data, and also when the server answers with an error. */
async function next({ key, take, putBack }: Reading, user: User, self: Placed): Promise<string> {
  const line = await ask(user, self, take);
  if (line instanceof RedisError)
    user.test.log.write('ERROR', CATEGORY, `Failed to retrieve data from redis key ${key} (${line.message})`);
  if (typeof line !== 'string') throw new StopThread('End of redis data detected');
  if (putBack !== undefined) await ask(user, self, [putBack, key, line]);
  return line;
}

/** Throws JedisConnectionException, which ends the thread. */
async function ask(user: User, self: Placed, words: readonly string[]): Promise<Reply> {
  try {
    return await user.test.state(self, unopened).command(...words);
  } catch (error) {
    user.test.log.write('ERROR', CATEGORY, String(error));
    throw new JavaError(
      'redis.clients.jedis.exceptions.JedisConnectionException',
      'Could not get a resource from the pool',
    );
  }
}

function unopened(): RedisClient {
  throw new JavaError('java.lang.NullPointerException');
}
