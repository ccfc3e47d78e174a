import { JavaError } from '../../java/index.js';
import { Controller, type Named, type PlacedSampler, prop, type Step, Wait } from '../../model/index.js';

export const interleaveProps = {
  /** 0: a controller gives one step a turn; 1: a controller runs whole in its turn, and an empty one gives its turn away. */
  style: prop.int('InterleaveControl.style'),
  /** Users begin with different children. */
  acrossThreads: prop.flag('InterleaveControl.accrossThreads'),
};

/** One child a pass, the next one in the pass after that (InterleaveControl 5.6.3). */
export class Interleave extends Controller<Named<typeof interleaveProps>> {
  #skipNext = false;
  /** Where the search of this turn began; back there nothing is left to give. */
  #searchStart: PlacedSampler | Controller | undefined;
  #gaveStep = false;
  #stillSame = true;

  override initialize(): void {
    super.initialize();
    if (!this.props.acrossThreads) return;
    if (this.children.length === 0) throw new JavaError('java.lang.ArithmeticException', '/ by zero');
    this.current = this.user.number % this.children.length;
  }

  override reInitialize(): void {
    this.first = true;
    this.#gaveStep = false;
    this.#searchStart = undefined;
    this.#stillSame = true;
    this.#skipNext = false;
    this.passes++;
  }

  override next(): Step | undefined {
    if (!this.#skipNext) return super.next();
    this.reInitialize();
    return undefined;
  }

  protected override nextIsSampler(sampler: PlacedSampler): Step | undefined {
    if (this.#wentRound(sampler)) return undefined;
    this.#skipNext = true;
    this.incrementCurrent();
    return sampler;
  }

  protected override nextIsController(controller: Controller): Step | undefined {
    const searchStart = this.#searchStart;
    if (this.#wentRound(controller)) return undefined;
    const step = this.#ask(controller, searchStart);
    if (step === undefined) {
      this.currentReturnedNull(controller);
      // With style 0 and a controller that never gives anything this has no end; JMeter's thread dies of it too.
      return this.next();
    }
    this.#gaveStep = true;
    if (this.props.style === 0) {
      this.incrementCurrent();
      this.#skipNext = true;
    } else this.#searchStart = undefined;
    return step;
  }

  /** Who has to wait in there is asked again, and that is no way round. */
  #ask(controller: Controller, searchStart: PlacedSampler | Controller | undefined): Step | undefined {
    try {
      return controller.next();
    } catch (error) {
      if (error instanceof Wait) this.#searchStart = searchStart;
      throw error;
    }
  }

  protected override nextIsNull(): Step | undefined {
    this.resetCurrent();
    return this.next();
  }

  #wentRound(child: PlacedSampler | Controller): boolean {
    if (this.#searchStart === undefined) this.#searchStart = child;
    else if (this.#searchStart === child && !this.#stillSame) {
      this.reInitialize();
      return true;
    }
    return false;
  }

  protected override currentReturnedNull(controller: Controller): void {
    if (controller.isDone) this.children.splice(this.current, 1);
    else if (this.props.style === 1) this.incrementCurrent();
  }

  protected override incrementCurrent(): void {
    if (this.#gaveStep) this.#skipNext = true;
    this.#stillSame = false;
    super.incrementCurrent();
  }
}
