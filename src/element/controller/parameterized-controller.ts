import { argumentsOf, Controller, element, type Named, type Step } from '../../model/index.js';
import { firstOfEachName } from '../config/arguments.js';

const props = { variables: argumentsOf('ParameterizedController') };

/** Sets its variables whenever it is asked for a step, also where it only finds its end (jp@gc 0.4). */
class Parameterized extends Controller<Named<typeof props>> {
  override next(): Step | undefined {
    const { variables } = this.user;
    for (const [name, value] of [...firstOfEachName(this.props.variables.rows)]) variables.put(name, value);
    return super.next();
  }
}

/** Groups its children and sets variables before each of them. */
export const parameterizedController = element({
  tag: 'kg.apc.jmeter.control.ParameterizedController',
  gui: 'kg.apc.jmeter.control.ParameterizedControllerGui',
  call: 'withVariables',
  props,
  controller: Parameterized,
});
