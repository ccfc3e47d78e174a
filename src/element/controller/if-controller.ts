import { type Bindings, Controller, element, type Named, prop, type Step } from '../../model/index.js';

const props = {
  condition: prop.text('IfController.condition'),
  evaluateAll: prop.flag('IfController.evaluateAll'),
  /** The GUI writes true; when the key is missing the condition is JavaScript. */
  useExpression: prop.flag('IfController.useExpression'),
};

/** State of an If Controller (IfController 5.6.3). */
class If extends Controller<Named<typeof props>> {
  /** Never done: a controller whose condition is false now may be true in the next pass. */
  override get isDone(): boolean {
    return false;
  }

  override next(): Step | undefined {
    if (!(this.props.evaluateAll || this.first) || this.#holds()) return super.next();
    this.initializeChildren();
    return this.nextIsNull();
  }

  override triggerEndOfLoop(): void {
    this.initializeChildren();
    super.triggerEndOfLoop();
  }

  #holds(): boolean {
    const { useExpression } = this.props;
    const condition = this.props.condition.trim();
    if (useExpression) return condition.toLowerCase() === 'true';
    const { test } = this.user;
    // JavaScript gets the element's name, for its messages: it is evaluated each time.
    const { name } = this.props;
    const script = test.compileScript('__javaScript', condition);
    try {
      if (!('run' in script)) throw new Error(script.text);
      const result = String(script.run(this.user, UNBOUND));
      if (result === 'true') return true;
      if (result === 'false') return false;
      throw new Error(` BAD CONDITION :: ${condition} :: expected true or false`);
    } catch (error) {
      test.log.write('ERROR', 'o.a.j.c.IfController', `${name}: error while processing [${condition}] ${error}`);
      return false;
    }
  }
}

/** JMeter's condition sees none of the names that other scripts have: one that uses them is bad, so false. */
const UNBOUND: Bindings = Object.fromEntries(
  ['vars', 'props', 'ctx', 'log', 'sampler', 'sampleResult', 'threadName'].map((name) => [name, undefined]),
);

/** Runs its children while the condition holds: checked before the first child, or before each. */
export const ifController = element({
  tag: 'IfController',
  gui: 'IfControllerPanel',
  call: 'when',
  props,
  controller: If,
});
