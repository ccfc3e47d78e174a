import { element } from '../../model/index.js';
import { Interleave, interleaveProps } from './interleave.js';

/** Where an Interleave Controller goes on to the next child this one draws any (RandomController 5.6.3). */
class RandomChild extends Interleave {
  protected override resetCurrent(): void {
    this.#draw();
  }
  protected override incrementCurrent(): void {
    super.incrementCurrent();
    this.#draw();
  }
  #draw(): void {
    this.current = Math.floor(this.user.random() * this.children.length);
  }
}

/** Runs one of its children in each pass, drawn by chance. */
export const randomController = element({
  tag: 'RandomController',
  gui: 'RandomControlGui',
  call: 'randomOf',
  props: interleaveProps,
  controller: RandomChild,
});
