import { describe, expect, it } from 'vitest';
import { Properties } from '../../src/model/index.js';
import { saveSettingsOf } from '../../src/result/index.js';
import { settings } from './kit.js';

describe('settings from properties', () => {
  it('are JMeter’s when nothing is said', () => {
    const off = Object.entries(settings()).flatMap(([name, value]) => (value === false ? [name] : []));
    expect(off.sort()).toEqual(
      [
        'autoflush',
        'encoding',
        'fileName',
        'hostname',
        'requestHeaders',
        'responseData',
        'responseDataOnError',
        'responseHeaders',
        'sampleCount',
        'samplerData',
        'xml',
      ].sort(),
    );
    expect(settings()).toMatchObject({ delimiter: ',', xmlPi: '', stampStart: true, basePrefix: '~/' });
  });
  it('are true for true in any case and for nothing else', () => {
    expect(['TRUE', 'true', 't', '1', ' true', 'yes', ''].map((url) => settings({ url }).url)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
  it('take xml and nothing like it', () => {
    expect(['xml', 'XML', 'db'].map((output_format) => settings({ output_format }).xml)).toEqual([true, false, false]);
  });
  it('know none and ms in any case', () => {
    expect(settings({ timestamp_format: 'NONE' })).toMatchObject({ timestamp: false, stamp: undefined });
    expect(settings({ timestamp_format: 'MS' }).stamp).toBe('ms');
  });
  it('refuse the delimiters that JMeter refuses', () => {
    const bad = (default_delimiter: string) => () => settings({ default_delimiter });
    expect(settings({ default_delimiter: '\\t' }).delimiter).toBe('\t');
    expect(bad('')).toThrow("Delimiter '' must be of length 1.");
    expect(bad(';;')).toThrow("Delimiter ';;' must be of length 1.");
    expect(bad('a')).toThrow("Delimiter 'a' must not be alphanumeric or \".");
    expect(bad('"')).toThrow('must not be alphanumeric');
    expect(bad('§')).toThrow('Delimiter (code 167) must be printable.');
  });
});

describe('settings of a listener', () => {
  it('are false for what its saveConfig does not name', () => {
    const properties = new Properties();
    properties.set('jmeter.save.saveservice.default_delimiter', ';');
    const save = saveSettingsOf(
      new Map([
        ['label', 'true'],
        ['xml', 'TRUE'],
        ['url', 'false'],
        ['unknown', 'true'],
      ]),
      properties,
    );
    expect(Object.entries(save).flatMap(([name, value]) => (value === true ? [name] : []))).toEqual([
      'xml',
      'label',
      'stampStart',
    ]);
    expect(save.delimiter).toBe(';');
  });
  it('are those of the properties without a saveConfig', () => {
    expect(saveSettingsOf(undefined, new Properties())).toMatchObject({ url: true, hostname: false });
  });
});
