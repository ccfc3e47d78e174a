import { Controller, element } from '../../model/index.js';

/** Shuffles its children when the thread begins and after each pass (RandomOrderController 5.6.3). */
class RandomOrder extends Controller {
  override initialize(): void {
    super.initialize();
    this.#shuffle();
  }
  override reInitialize(): void {
    super.reInitialize();
    this.#shuffle();
  }
  #shuffle(): void {
    const { children, user } = this;
    for (let left = children.length; left > 1; left--) {
      const [drawn] = children.splice(Math.floor(user.random() * left), 1);
      if (drawn) children.push(drawn);
    }
  }
}

/** Runs all its children in each pass, in an order drawn by chance. */
export const randomOrderController = element({
  tag: 'RandomOrderController',
  gui: 'RandomOrderControllerGui',
  call: 'randomOrder',
  props: {},
  controller: RandomOrder,
});
