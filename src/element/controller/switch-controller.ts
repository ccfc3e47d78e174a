import { javaTrim, toInt } from '../../java/index.js';
import { Controller, element, type Named, prop, type Step } from '../../model/index.js';

const props = { value: prop.text('SwitchController.value') };

/** Behind all children. */
const NONE = Number.MAX_SAFE_INTEGER;
const DIGITS = /^\p{Nd}+$/u;

/** Chooses its child at the start of each pass (SwitchController 5.6.3). */
class Switch extends Controller<Named<typeof props>> {
  override next(): Step | undefined {
    if (this.first) this.current = this.#selected();
    return super.next();
  }

  /** A child that is removed because it is done makes place for the one behind it, which then runs instead. */
  protected override incrementCurrent(): void {
    this.current = NONE;
  }

  #selected(): number {
    const value = javaTrim(this.props.value);
    if (value === '') return 0;
    const index = DIGITS.test(value) ? toInt(value) : undefined;
    // A number out of range is 0, but one that is no 32-bit number is a name.
    if (index !== undefined) return index < this.children.length ? index : 0;
    return this.#named(value);
  }

  /** The first child of that name, else the last that is called `default`. */
  #named(value: string): number {
    let fallback = NONE;
    for (const [i, child] of this.children.entries()) {
      const name = child instanceof Controller ? child.name : child.props(this.user).name;
      if (name === value) return i;
      if (name.toLowerCase() === 'default') fallback = i;
    }
    return fallback;
  }
}

/** Runs one of its children in each pass: by number from 0, by name, or the one called `default`. */
export const switchController = element({
  tag: 'SwitchController',
  gui: 'SwitchControllerGui',
  call: 'switch',
  props,
  controller: Switch,
});
