/** Rows formatted and written per CPU-second, by the writer that a run uses. Prints JSON. */
import { WheelClock } from '../../src/engine/index.js';
import { Properties, Sample } from '../../src/model/index.js';
import { openResults, saveSettings } from '../../src/result/index.js';
import { fakeUser } from '../kit.js';

const COUNT = 2_000_000;
const file = openResults({
  file: 'rows.jtl',
  settings: saveSettings(new Properties()),
  clock: new WheelClock(),
  workingDirectory: process.cwd(),
  planDirectory: process.cwd(),
  variables: [],
  functionalMode: false,
  onProblem: ({ text }) => console.error(text),
});
const user = fakeUser();

function write(count: number): void {
  for (let i = 0; i < count; i++) {
    const sample = new Sample();
    sample.label = 'HTTP Request';
    sample.stamp(1_700_000_000_000 + i, i % 300);
    sample.ok();
    sample.dataType = 'text';
    sample.threadName = 'Thread Group 1-1';
    sample.explicitBytes = 1234;
    sample.sentBytes = 321;
    sample.groupThreads = 50;
    sample.allThreads = 50;
    sample.url = 'http://127.0.0.1:8080/some/path?id=1';
    sample.latency = i % 200;
    sample.connectTime = 2;
    file.write({ sample, user, variables: [] });
  }
}
write(100_000);
const before = process.cpuUsage();
write(COUNT);
file.close();
const { user: own, system } = process.cpuUsage(before);
console.log(JSON.stringify({ rate: COUNT / ((own + system) / 1e6) }));
process.exit(0);
