import { fn } from '../function.js';
import { jexlCall } from '../jexl-call.js';

/** Evaluates a JEXL 3 expression; null gives nothing. JEXL itself is silent: most of what fails while it runs is null. */
export const jexl3 = fn({
  name: '__jexl3',
  min: 1,
  max: 2,
  usage: 'expression, [variable]',
  looksBack: true,
  compile: jexlCall('jexl3'),
});
