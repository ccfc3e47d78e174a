import { expect, it } from 'vitest';
import { dnsCacheManager, resolveOf } from '../../../src/element/config/dns-cache-manager.js';
import type { PlacedSampler } from '../../../src/model/index.js';
import type { Resolve } from '../../../src/protocol/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

const host = (name: string, address: string): Given => ({ 'StaticHost.Name': name, 'StaticHost.Address': address });

function manager(props: Record<string, Given>, variables: Record<string, string> = {}) {
  const placed = place(dnsCacheManager, { props });
  const self = { configs: () => [placed] } as unknown as PlacedSampler;
  const user = fakeUser({ test: fakeTest() });
  for (const [name, value] of Object.entries(variables)) user.variables.put(name, value);
  const asked: string[] = [];
  const system: Resolve = (name) => {
    asked.push(name);
    return [`10.0.0.${asked.length}`];
  };
  const resolve = resolveOf(self, user, system);
  return {
    asked,
    resolve: (name: string) => resolve?.(name),
    iterate: () => dnsCacheManager.threadIterationStart?.(placed.props(user), user, placed),
  };
}

it('knows the hosts of the plan, several addresses in order', async () => {
  const props = { 'DNSCacheManager.hosts': [host('${name}', '1.2.3.4 , 5.6.7.8')] };
  const { resolve, asked } = manager(props, { name: 'a.test' });
  expect(await resolve('a.test')).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(asked).toEqual(['1.2.3.4', '5.6.7.8']);
});

it('has no address for a host that is written in another case', async () => {
  const { resolve, asked } = manager({ 'DNSCacheManager.hosts': [host('A.test', '1.2.3.4')] });
  expect(await resolve('a.test')).toEqual([]);
  expect(asked).toEqual([]);
});

it('asks once, or once each iteration', async () => {
  for (const [clear, times] of [
    ['false', 1],
    ['true', 2],
  ] as const) {
    const { resolve, asked, iterate } = manager({ 'DNSCacheManager.clearEachIteration': clear });
    await resolve('a.test');
    await resolve('a.test');
    iterate();
    await resolve('a.test');
    expect(asked).toHaveLength(times);
  }
});

it('asks the system when there are no servers to ask', async () => {
  const { resolve } = manager({ 'DNSCacheManager.isCustomResolver': 'true' });
  expect(await resolve('a.test')).toEqual(['10.0.0.1']);
});

it('fails when a server of its own is none', async () => {
  const props = { 'DNSCacheManager.isCustomResolver': 'true', 'DNSCacheManager.servers': ['no such server'] };
  await expect(manager(props).resolve('a.test')).rejects.toThrow(
    'Could not resolve host:a.test, failed to initialize resolver or no resolver found',
  );
});
