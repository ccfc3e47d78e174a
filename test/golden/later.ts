/** Cases that need what is not built yet, and the name by which they must be refused. */
export const later: Readonly<Record<string, string>> = {};
