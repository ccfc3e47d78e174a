import { defaults, element, prop, Sample } from '../../model/index.js';
import { debugText, variablesOf } from '../sampler/debug-listing.js';
import { samplerProperties } from './sampler-properties.js';

/** Hangs a sample below the current one that shows the sampler's properties, the variables and properties of the user. Absent flags are false. */
export const debugPostProcessor = element({
  tag: 'DebugPostProcessor',
  gui: 'TestBeanGUI',
  call: 'debug.after',
  props: {
    sampler: prop.flag('displaySamplerProperties'),
    variables: prop.flag('displayJMeterVariables'),
    properties: prop.flag('displayJMeterProperties'),
    systemProperties: prop.flag('displaySystemProperties'),
  },
  after(given, user, sample) {
    const { test, sampler } = user;
    const made = new Sample();
    made.label = given.name;
    made.encoding = defaults.encoding;
    made.start(test.clock.now());
    debugText(made, [
      ...(given.sampler && sampler ? [{ title: 'SamplerProperties', entries: samplerProperties(sampler, user) }] : []),
      ...(given.variables ? [{ title: 'JMeterVariables', entries: variablesOf(user) }] : []),
      ...(given.properties ? [{ title: 'JMeterProperties', entries: test.properties.entries() }] : []),
      ...(given.systemProperties ? [{ title: 'SystemProperties', entries: test.properties.system.entries() }] : []),
    ]);
    made.threadName = user.threadName;
    made.groupThreads = user.groupThreads;
    made.allThreads = test.allThreads;
    made.ok();
    made.end(test.clock.now());
    sample.addSubSample(made);
  },
});
