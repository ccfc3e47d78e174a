/** A Redis server of a few commands, in this process; its data are plain maps. */
import net from 'node:net';
import { readReply } from '../../src/protocol/redis/reply.js';

export interface TestRedis {
  readonly port: number;
  readonly lists: Map<string, string[]>;
  readonly sets: Map<string, Set<string>>;
  /** The commands that came, joined by blanks. */
  readonly heard: string[];
  close(): Promise<void>;
}

export async function redisServer({ password = '' } = {}): Promise<TestRedis> {
  const lists = new Map<string, string[]>();
  const sets = new Map<string, Set<string>>();
  const heard: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    let left: Buffer = Buffer.alloc(0);
    let known = password === '';
    socket.on('error', () => {});
    socket.on('data', (data) => {
      left = Buffer.concat([left, data]);
      for (let read = readReply(left); read !== undefined; read = readReply(left)) {
        left = left.subarray(read.size);
        const words = Array.isArray(read.reply) ? read.reply.map(String) : [];
        heard.push(words.join(' '));
        if (words[0] === 'AUTH') known = words[1] === password;
        socket.write(known ? answer(words, lists, sets) : '-NOAUTH Authentication required.\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    port,
    lists,
    sets,
    heard,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const bulk = (text: string | undefined): string =>
  text === undefined ? '$-1\r\n' : `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

function answer(
  [command, key = '', value = '']: readonly string[],
  lists: TestRedis['lists'],
  sets: TestRedis['sets'],
) {
  const list = lists.get(key) ?? [];
  const set = sets.get(key) ?? new Set<string>();
  if (/^L|^R/.test(command ?? '') ? sets.has(key) : lists.has(key))
    return '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n';
  switch (command) {
    case 'LPOP':
      return bulk(list.shift());
    case 'RPUSH':
      return `:${list.push(value)}\r\n`;
    case 'LMOVE': {
      const last = list.pop();
      if (last !== undefined) list.unshift(last);
      return bulk(last);
    }
    case 'SPOP': {
      const [first] = set;
      set.delete(first ?? '');
      return bulk(first);
    }
    case 'SRANDMEMBER':
      return bulk([...set][0]);
    case 'SADD':
      return `:${set.add(value).size}\r\n`;
    default:
      return '+OK\r\n';
  }
}
