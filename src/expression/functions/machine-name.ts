import { fn } from '../function.js';
import { store } from '../store.js';

/** The name of this machine. */
export const machineName = fn({
  name: '__machineName',
  min: 0,
  max: 1,
  usage: '[variable]',
  compile:
    ([variable]) =>
    (user) => {
      const { hostName } = user.test;
      store(user, variable, hostName);
      return hostName;
    },
});
