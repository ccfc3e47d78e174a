import { JavaError, parseLong } from '../../java/index.js';
import { Controller, type Step } from '../../model/index.js';
import { type DynamicProps, dynamicRun, type Supply } from './dynamic-group.js';

/** The main loop of a user of a bzm group (VirtualUserController, casutg 2.10); the group ends it, not a count. */
export abstract class VirtualUserLoop<P extends DynamicProps, S extends Supply> extends Controller<P> {
  /** Passes begun. */
  protected pass = 0;
  #inPass = false;
  #supply: S | undefined;

  /** JMeter gives the loop the group's name for each user, though nothing shows it here: an evaluation. */
  override initialize(): void {
    void this.props.name;
    super.initialize();
  }

  override next(): Step | undefined {
    if (this.supply.limitReached) this.done = true;
    else if (!this.#inPass) {
      this.#inPass = true;
      this.pass++;
      if (!this.beginPass()) {
        this.done = true;
        return undefined;
      }
    }
    return this.nextChild();
  }

  override reInitialize(): void {
    super.reInitialize();
    this.#inPass = false;
  }

  protected override nextIsNull(): Step | undefined {
    this.endPass();
    const { iterations } = this.props;
    const limit = iterations === '' ? 0 : parseLong(iterations);
    if (this.supply.limitReached || (limit > 0 && this.pass >= limit) || this.isSurplus()) {
      this.done = true;
      return undefined;
    }
    return this.nextPass();
  }

  /** False when the group has stopped meanwhile. */
  protected beginPass(): boolean {
    return true;
  }
  protected endPass(): void {}
  /** Whether the group has more users than it wants. */
  protected isSurplus(): boolean {
    return false;
  }
  protected nextPass(): Step | undefined {
    this.reInitialize();
    return this.next();
  }

  /** The plugin's loop cannot be broken: JMeter's cast of it ends the thread. */
  override breakLoop(): void {
    const type = 'com.blazemeter.jmeter.control.VirtualUserController';
    throw new JavaError(
      'java.lang.ClassCastException',
      `class ${type} cannot be cast to class org.apache.jmeter.control.IteratingController`,
    );
  }

  /** The group in a Module Controller has none, and the thread dies as the plugin's does. */
  protected get supply(): S {
    this.#supply ??= dynamicRun<S>(this.self, this.user).supply;
    if (this.#supply === undefined) throw new JavaError('java.lang.NullPointerException', 'this.owner is null');
    return this.#supply;
  }
}
