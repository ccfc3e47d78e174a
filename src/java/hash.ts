/** String.hashCode of Java. */
export function hashCode(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return h;
}

/**
 * The order in which a java.util.HashMap iterates these distinct keys, put in one after the other.
 * `capacity` is the table's first size (16 for `new HashMap()`); it doubles when three quarters are exceeded.
 */
export function hashMapOrder(keys: readonly string[], capacity = 16): string[] {
  let size = capacity;
  while (keys.length > size * 0.75) size *= 2;
  const bucket = (key: string): number => {
    const h = hashCode(key);
    return (h ^ (h >>> 16)) & (size - 1);
  };
  // A small table with more than eight keys in one bucket grows as well (HashMap.treeifyBin).
  while (size < 64 && fullest(keys.map(bucket)) > 8) size *= 2;
  return keys
    .map((key, i) => ({ key, i, at: bucket(key) }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ key }) => key);
}

function fullest(buckets: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const at of buckets) counts.set(at, (counts.get(at) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
