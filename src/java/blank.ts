const BLANK = /^[\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]*$/;

/** StringUtils.isBlank of Apache Commons: nothing but what Character.isWhitespace holds (no-break spaces are no blanks). */
export const isBlank = (text: string): boolean => BLANK.test(text);
