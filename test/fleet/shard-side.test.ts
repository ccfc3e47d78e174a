import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FromShard, ShardSide } from '../../src/fleet/index.js';
import { Properties } from '../../src/model/index.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A shard with a run that does nothing; what it sends, in short. */
function shard() {
  const sent: string[] = [];
  const did: string[] = [];
  const properties = new Properties();
  const inShort = (message: FromShard): string =>
    message.what === 'set'
      ? `set ${message.properties.flat().join(' ')}`
      : message.what === 'figures'
        ? `figures ${JSON.stringify(message.figures.reports)}`
        : message.what;
  const side = new ShardSide({
    send(message, done) {
      sent.push(inShort(message));
      done?.();
    },
    write: (bytes) => void sent.push(bytes.subarray(12).toString()),
  });
  const run = {
    finished: Promise.resolve({ stopped: false }),
    stop: () => void did.push('stop'),
    stopNow: () => void did.push('stop now'),
    activeHere: { all: 1, groups: {} },
    activeElsewhere: ({ all }: { readonly all: number }) => void did.push(`elsewhere ${all}`),
    activeUsers: 1,
    startedUsers: 1,
    finishedUsers: 0,
    totalUsers: 1,
    plannedSeconds: undefined,
  };
  const watch = (): void =>
    side.watch(
      {
        run,
        begun: () => void did.push('begun'),
        flush: () => void did.push('flush'),
        summaries: () => [],
      },
      properties,
    );
  return { side, sent, did, properties, watch };
}

describe('a shard', () => {
  it('tells what the others must know before it says that it has come', async () => {
    const { side, sent, did, properties, watch } = shard();
    watch();
    properties.set('a', 'b');
    properties.remove('c');
    const met = side.meet(0);
    expect(sent).toEqual(['set a b c ', 'active', 'at']);
    side.take({ what: 'go', place: 3, at: 1 }, properties);
    side.take({ what: 'go', place: 0, at: 42 }, properties);
    expect([await met, did]).toEqual([42, ['begun']]);
  });
  it('takes properties of others without telling of them', () => {
    const { side, sent, properties, watch } = shard();
    watch();
    properties.set('b', '1');
    side.take(
      {
        what: 'set',
        properties: [
          ['a', 'x'],
          ['b', undefined],
        ],
      },
      properties,
    );
    expect([properties.get('a'), properties.get('b')]).toEqual(['x', undefined]);
    vi.advanceTimersByTime(10);
    expect(sent).toEqual(['set b 1']);
  });
  it('reports each second, rows first, and once more at its end', () => {
    const { side, sent, did, watch } = shard();
    let n = 0;
    side.report('mine', () => ++n);
    watch();
    vi.advanceTimersByTime(2000);
    expect([sent, did]).toEqual([
      ['figures [["mine",1]]', 'figures [["mine",2]]'],
      ['flush', 'flush'],
    ]);
    let ended = false;
    side.end(() => {
      ended = true;
    });
    vi.advanceTimersByTime(5000);
    expect([sent.slice(2), ended]).toEqual([['figures [["mine",3]]', 'ended'], true]);
  });
  it('tells of its users at once, and then not too often', () => {
    const { side, sent, watch } = shard();
    watch();
    for (let i = 0; i < 5; i++) side.activeChanged();
    vi.advanceTimersByTime(1);
    expect(sent).toEqual(['active']);
    vi.advanceTimersByTime(98);
    expect(sent).toEqual(['active']);
    vi.advanceTimersByTime(900);
    expect(sent).toEqual(['active', 'active']);
  });
  it('is stopped when it begins, if it was told before', () => {
    const { side, did, properties, watch } = shard();
    side.take({ what: 'stop', now: false }, properties);
    side.take({ what: 'stop', now: true }, properties);
    expect(did).toEqual([]);
    watch();
    side.take({ what: 'stop', now: false }, properties);
    side.take({ what: 'active', elsewhere: { all: 9, groups: {} } }, properties);
    expect(did).toEqual(['stop now', 'stop', 'elsewhere 9']);
  });
});
