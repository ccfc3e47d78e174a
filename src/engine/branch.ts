import type { Branch, BranchRun, Placed, User } from '../model/index.js';
import { BranchUser } from './branch-user.js';
import type { GroupProgram } from './group-program.js';
import type { VirtualUser } from './user.js';

/** A step that is run by a user of its own, compiled; each user of the group has its own such user. */
export class CompiledBranch implements Branch {
  constructor(
    private readonly step: Placed,
    readonly program: GroupProgram,
    /** The same for all branches of a sampler: those of one user are a thread group. */
    readonly group: object,
  ) {}

  name(user: User): string {
    return this.step.props(user).name;
  }

  run(user: User, settings: BranchRun): Promise<void> {
    const parent = user as VirtualUser;
    const own = parent.state(this, () => new BranchUser(parent, this.program, this.group));
    return own.runOnce(settings);
  }
}
