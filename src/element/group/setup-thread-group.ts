import { element } from '../../model/index.js';
import { askedOfThreads, ignoredKeys, threadGroupRole, threadProps } from './threads.js';

/** Runs before the main groups; they wait for it. */
export const setupThreadGroup = element({
  tag: 'SetupThreadGroup',
  gui: 'SetupThreadGroupGui',
  call: 'setUp',
  props: threadProps,
  ignored: ignoredKeys,
  asked: askedOfThreads,
  shards: 'divides',
  group: threadGroupRole('setUp'),
});
