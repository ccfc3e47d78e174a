import { element, prop } from '../../model/index.js';

/** Adds a sample that sums up its children, or becomes their parent; the engine does the counting. */
export const transactionController = element({
  tag: 'TransactionController',
  gui: 'TransactionControllerGui',
  call: 'transaction',
  props: {
    parent: prop.flag('TransactionController.parent'),
    /** True when the key is missing (old plans); the GUI writes false. */
    includeTimers: prop.flag('TransactionController.includeTimers', true),
  },
  transaction: {
    parent: ({ parent }) => parent,
    includeTimers: ({ includeTimers }) => includeTimers,
  },
});
