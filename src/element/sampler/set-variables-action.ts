import { argumentsOf, element } from '../../model/index.js';
import { firstOfEachName } from '../config/arguments.js';

/** Sets variables and gives no result; all values are evaluated before the first is set. */
export const setVariablesAction = element({
  tag: 'kg.apc.jmeter.control.sampler.SetVariablesAction',
  gui: 'kg.apc.jmeter.control.sampler.SetVariablesActionGui',
  call: 'setVariables',
  props: { variables: argumentsOf('SetVariablesAction') },
  sample(props, user) {
    for (const [name, value] of [...firstOfEachName(props.variables.rows)]) user.variables.put(name, value);
    return undefined;
  },
});
