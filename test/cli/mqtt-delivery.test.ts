import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aedesBroker } from '../protocol/mqtt/mqtt-kit.js';
import { Workplace } from './binary.js';
import { plan } from './plans.js';

let at: Workplace;
let broker: Awaited<ReturnType<typeof aedesBroker>>;
beforeEach(async () => {
  at = new Workplace();
  broker = await aedesBroker();
});
afterEach(async () => {
  at.remove();
  await broker.close();
});

const sampler = (tag: string, keys: Readonly<Record<string, string>>): string =>
  `<net.xmeter.samplers.${tag} guiclass="net.xmeter.gui.${tag}UI" testclass="net.xmeter.samplers.${tag}" testname="${tag}">${Object.entries(
    keys,
  )
    .map(([key, value]) => `<stringProp name="mqtt.${key}">${value}</stringProp>`)
    .join('')}</net.xmeter.samplers.${tag}><hashTree/>`;

/** Two users who subscribe, publish to all, and wait for what comes. */
const talk = (port: number): string => {
  const subscribe = sampler('SubSampler', {
    topic_name: 'all/#',
    qos_level: '1',
    sample_condition: 'specified elapsed time (ms)',
    sample_condition_value: '400',
    debug_response: 'true',
  });
  const inside = [
    sampler('ConnectSampler', {
      server: '127.0.0.1',
      port: `${port}`,
      client_id_prefix: 'c${__threadNum}',
      client_id_suffix: 'false',
    }),
    subscribe,
    sampler('PubSampler', {
      topic_name: 'all/${__threadNum}',
      qos_level: '1',
      message_type: 'String',
      message_to_sent: 'hello',
    }),
    subscribe,
  ];
  return plan(inside.join('\n'), { users: 2 });
};

describe('--mqtt-delivery', () => {
  it.each([[[]], [['--shards', '2']]])('tells what became of the messages of all users (%j)', async (more) => {
    at.write('p.jmx', talk(broker.port));
    const { code, out, err } = await at.run('run', 'p.jmx', '-l', 'out.xml', '--mqtt-delivery=d.json', ...more);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^all\/1 +1 +1 +2 +2 \(100%\) +0 +0 /m);
    expect(out).toMatch(/^total +2 +4 +4 \(100%\) +0 +0 /m);
    expect(out).toContain('acknowledged: 2 of 2 with QoS 1 and 2\n');
    expect(out).toContain('mqtt delivery: d.json\n');
    const { total, machine, topics } = JSON.parse(at.read('d.json'));
    expect(total).toMatchObject({ sent: 2, expected: 4, arrived: 4, arrivedPercent: 100 });
    expect(total.latencyMs.max).toBeLessThan(400);
    expect(topics).toHaveLength(2);
    expect(machine.socketsMost).toBe(2);
    expect(machine.memoryBytesMost).toBeGreaterThan(1e7);
  });

  it("works with JMeter's command line, and says when its file cannot be written", async () => {
    at.write('p.jmx', talk(broker.port));
    const { code, out, err } = await at.run('-n', '-t', 'p.jmx', '--mqtt-delivery=no/where.json');
    expect(code).toBe(1);
    expect(out).toMatch(/^total +2 +4 +4 \(100%\) +0 +0 .*\n.*\n.*\nthis machine: .*\n\.\.\. end of run/m);
    expect(err).toContain('no/where.json cannot be written');
  });
});
