import { element, prop, Sample, type User } from '../../model/index.js';
import { debugListing } from './debug-listing.js';

/** Shows the variables and properties of the user as its response. Absent flags are false. */
export const debugSampler = element({
  tag: 'DebugSampler',
  gui: 'TestBeanGUI',
  call: 'debug',
  props: {
    variables: prop.flag('displayJMeterVariables'),
    properties: prop.flag('displayJMeterProperties'),
    systemProperties: prop.flag('displaySystemProperties'),
  },
  accepts: ['SimpleConfigGui'],
  sample({ name, variables, properties, systemProperties }, user: User) {
    const sample = new Sample();
    sample.label = name;
    sample.start(user.test.clock.now());
    const sections = [
      ...(variables ? [{ title: 'JMeterVariables', entries: variablesOf(user) }] : []),
      ...(properties ? [{ title: 'JMeterProperties', entries: user.test.properties.entries() }] : []),
      ...(systemProperties ? [{ title: 'SystemProperties', entries: user.test.properties.system.entries() }] : []),
    ];
    sample.encoding = 'UTF-8';
    sample.setText(sections.map(({ title, entries }) => `${title}:\n${debugListing(entries)}\n`).join(''));
    sample.dataType = 'text';
    sample.samplerData = sections.map(({ title }) => `${title}\n`).join('');
    sample.ok();
    sample.end(user.test.clock.now());
    return sample;
  },
});

/** JMeter keeps the running sampler's package among the variables; only this listing shows it. */
function* variablesOf(user: User): Generator<readonly [string, unknown]> {
  if (user.variables.getObject(PACKAGE) === undefined)
    yield [PACKAGE, 'org.apache.jmeter.threads.SamplePackage@1b2c3d4e'];
  yield* user.variables.entries();
}
const PACKAGE = 'JMeterThread.pack';
