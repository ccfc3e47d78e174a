import { fn } from '../function.js';

/** The name of the user's thread group; nothing outside of threads. */
export const threadGroupName = fn({
  name: '__threadGroupName',
  min: 0,
  max: 0,
  usage: '',
  compile: () => (user) => user.groupName,
});
