/**
 * Heap, and resident memory, of each of the users of a plan who all wait in a timer, after so many samples of each of them.
 * Prints JSON.   idle PLAN USERS SAMPLES
 */
import { registry } from '../../src/element/index.js';
import { prepare, run, WheelClock } from '../../src/engine/index.js';
import { isDocument, readPlanFile } from '../../src/jmx/index.js';
import { Properties, type SampleEvent } from '../../src/model/index.js';

const document = readPlanFile(process.argv[2] ?? '');
if (!isDocument(document)) throw new Error(document[0]?.text);
const { program, problems } = prepare(document.tree, {
  registry,
  properties: new Properties(),
  clock: new WheelClock(),
  log: { enabled: () => false, write() {} },
  workingDirectory: process.cwd(),
  hostName: 'here',
  hostAddress: '127.0.0.1',
  environment: {},
  compileScript: (language) => ({ code: 'E303', severity: 'error', text: language }),
  standIns: { find: () => undefined },
  connectTo: (host, port) => ({ host, port }),
  readPlan: () => [],
});
if (!program) throw new Error(problems.map(({ text }) => text).join('\n'));
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const [users, samples] = [Number(process.argv[3]), Number(process.argv[4])];
const before = { heap: heap(), rss: process.memoryUsage.rss() };
let taken = 0;
const sink = {
  sample({ sample }: SampleEvent) {
    if (!sample.success) throw new Error(`${sample.code} ${sample.message}`);
    taken++;
  },
};
const running = run(program, [sink]);
while (running.activeUsers < users || taken < users * samples) await new Promise((resolve) => setTimeout(resolve, 100));
const perUser = (bytes: number): number => Math.round(bytes / users);
const after = { heap: heap(), rss: process.memoryUsage.rss() };
console.log(
  JSON.stringify({ bytesPerUser: perUser(after.heap - before.heap), rssPerUser: perUser(after.rss - before.rss) }),
);
process.exit(0);
