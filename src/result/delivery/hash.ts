/**
 * A number below 2^53 for a text and two numbers (32 bits of each count): among a million the chance that any two are equal is
 * 1 to 18,000.
 */
export function hashOf(text: string, first = 0, second = 0): number {
  let high = 0x9e3779b9 ^ first;
  let low = 0x85ebca6b ^ second;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}
