import type { User } from './user.js';

/**
 * A compiled text of the plan: a string when it has no reference, else a function of the user who reads it.
 * Each call evaluates anew, as JMeter does since 5.6.
 */
export type Text = string | ((user: User) => string);

/** The text's value for this user. */
export const evaluate = (text: Text, user: User): string => (typeof text === 'string' ? text : text(user));

/** Longer texts are no names, and no words that one compares. */
const LONGEST_NAME = 100;

/**
 * The same text as the one copy of it that the JavaScript engine keeps for names. A text cut out of a plan's file is found in
 * a map, or compared with a word, only by its characters; this one mostly by its address.
 */
export function interned(text: string): string {
  return text.length > LONGEST_NAME ? text : (Object.keys({ [text]: true })[0] ?? text);
}
