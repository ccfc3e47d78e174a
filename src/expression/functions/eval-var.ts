import { evaluateAgain } from '../evaluate-again.js';
import { fn } from '../function.js';

/** Evaluates the references in the value of a variable; nothing when it is not defined. */
export const evalVar = fn({
  name: '__evalVar',
  min: 1,
  max: 1,
  usage: 'variable',
  looksBack: true,
  compile([name], context) {
    const again = evaluateAgain(context);
    return (user) => again(user.variables.get(name?.evaluate(user) ?? '') ?? '', user);
  },
});
