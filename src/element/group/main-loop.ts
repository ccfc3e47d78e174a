import { NAME_KEY } from '../../jmx/index.js';
import { type Named, prop } from '../../model/index.js';
import { Loop } from '../controller/loop-controller.js';

/** The loop that a thread group carries in itself. */
export const mainController = prop.nested('ThreadGroup.main_controller', {
  loops: prop.forgivingInt('LoopController.loops'),
  continueForever: prop.flag('LoopController.continue_forever', true),
  hasName: prop.present(NAME_KEY),
});

type MainLoopProps = Named<{ readonly mainController: typeof mainController }>;

/** The main loop of a user. */
export class MainLoop extends Loop<MainLoopProps> {
  #name = '';

  /** JMeter copies the group's name over the loop's own once; a loop without any (plans made by hand) keeps none. */
  override initialize(): void {
    const { mainController, name } = this.props;
    if (mainController.hasName) this.#name = name;
    super.initialize();
  }
  protected override get indexName(): string {
    return this.#name;
  }
  protected override readLoops(): number {
    return this.props.mainController.loops;
  }
  protected override mayBeEnteredAgain(): boolean {
    return this.props.mainController.continueForever;
  }
}
