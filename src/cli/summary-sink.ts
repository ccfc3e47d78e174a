import type { Run, Sink } from '../engine/index.js';
import type { Clock, Log, Properties } from '../model/index.js';
import { Summary, summarySettings } from '../result/index.js';

/**
 * JMeter's summary lines on the console and in the log, as `summariser.*` ask for; undefined when `summariser.name` is
 * empty. `run` is asked only once samples come.
 */
export function summarySink(
  properties: Properties,
  clock: Clock,
  log: Log,
  print: (line: string) => void,
  run: () => Run | undefined,
): (Sink & { readonly name: string }) | undefined {
  const name = properties.get('summariser.name', '');
  if (name === '') return undefined;
  const settings = summarySettings(properties);
  const users = () => {
    const { activeUsers = 0, startedUsers = 0, finishedUsers = 0 } = run() ?? {};
    return { active: activeUsers, started: startedUsers, finished: finishedUsers };
  };
  const summary = new Summary({ ...settings, name, clock, users });
  const say = (line: string): void => {
    if (settings.log) log.write('INFO', 'o.a.j.r.Summariser', line);
    if (settings.out) print(line);
  };
  return { name, sample: (event) => summary.sample(event).forEach(say), close: () => summary.end().forEach(say) };
}
