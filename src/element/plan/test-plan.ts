import { argumentsOf, element, prop } from '../../model/index.js';
import { firstOfEachName } from '../config/arguments.js';
import { keyStoreProblems } from '../config/key-store.js';

/** The plan itself: how its groups run, and the variables that all users start with. */
export const testPlan = element({
  tag: 'TestPlan',
  gui: 'TestPlanGui',
  call: 'plan',
  props: {
    /** Responses are kept in XML results and sub-samples are not renamed. */
    functionalMode: prop.flag('TestPlan.functional_mode'),
    /** Groups of a phase run one after the other. */
    serial: prop.flag('TestPlan.serialize_threadgroups'),
    tearDownOnStop: prop.flag('TestPlan.tearDown_on_shutdown'),
    variables: argumentsOf('TestPlan.user_defined_variables'),
  },
  // Jars for the class path of a JVM that is not here; keys of very old versions, a blank before the name included.
  ignored: [
    'TestPlan.user_define_classpath',
    'TestPlan.thread_groups',
    ' TestPlan.user_define_classpath',
    ' TestPlan.user_defined_variables',
  ],
  check: (_, context) => keyStoreProblems(context),
  testPlan: ({ functionalMode, serial, tearDownOnStop }) => ({ functionalMode, serial, tearDownOnStop }),
  variables: ({ variables }) => firstOfEachName(variables.rows),
});
