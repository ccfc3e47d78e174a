import { beforeEach, expect, it } from 'vitest';
import { DeliveryPeer, type Held } from '../../../src/element/mqtt/delivery-peer.js';

let peer: DeliveryPeer;
let told: string[];
const change = (filter: string, by: number, at: number): void => void told.push(`${by} ${filter} ${at}`);
const add = (filter: string, since: number, more: Partial<Held> = {}): void =>
  peer.add({ filter, since, noLocal: false, asPublished: false, counted: false, ...more }, change);
beforeEach(() => {
  peer = new DeliveryPeer(1);
  told = [];
});

it('stands for one arrival where one subscription takes all that another one takes', () => {
  for (const [i, filter] of ['a/b', 'a/+', 'a/#', '+/b', 'a/b'].entries()) add(filter, i);
  expect(told).toEqual(['1 a/b 0', '-1 a/b 1', '1 a/+ 1', '-1 a/+ 2', '1 a/# 2', '1 +/b 3']);
  told = [];
  peer.remove(['a/#'], 9, change);
  expect(told).toEqual(['-1 a/# 9', '1 a/+ 9']);
  told = [];
  peer.removeAll(10, change);
  expect(told).toEqual(['-1 a/+ 10', '-1 +/b 10']);
});

it.each([
  ['#', 'a/+'],
  ['a/#', 'a'],
  ['+/+', 'a/+'],
])('%s takes all of %s', (one, other) => {
  add(one, 0);
  add(other, 1);
  expect(told).toEqual([`1 ${one} 0`]);
});

it.each([
  ['a/+', 'a/#'],
  ['a', 'a/b'],
  ['a/+', 'a'],
  ['#', '$SYS/a'],
  ['#', '$share/g/a'],
  ['$share/g/#', '$share/g/a'],
])('%s does not take all of %s', (one, other) => {
  add(one, 0);
  add(other, 1);
  expect(told).toContain(`1 ${other} 1`);
});

it('looks at what held when a message was sent', () => {
  add('a', 5);
  expect([peer.heldFor('a', 4), peer.heldFor('a', 5)?.filter]).toEqual([undefined, 'a']);
  add('b', 7);
  expect([peer.heldFor('b', 6), peer.heldFor('b', 7)?.filter, peer.heldFor('c', 9)]).toEqual([
    undefined,
    'b',
    undefined,
  ]);
  peer.remove(['a', 'c'], 9, change);
  expect([peer.heldFor('a', 8)?.filter, peer.heldFor('a', 9)]).toEqual(['a', undefined]);
  peer.removeAll(10, change);
  expect(peer.heldFor('a', 8)).toBeUndefined();
});

it('does not get what is its own where it said so', () => {
  add('a/+', 1, { noLocal: true });
  expect([peer.keepsFrom('a/b'), peer.keepsFrom('b')]).toEqual([true, false]);
});

it('does not compare very many subscriptions', () => {
  for (let i = 0; i < 40; i++) add(`a/${i}`, i);
  add('#', 50);
  expect(told.at(-1)).toBe('1 # 50');
  expect(told).toHaveLength(41);
});
