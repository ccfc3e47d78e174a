/** Heap of each of the users of a plan who all wait in a timer. Prints JSON.   idle PLAN USERS */
import { registry } from '../../src/element/index.js';
import { prepare, run, WheelClock } from '../../src/engine/index.js';
import { isDocument, readPlanFile } from '../../src/jmx/index.js';
import { Properties } from '../../src/model/index.js';

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
const users = Number(process.argv[3]);
const before = heap();
const running = run(program, []);
while (running.activeUsers < users) await new Promise((resolve) => setTimeout(resolve, 100));
console.log(JSON.stringify({ bytesPerUser: Math.round((heap() - before) / users) }));
process.exit(0);
