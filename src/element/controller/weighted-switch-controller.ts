import { JavaError, parseLong } from '../../java/index.js';
import { Controller, element, evaluate, type Named, prop, type Step, type Text } from '../../model/index.js';

const props = {
  /** Rows of name, weight and whether enabled; the name is only for people. Old rows have no third column and are enabled. */
  weights: prop.table('Weights'),
  random: prop.flag('IsRandomChoice'),
};

/** Chooses a child at the start of each pass (WeightedSwitchController 0.7). */
class WeightedSwitch extends Controller<Named<typeof props>> {
  #chosen: number | undefined;
  #counts: number[] | undefined;
  #total = 0;

  override next(): Step | undefined {
    if (this.#chosen === undefined) {
      this.current = this.#chosen = this.#choose();
      return super.next();
    }
    // The child behind a sampler is asked too, and what it gives is thrown away.
    const step = super.next();
    if (step !== undefined && this.current === this.#chosen) return step;
    this.#forget();
    for (const child of this.children) if (child instanceof Controller) child.abandon();
    return undefined;
  }

  #forget(): void {
    this.#chosen = undefined;
    for (const child of this.children) if (child instanceof WeightedSwitch) child.#forget();
  }

  #choose(): number {
    const weights = this.props.weights.filter((row) => this.#isEnabled(row)).map((row) => this.#weight(row));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    const shares = weights.map((weight) => weight / sum);
    return this.props.random ? this.#draw(shares) : this.#furthestBehind(shares);
  }

  #isEnabled(row: readonly Text[]): boolean {
    if (row.length === 2) return true;
    return row.length === 3 && evaluate(row[2] ?? '', this.user) === 'true';
  }
  #weight(row: readonly Text[]): number {
    return parseLong(evaluate(row[1] ?? '', this.user));
  }

  #draw(shares: readonly number[]): number {
    let left = this.user.random() * shares.reduce((all, share) => all + share, 0);
    const found = shares.findIndex((share) => {
      left -= share;
      return left <= 0;
    });
    return Math.max(found, 0);
  }

  /** The child that had least of its share so far; the one with the largest share when all had theirs. */
  #furthestBehind(shares: readonly number[]): number {
    this.#counts ??= shares.map(() => 0);
    const counts = this.#counts;
    // Rows that were not enabled the first time have no count.
    if (this.#total > 0 && shares.length > counts.length) throw outOfBounds(counts.length, counts.length);
    const behind = shares.map((share, i) => share - (this.#total > 0 ? (counts[i] ?? 0) / this.#total : 0));
    let chosen = largest(behind);
    if (chosen < 0) chosen = largest(shares);
    this.#total++;
    const count = counts[chosen];
    if (count === undefined) throw outOfBounds(-0x80000000, counts.length);
    counts[chosen] = count + 1;
    return chosen;
  }
}

const outOfBounds = (index: number, length: number): JavaError =>
  new JavaError('java.lang.ArrayIndexOutOfBoundsException', `Index ${index} out of bounds for length ${length}`);

/** The index of the largest positive number, the first of equal ones; -1 when none is positive. */
function largest(numbers: readonly number[]): number {
  let best = 0;
  let found = -1;
  for (const [i, number] of numbers.entries()) {
    if (!(number > best)) continue;
    best = number;
    found = i;
  }
  return found;
}

/** Runs one of its children in each pass, so that each gets its share: in a fixed order, or by chance. */
export const weightedSwitchController = element({
  tag: 'com.blazemeter.jmeter.control.WeightedSwitchController',
  gui: 'com.blazemeter.jmeter.control.WeightedSwitchControllerGui',
  call: 'weighted',
  props,
  controller: WeightedSwitch,
});
