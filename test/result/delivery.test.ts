import { describe, expect, it } from 'vitest';
import { Subscriptions } from '../../src/result/delivery/expected.js';
import { Ledger } from '../../src/result/delivery/ledger.js';
import { patternOf } from '../../src/result/delivery/pattern.js';
import { Rates } from '../../src/result/delivery/rates.js';
import { Delivery, DeliveryFigures, type DeliveryPart, hashOf, Numbers, Windows } from '../../src/result/index.js';

describe('numbers for very many keys', () => {
  it('are different for each of 100,000 topics, and for senders', () => {
    const hashes = new Set(Array.from({ length: 100_000 }, (_, i) => hashOf(`car/${i}/speed`)));
    for (let i = 1; i <= 1000; i++) hashes.add(hashOf('car/1/speed', i, 1)).add(hashOf('car/1/speed', 1, 100_000 + i));
    expect(hashes.size).toBe(102_000);
    expect(Math.max(...[...hashes].slice(0, 1000))).toBeLessThan(2 ** 53);
  });

  const set = (ledger: Ledger, key: number, value: number): void => {
    const at = ledger.at(key);
    ledger.cells[at] = value;
  };
  const get = (ledger: Ledger, key: number): number => {
    const at = ledger.at(key);
    return ledger.cells[at] ?? -1;
  };

  it('stay with their keys as these become more', () => {
    const ledger = new Ledger(2);
    for (let key = 0; key < 3000; key++) set(ledger, key * 2 ** 21, key);
    for (let key = 0; key < 3000; key += 7) expect(get(ledger, key * 2 ** 21)).toBe(key);
    expect(ledger.count).toBe(3000);
    ledger.cells.fill(0);
    set(ledger, 2 ** 21, 5);
    ledger.sweep();
    expect([ledger.count, ledger.first(2 ** 21), ledger.first(0)]).toEqual([1, 5, 0]);
  });

  it('are forgotten when as many others as there may be were asked for since', () => {
    const ledger = new Ledger(1, 3);
    for (const key of [1, 2, 3, 4]) set(ledger, key, key);
    expect(get(ledger, 1)).toBe(1);
    for (const key of [5, 6, 7]) ledger.at(key);
    expect(get(ledger, 1)).toBe(1);
    expect(get(ledger, 3)).toBe(0);
  });
});

describe('the order of messages', () => {
  const places = (...numbers: number[]): string => {
    const windows = new Windows();
    return numbers.map((number) => windows.place(1, number, number === 1)).join(' ');
  };

  it('tells what comes twice from what comes late', () => {
    expect(places(1, 2, 3)).toBe('next next next');
    expect(places(5, 7, 6, 6, 7, 5)).toBe('next next late again again again');
    expect(places(5, 4)).toBe('next late');
  });

  it.each([31, 32, 33, 63])('knows them %i back', (back) => {
    expect(places(100, 100 + back, 100, 101, 101)).toBe('next next again late again');
  });

  it('believes the broker about what is further back', () => {
    expect(places(1, 65, 1, 70, 2)).toBe('next next again next late');
    expect(places(3, 100, 3)).toBe('next next late');
  });

  it('is that of a sender and a topic', () => {
    const windows = new Windows();
    expect([windows.place(1, 2, false), windows.place(2, 1, false)]).toEqual(['next', 'next']);
    const numbers = new Numbers();
    expect([numbers.next(1), numbers.next(1), numbers.next(2), numbers.next(1)]).toEqual([1, 2, 3, 3]);
  });
});

describe('who is to receive a message', () => {
  it.each([
    ['a/b', ['a/b', 'a/+', '+/b', '#', 'a/#', 'a/b/#', '+/+']],
    ['a', ['#', 'a/#', '+']],
    ['/a', ['#', '/+', '+/+', '+/a']],
    ['$SYS/a', ['$SYS/#', '$SYS/+']],
  ])('%s goes to %s', (topic, takers) => {
    const subscriptions = new Subscriptions();
    const all = ['a/b', 'a/+', '+/b', '#', 'a/#', 'a/b/#', '+/+', '+', '/+', '+/a', '$SYS/#', '$SYS/+', 'a/b/c', 'b/#'];
    for (const filter of all) subscriptions.change(filter, 1);
    expect(subscriptions.receivers(topic)).toBe(takers.length);
    for (const filter of takers) subscriptions.change(filter, -1);
    expect(subscriptions.receivers(topic)).toBe(0);
  });

  it('is one session of each group that shares a subscription', () => {
    const subscriptions = new Subscriptions();
    for (const filter of ['$share/g/a/+', '$share/g/a/+', '$share/h/a/b', 'a/b', 'a/b'])
      subscriptions.change(filter, 1);
    expect(subscriptions.receivers('a/b')).toBe(4);
  });

  it('does not keep the filters of sessions that are gone', () => {
    const subscriptions = new Subscriptions();
    subscriptions.change('stays', 1);
    for (let i = 0; i < 250_000; i++) {
      subscriptions.change(`a/${i}`, 1);
      subscriptions.change(`a/${i}`, -1);
    }
    expect([subscriptions.receivers('stays'), subscriptions.receivers('a/1')]).toEqual([1, 0]);
  });
});

describe('rows', () => {
  it('are of patterns when there are many topics, and of others when there are many patterns', () => {
    const figures = new DeliveryFigures();
    for (let i = 0; i < 400; i++) figures.rowOf(`car/${i}/speed`, 1).sent++;
    figures.rowOf('car/x/speed', 1).sent++;
    expect(figures.rows.map(({ topic, sent }) => [topic, sent])).toEqual([
      ['car/*/speed', 400],
      ['car/x/speed', 1],
    ]);
    for (let i = 0; i < 400; i++) figures.rowOf(`car/${'x'.repeat(i)}`, 0).sent++;
    expect(figures.rows.length).toBeLessThanOrEqual(102);
    expect(figures.rows.at(-1)?.topic).toBe('(other topics)');
    expect(figures.total.sent).toBe(801);
  });

  it.each([
    ['plain/topic', 'plain/topic'],
    ['dev12/temp', 'dev*/temp'],
    ['conn_3fa85f6457174562b3/x', 'conn_*/x'],
    ['a/123e4567-e89b-12d3-a456-426614174000', 'a/*'],
    ['v1.22/facade', 'v*.*/facade'],
  ])('%s has the pattern %s', (topic, pattern) => {
    expect(patternOf(topic)).toBe(pattern);
    expect(patternOf(pattern)).toBe(pattern);
  });
});

it('counts messages by whole seconds of the clock, whichever process they are from', () => {
  const [one, two, all] = [new Rates(), new Rates(), new Rates()];
  for (const at of [5_000_000, 5_900_000, 6_000_000]) one.sent(at);
  two.sent(5_500_000);
  two.arrived(7_100_000);
  for (const rates of [one, two]) all.absorb(rates.part());
  expect([all.peakSent, all.peakArrived]).toEqual([3, 1]);
  expect(all.lately(7_400_000)).toEqual({ sent: 3, arrived: 0 });
  expect([all.mean('sent', 4), all.mean('arrived', 1)]).toEqual([4, 0]);
});

describe('the figures of several processes', () => {
  const part = (
    from: number,
    until: number,
    { changes = [], sent = [] }: { changes?: [filter: string, by: 1 | -1, at: number][]; sent?: [string, number][] },
  ): DeliveryPart => {
    const figures = new DeliveryFigures();
    for (const [topic] of sent) figures.rowOf(topic, 1).sent++;
    return {
      from,
      until,
      figures: figures.part(),
      changes: changes.map(([filter, by, at]) => ({ filter, by, at })),
      publications: {
        topics: sent.map(([topic]) => topic),
        topic: sent.map((_, i) => i),
        qos: sent.map(() => 1),
        at: sent.map(([, at]) => at),
      },
      spent: { cpuSeconds: 1, memory: 10 * until, sockets: 2, received: 3, sent: 4 },
    };
  };
  const expected = (delivery: Delivery): number => delivery.figures.total.expected;

  it('tell how many arrivals are to be by the subscriptions of all at the time of the message', () => {
    const delivery = new Delivery(2);
    delivery.absorb(
      part(0, 100, {
        sent: [
          ['a', 9],
          ['a', 10],
          ['a', 50],
          ['b', 60],
        ],
      }),
    );
    expect(expected(delivery)).toBe(0);
    delivery.absorb(
      part(1, 55, {
        changes: [
          ['a', 1, 10],
          ['#', 1, 20],
          ['a', -1, 50],
        ],
      }),
    );
    expect(expected(delivery)).toBe(2);
    delivery.absorb(part(1, 80, { changes: [['#', -1, 70]] }));
    expect(expected(delivery)).toBe(3);
    delivery.end();
    expect(delivery.figures.total).toMatchObject({ sent: 4, expected: 3, arrived: 0 });
    expect(delivery.spending).toMatchObject({ cpuSeconds: 3, peakMemory: 1800, peakSockets: 4, received: 9, sent: 12 });
  });

  it('do not wait for a process that is gone', () => {
    const delivery = new Delivery(2);
    delivery.absorb(part(1, 1, { changes: [['a', 1, 1]] }));
    delivery.absorb(part(0, 5_000_000, { sent: [['a', 4_000_000]] }));
    expect(expected(delivery)).toBe(0);
    delivery.absorb(part(0, 15_000_000, {}));
    expect(expected(delivery)).toBe(1);
  });
});
