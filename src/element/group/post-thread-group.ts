import { element } from '../../model/index.js';
import { askedOfThreads, ignoredKeys, threadGroupRole, threadProps } from './threads.js';

/** Runs after the main groups; JMeter calls it tearDown Thread Group. */
export const postThreadGroup = element({
  tag: 'PostThreadGroup',
  gui: 'PostThreadGroupGui',
  call: 'tearDown',
  props: threadProps,
  ignored: ignoredKeys,
  asked: askedOfThreads,
  shards: 'divides',
  group: threadGroupRole('tearDown'),
});
