import { fn } from '../function.js';
import { store } from '../store.js';

/** The name of the sampler that runs now; nothing before the first one. */
export const samplerName = fn({
  name: '__samplerName',
  min: 0,
  max: 1,
  usage: '[variable]',
  compile:
    ([variable]) =>
    (user) => {
      const name = user.sampler?.props(user).name ?? '';
      store(user, variable, name);
      return name;
    },
});
