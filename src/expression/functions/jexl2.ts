import { fn } from '../function.js';
import { jexlCall } from '../jexl-call.js';

/** Evaluates a JEXL 2 expression; null gives nothing. An undefined name and all else that fails is an error in the log. */
export const jexl2 = fn({
  name: '__jexl2',
  min: 1,
  max: 2,
  usage: 'expression, [variable]',
  looksBack: true,
  compile: jexlCall('jexl2'),
});
