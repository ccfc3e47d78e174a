import { describe, expect, it } from 'vitest';
import { stampFormat } from '../../src/result/timestamp.js';

const MOMENT = new Date(2024, 1, 29, 0, 5, 9, 7).getTime();
function of(pattern: string, ms = MOMENT): unknown {
  const format = stampFormat(pattern);
  return typeof format === 'function' ? format(ms) : format;
}

describe('time stamps by pattern', () => {
  it('are SimpleDateFormat’s, in the zone of the process', () => {
    expect(of('yyyy/MM/dd HH:mm:ss.SSS')).toBe('2024/02/29 00:05:09.007');
    expect(of('yy-M-d h:m:s a k K')).toBe('24-2-29 12:5:9 AM 24 0');
    expect(of('EEE EEEE MMM MMMM')).toBe('Thu Thursday Feb February');
    expect(of('u D F W w YYYY G')).toBe('4 60 5 5 9 2024 AD');
  });
  it('have S as the number of milliseconds, not as a fraction', () => {
    expect([of('S'), of('SS'), of('SSSSSS')]).toEqual(['7', '07', '000007']);
  });
  it('have at least four digits of the year unless there are two', () => {
    expect(of('y yyy yyyyy')).toBe('2024 2024 02024');
  });
  it('count a week of New Year as the first of the new year', () => {
    expect(of('w YYYY yyyy', new Date(2024, 11, 31).getTime())).toBe('1 2025 2024');
  });
  it('keep quoted text and signs as they are', () => {
    expect(of("'at' H 'o''clock' '' [M]{}#")).toBe("at 0 o'clock ' [2]{}#");
  });
  it('have offsets with and without colon', () => {
    expect(of('Z')).toMatch(/^[+-]\d{4}$/);
    expect(of('ZZZ')).toMatch(/^[+-]\d\d:\d\d$/);
    expect(of('XXX')).toMatch(/^(Z|[+-]\d\d:\d\d)$/);
  });
  it('have no value for a pattern that Java refuses', () => {
    expect(['b', 'e', 'XXXX', "'open", 'yyyy-MM-dd T'].map((pattern) => stampFormat(pattern))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
