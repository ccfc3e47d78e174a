import { element } from '../../model/index.js';
import { askedOfThreads, ignoredKeys, threadGroupRole, threadProps } from './threads.js';

/** Runs users in the main part of the test. */
export const threadGroup = element({
  tag: 'ThreadGroup',
  gui: 'ThreadGroupGui',
  call: 'threads',
  props: threadProps,
  ignored: ignoredKeys,
  asked: askedOfThreads,
  shards: 'divides',
  group: threadGroupRole('main'),
});
