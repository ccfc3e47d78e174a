import { describe, expect, it } from 'vitest';
import { makePayload, type PayloadSettings } from '../../../src/element/mqtt-older/tuanhiep-payload.js';

const plain: PayloadSettings = {
  kind: 'mqtt_text_message',
  text: 'hällo',
  fixed: '12',
  fixedType: '',
  generatedType: '',
  randomness: 'mqtt_pseudo_random',
  min: '9',
  max: '9999',
  seed: '5',
  size: '12',
  stamped: false,
  numbered: false,
  format: 'mqtt_no_encoding',
  charset: 'UTF-8',
};
const hex = (more: Partial<PayloadSettings>): string | undefined =>
  makePayload({ ...plain, ...more }, 0x0102030405, () => 0)?.toString('hex');
const fixed = (type: string, text = '12'): Partial<PayloadSettings> => ({
  kind: 'mqtt_fixed_value',
  fixedType: `mqtt_${type}_value`,
  fixed: text,
  numbered: true,
});
const generated = (type: string): Partial<PayloadSettings> => ({
  kind: 'mqtt_generated_value',
  generatedType: `mqtt_${type}_value`,
});
const text = (format: string, charset = 'UTF-8'): Partial<PayloadSettings> => ({ format: `mqtt_${format}`, charset });

/** As the plugin itself sent them to a broker. */
describe('payloads of tuanhiep’s plugin', () => {
  it.each<[string, Partial<PayloadSettings>, string]>([
    ['text has no flags', {}, '68c3a46c6c6f'],
    ['but what the flags tell of', { stamped: true, numbered: true }, `00000001020304050000000068c3a46c6c6f`],
    ['int', fixed('int'), '60000000000000000c'],
    ['long', fixed('long'), '5000000000000000000000000c'],
    ['a float is written as a double', fixed('float', '1.1'), '48000000003ff19999a0000000'],
    ['double', fixed('double'), '44000000004028000000000000'],
    ['string', fixed('string'), '42000000003132'],
    ['random int', generated('int'), '200000266c'],
    ['random long', generated('long'), '100000000000001d7f'],
    ['a random float is written as one', generated('float'), '0845e45725'],
    ['random double', generated('double'), '0440bc8ae4b852104e'],
    ['a random string is none', generated('string'), '02'],
    ['a randomness that is none', { ...generated('int'), randomness: 'x' }, '20'],
    ['large', { kind: 'mqtt_big_volume', numbered: true }, '4000000000000102030405060708090001'],
    ['base64', { ...text('base64'), numbered: true }, '4141414141476a447047787362773d3d'],
    ['hex', { ...text('binhex'), numbered: true }, '3030303030303030363863336134366336633666'],
    ['plain text in UTF-16', text('plain_text', 'UTF-16'), 'e6a383ea91ace6b1af'],
    ['plain text in US-ASCII', text('plain_text', 'US-ASCII'), '68efbfbdefbfbd6c6c6f'],
    ['plain text in UTF-16LE', text('plain_text', 'UTF-16LE'), 'ec8da8e6b2a4e6bdac'],
    ['plain text in ISO-8859-1', text('plain_text', 'ISO-8859-1'), '68c383c2a46c6c6f'],
  ])('%s', (_, settings, expected) => {
    expect(hex(settings)).toBe(expected);
  });

  it('writes bits with the last byte first', () => {
    expect(makePayload({ ...plain, text: 'ab', ...text('binary') }, 0, () => 0)?.toString()).toBe('0110001001100001');
  });
  it('has nothing of an unknown kind', () => {
    expect(hex({ kind: 'mqtt_other' })).toBeUndefined();
  });

  it.each<[Partial<PayloadSettings>, string]>([
    [fixed('int', 'abc'), 'java.lang.NumberFormatException: For input string: "abc"'],
    [{ ...generated('int'), max: '9' }, 'java.lang.IllegalArgumentException: bound must be positive'],
    [{ ...generated('long'), max: '9' }, 'java.lang.ArithmeticException: / by zero'],
    [{ ...generated('int'), seed: '' }, 'java.lang.NumberFormatException: For input string: ""'],
    [{ kind: 'mqtt_big_volume', size: '-1' }, 'java.lang.NegativeArraySizeException: -1'],
    [text('plain_text', 'nope'), 'java.nio.charset.UnsupportedCharsetException: nope'],
  ])('refuses %o', (settings, message) => {
    let said = '';
    try {
      hex(settings);
    } catch (error) {
      said = String(error);
    }
    expect(said).toBe(message);
  });
  it('draws from a range when it is to be secure', () => {
    const payload = makePayload({ ...plain, ...generated('int'), randomness: 'mqtt_secure_random' }, 0, () => 0);
    expect(payload?.readInt32BE(1)).toBeGreaterThanOrEqual(9);
    expect(payload?.readInt32BE(1)).toBeLessThan(9999);
  });
});
