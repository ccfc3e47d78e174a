import { element, prop, Sample, type User } from '../../model/index.js';
import { debugText, variablesOf } from './debug-listing.js';

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
    debugText(sample, [
      ...(variables ? [{ title: 'JMeterVariables', entries: variablesOf(user) }] : []),
      ...(properties ? [{ title: 'JMeterProperties', entries: user.test.properties.entries() }] : []),
      ...(systemProperties ? [{ title: 'SystemProperties', entries: user.test.properties.system.entries() }] : []),
    ]);
    sample.encoding = 'UTF-8';
    sample.ok();
    sample.end(user.test.clock.now());
    return sample;
  },
});
