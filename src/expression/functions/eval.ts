import { evaluateAgain } from '../evaluate-again.js';
import { fn } from '../function.js';

/** Evaluates the references of a text once more. */
export const evalText = fn({
  name: '__eval',
  min: 1,
  max: 1,
  usage: 'text',
  looksBack: true,
  compile([text], context) {
    const again = evaluateAgain(context);
    return (user) => again(text?.evaluate(user) ?? '', user);
  },
});
