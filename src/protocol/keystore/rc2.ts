/** The table of RFC 2268, in hexadecimal. */
const PI = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);

/**
 * Decrypts RC2 in CBC mode (RFC 2268), which OpenSSL 3 has put away and old key stores still use. The padding is taken off;
 * throws RangeError when there is none.
 */
export function decryptRc2(key: Buffer, iv: Buffer, data: Buffer): Buffer {
  const words = expand(key);
  const plain = Buffer.alloc(data.length);
  let before = iv;
  for (let at = 0; at + 8 <= data.length; at += 8) {
    const block = data.subarray(at, at + 8);
    const opened = decryptBlock(words, block);
    for (let i = 0; i < 8; i++) plain[at + i] = (opened[i] ?? 0) ^ (before[i] ?? 0);
    before = block;
  }
  const padding = plain.at(-1) ?? 0;
  if (padding < 1 || padding > 8) throw new RangeError('bad padding');
  return plain.subarray(0, plain.length - padding);
}

/** 64 words; the effective bits are those of the key. */
function expand(key: Buffer): number[] {
  const bytes = Buffer.alloc(128);
  key.copy(bytes);
  const pi = (i: number): number => PI[i & 255] ?? 0;
  const at = (i: number): number => bytes[i] ?? 0;
  const size = key.length;
  for (let i = size; i < 128; i++) bytes[i] = pi(at(i - 1) + at(i - size));
  bytes[128 - size] = pi(at(128 - size));
  for (let i = 127 - size; i >= 0; i--) bytes[i] = pi(at(i + 1) ^ at(i + size));
  return Array.from({ length: 64 }, (_, i) => bytes.readUInt16LE(2 * i));
}

const SHIFTS = [1, 2, 3, 5];

function decryptBlock(words: readonly number[], block: Buffer): Buffer {
  const r = [0, 1, 2, 3].map((i) => block.readUInt16LE(2 * i));
  const reg = (i: number): number => r[i & 3] ?? 0;
  let j = 63;
  for (let round = 15; round >= 0; round--) {
    for (let i = 3; i >= 0; i--) {
      const shift = SHIFTS[i] ?? 0;
      const turned = ((reg(i) >>> shift) | (reg(i) << (16 - shift))) & 0xffff;
      const mixed = (words[j--] ?? 0) + (reg(i + 3) & reg(i + 2)) + (~reg(i + 3) & reg(i + 1));
      r[i] = (turned - mixed) & 0xffff;
    }
    if (round === 11 || round === 5)
      for (let i = 3; i >= 0; i--) r[i] = (reg(i) - (words[reg(i + 3) & 63] ?? 0)) & 0xffff;
  }
  const out = Buffer.alloc(8);
  for (let i = 0; i < 4; i++) out.writeUInt16LE(reg(i), 2 * i);
  return out;
}
