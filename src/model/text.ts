import type { User } from './user.js';

/**
 * A compiled text of the plan: a string when it has no reference, else a function of the user who reads it.
 * Each call evaluates anew, as JMeter does since 5.6.
 */
export type Text = string | ((user: User) => string);

/** The text's value for this user. */
export const evaluate = (text: Text, user: User): string => (typeof text === 'string' ? text : text(user));
