import { type Named, prop } from '../../model/index.js';
import { Loop } from '../controller/loop-controller.js';

/** The loop that a thread group carries in itself. */
export const mainController = prop.nested('ThreadGroup.main_controller', {
  loops: prop.int('LoopController.loops'),
  continueForever: prop.flag('LoopController.continue_forever', true),
});

type MainLoopProps = Named<{ readonly mainController: typeof mainController }>;

/** The main loop of a user; its index variable carries the group's name. */
export class MainLoop extends Loop<MainLoopProps> {
  protected override readLoops(): number {
    return this.props.mainController.loops;
  }
  protected override mayBeEnteredAgain(): boolean {
    return this.props.mainController.continueForever;
  }
}
