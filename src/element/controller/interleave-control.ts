import { element } from '../../model/index.js';
import { Interleave, interleaveProps } from './interleave.js';

/** Runs one of its children in each pass, in turn; Interleave Controller. */
export const interleaveControl = element({
  tag: 'InterleaveControl',
  gui: 'InterleaveControlGui',
  call: 'interleave',
  props: interleaveProps,
  controller: Interleave,
});
