import { fn } from '../function.js';
import { store } from '../store.js';

/** The address that this machine's name stands for. */
export const machineIp = fn({
  name: '__machineIP',
  min: 0,
  max: 1,
  usage: '[variable]',
  compile:
    ([variable]) =>
    (user) => {
      const { hostAddress } = user.test;
      store(user, variable, hostAddress);
      return hostAddress;
    },
});
