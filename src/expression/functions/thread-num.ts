import { fn } from '../function.js';
import { threadName } from '../thread-name.js';

/** What follows the last `-` of the thread's name: the user's number within its group, from 1. */
export const threadNum = fn({
  name: '__threadNum',
  min: 0,
  max: 0,
  usage: '',
  compile: () => (user) => {
    const name = threadName(user);
    return name.slice(name.lastIndexOf('-') + 1);
  },
});
