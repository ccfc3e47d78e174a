import { describe, expect, it } from 'vitest';
import {
  dateTimeFormat,
  type Field,
  fixedZone,
  parseDuration,
  simpleDateFormat,
  systemZone,
  zoneOf,
} from '../../src/java/index.js';

// All expectations were recorded from Java 17.

const zone = (id: string) => zoneOf(id) ?? fixedZone(0);
// 2021-01-03T15:04:05.006 in Berlin.
const AT = 1609682645006;

describe('DateTimeFormatter', () => {
  it.each([
    ['en', 'G GGGG GGGGG', 'AD Anno Domini A', 'AD Anno Domini A', 'AD Anno Domini A'],
    ['de_DE', 'G GGGG GGGGG', 'n. Chr. n. Chr. n. Chr.', 'n. Chr. n. Chr. n. Chr.', 'n. Chr. n. Chr. n. Chr.'],
    [
      'en',
      'u y uu yy uuu yyy uuuu yyyy yyyyy',
      '2021 2021 21 21 2021 2021 2021 2021 02021',
      '2021 2021 21 21 2021 2021 2021 2021 02021',
      '2021 2021 21 21 2021 2021 2021 2021 02021',
    ],
    [
      'de_DE',
      'u y uu yy uuu yyy uuuu yyyy yyyyy',
      '2021 2021 21 21 2021 2021 2021 2021 02021',
      '2021 2021 21 21 2021 2021 2021 2021 02021',
      '2021 2021 21 21 2021 2021 2021 2021 02021',
    ],
    ['en', 'D DD DDD', '3 03 003', '203 203 203', '3 03 003'],
    ['de_DE', 'D DD DDD', '3 03 003', '203 203 203', '3 03 003'],
    ['en', 'M MM MMM MMMM MMMMM', '1 01 Jan January J', '7 07 Jul July J', '1 01 Jan January J'],
    ['de_DE', 'M MM MMM MMMM MMMMM', '1 01 Jan. Januar J', '7 07 Juli Juli J', '1 01 Jan. Januar J'],
    ['en', 'L LL LLL LLLL LLLLL', '1 01 Jan January J', '7 07 Jul July J', '1 01 Jan January J'],
    ['de_DE', 'L LL LLL LLLL LLLLL', '1 01 Jan Januar J', '7 07 Jul Juli J', '1 01 Jan Januar J'],
    ['en', 'd dd', '3 03', '22 22', '3 03'],
    ['de_DE', 'd dd', '3 03', '22 22', '3 03'],
    [
      'en',
      'Q QQ QQQ QQQQ QQQQQ q qq qqq qqqq',
      '1 01 Q1 1st quarter 1 1 01 Q1 1st quarter',
      '3 03 Q3 3rd quarter 3 3 03 Q3 3rd quarter',
      '1 01 Q1 1st quarter 1 1 01 Q1 1st quarter',
    ],
    ['en', 'Y YY YYYY w ww W', '2021 21 2021 2 02 2', '2021 21 2021 30 30 4', '2021 21 2021 2 02 2'],
    ['de_DE', 'Y YY YYYY w ww W', '2020 20 2020 53 53 0', '2021 21 2021 29 29 4', '2020 20 2020 53 53 0'],
    ['en', 'E EE EEE EEEE EEEEE', 'Sun Sun Sun Sunday S', 'Thu Thu Thu Thursday T', 'Sun Sun Sun Sunday S'],
    ['de_DE', 'E EE EEE EEEE EEEEE', 'So. So. So. Sonntag S', 'Do. Do. Do. Donnerstag D', 'So. So. So. Sonntag S'],
    [
      'en',
      'e ee eee eeee c ccc cccc',
      '1 01 Sun Sunday 1 Sun Sunday',
      '5 05 Thu Thursday 5 Thu Thursday',
      '1 01 Sun Sunday 1 Sun Sunday',
    ],
    [
      'de_DE',
      'e ee eee eeee c ccc cccc',
      '7 07 So. Sonntag 7 So Sonntag',
      '4 04 Do. Donnerstag 4 Do Donnerstag',
      '7 07 So. Sonntag 7 So Sonntag',
    ],
    ['en', 'F', '3', '1', '3'],
    ['de_DE', 'F', '3', '1', '3'],
    ['en', 'a', 'PM', 'AM', 'PM'],
    ['de_DE', 'a', 'PM', 'AM', 'PM'],
    ['en', 'h hh K KK k kk H HH', '3 03 3 03 15 15 15 15', '9 09 9 09 9 09 9 09', '2 02 2 02 14 14 14 14'],
    ['de_DE', 'h hh K KK k kk H HH', '3 03 3 03 15 15 15 15', '9 09 9 09 9 09 9 09', '2 02 2 02 14 14 14 14'],
    ['en', 'm mm s ss', '4 04 5 05', '4 04 5 05', '4 04 5 05'],
    ['de_DE', 'm mm s ss', '4 04 5 05', '4 04 5 05', '4 04 5 05'],
    [
      'en',
      'S SS SSS SSSS SSSSSS SSSSSSSSS',
      '0 00 006 0060 006000 006000000',
      '0 00 006 0060 006000 006000000',
      '0 00 006 0060 006000 006000000',
    ],
    [
      'de_DE',
      'S SS SSS SSSS SSSSSS SSSSSSSSS',
      '0 00 006 0060 006000 006000000',
      '0 00 006 0060 006000 006000000',
      '0 00 006 0060 006000 006000000',
    ],
    [
      'en',
      'A n N AAAAAAAAAA',
      '54245006 6000000 54245006000000 0054245006',
      '32645006 6000000 32645006000000 0032645006',
      '50645006 6000000 50645006000000 0050645006',
    ],
    [
      'de_DE',
      'A n N AAAAAAAAAA',
      '54245006 6000000 54245006000000 0054245006',
      '32645006 6000000 32645006000000 0032645006',
      '50645006 6000000 50645006000000 0050645006',
    ],
    ['en', 'VV', 'Europe/Berlin', 'America/New_York', 'Z'],
    ['de_DE', 'VV', 'Europe/Berlin', 'America/New_York', 'Z'],
    [
      'en',
      'z zz zzz zzzz',
      'CET CET CET Central European Standard Time',
      'EDT EDT EDT Eastern Daylight Time',
      'Z Z Z Z',
    ],
    [
      'de_DE',
      'z zz zzz zzzz',
      'MEZ MEZ MEZ Mitteleuropäische Normalzeit',
      'EDT EDT EDT Nordamerikanische Ostküsten-Sommerzeit',
      'Z Z Z Z',
    ],
    ['en', 'O OOOO', 'GMT+1 GMT+01:00', 'GMT-4 GMT-04:00', 'GMT GMT'],
    ['de_DE', 'O OOOO', 'GMT+1 GMT+01:00', 'GMT-4 GMT-04:00', 'GMT GMT'],
    ['en', 'X XX XXX XXXX XXXXX', '+01 +0100 +01:00 +0100 +01:00', '-04 -0400 -04:00 -0400 -04:00', 'Z Z Z Z Z'],
    ['de_DE', 'X XX XXX XXXX XXXXX', '+01 +0100 +01:00 +0100 +01:00', '-04 -0400 -04:00 -0400 -04:00', 'Z Z Z Z Z'],
    [
      'en',
      'x xx xxx xxxx xxxxx',
      '+01 +0100 +01:00 +0100 +01:00',
      '-04 -0400 -04:00 -0400 -04:00',
      '+00 +0000 +00:00 +0000 +00:00',
    ],
    [
      'de_DE',
      'x xx xxx xxxx xxxxx',
      '+01 +0100 +01:00 +0100 +01:00',
      '-04 -0400 -04:00 -0400 -04:00',
      '+00 +0000 +00:00 +0000 +00:00',
    ],
    [
      'en',
      'Z ZZ ZZZ ZZZZ ZZZZZ',
      '+0100 +0100 +0100 GMT+01:00 +01:00',
      '-0400 -0400 -0400 GMT-04:00 -04:00',
      '+0000 +0000 +0000 GMT Z',
    ],
    [
      'de_DE',
      'Z ZZ ZZZ ZZZZ ZZZZZ',
      '+0100 +0100 +0100 GMT+01:00 +01:00',
      '-0400 -0400 -0400 GMT-04:00 -04:00',
      '+0000 +0000 +0000 GMT Z',
    ],
    ['en', 'v vvvv', 'CET Central European Time', 'ET Eastern Time', 'Z Z'],
    ['de_DE', 'v vvvv', 'MEZ Mitteleuropäische Zeit', 'ET Nordamerikanische Ostküstenzeit', 'Z Z'],
    ['en', 'g', '59217', '59417', '59217'],
    ['de_DE', 'g', '59217', '59417', '59217'],
    ['en', 'B', 'in the afternoon', 'in the morning', 'in the afternoon'],
    ['de_DE', 'B', 'nachmittags', 'morgens', 'nachmittags'],
    ['en', 'ppH', '15', ' 9', '14'],
    ['de_DE', 'ppH', '15', ' 9', '14'],
    ['en', '[yyyy]MM', '202101', '202107', '202101'],
    ['de_DE', '[yyyy]MM', '202101', '202107', '202101'],
  ])('%s %s', (locale, pattern, berlin, newYork, utc) => {
    const format = dateTimeFormat(pattern, locale);
    expect(format.format({ epochMs: AT, zone: zone('Europe/Berlin') })).toBe(berlin);
    // 200 days later by the calendar: one hour of daylight saving less.
    expect(format.format({ epochMs: AT + 200 * 86_400_000 - 3_600_000, zone: zone('America/New_York') })).toBe(newYork);
    expect(format.format({ epochMs: AT, zone: fixedZone(0) })).toBe(utc);
  });

  it.each([
    ['qqqqqqq', 'Too many pattern letters: q'],
    ['yyyyb', 'Unknown pattern letter: b'],
    ['b', 'Unknown pattern letter: b'],
    ["'x", "Pattern ends with an incomplete string literal: 'x"],
    [']', 'Pattern invalid as it contains ] without previous ['],
    ['{', "Pattern includes reserved character: '{'"],
    ['#', "Pattern includes reserved character: '#'"],
    ['ddd', 'Too many pattern letters: d'],
    ['HHH', 'Too many pattern letters: H'],
    ['aa', 'Too many pattern letters: a'],
    ['EEEEEE', 'Too many pattern letters: E'],
    ['zzzzz', 'Too many pattern letters: z'],
    ['V', 'Pattern letter count must be 2: V'],
    ['VVV', 'Pattern letter count must be 2: V'],
    ['OO', 'Pattern letter count must be 1 or 4: O'],
    ['XXXXXX', 'Too many pattern letters: X'],
    ['cc', 'Invalid pattern "cc"'],
    ["YYYY-'W", "Pattern ends with an incomplete string literal: YYYY-'W"],
    ['p', "Pad letter 'p' must be followed by valid pad pattern: p"],
    ['pp', "Pad letter 'p' must be followed by valid pad pattern: pp"],
    ['jj', 'Unknown pattern letter: j'],
    ['SSSSSSSSSS', 'Minimum width must be from 0 to 9 inclusive but was 10'],
    ['GGGGGG', 'Too many pattern letters: G'],
    ['www', 'Too many pattern letters: w'],
    ['WW', 'Too many pattern letters: W'],
    ['FF', 'Too many pattern letters: F'],
    ['DDDD', 'Too many pattern letters: D'],
    ['xxxxxx', 'Too many pattern letters: x'],
    ['ZZZZZZ', 'Too many pattern letters: Z'],
    ['vv', 'Wrong number of pattern letters: v'],
    ['BB', 'Wrong number of pattern letters: B'],
    ['yyyyyyyyyyyyyyyyyyyy', 'The minimum width must be from 1 to 19 inclusive but was 20'],
    ['T', 'Unknown pattern letter: T'],
    ['yyyy-MM-ddTHH', 'Unknown pattern letter: T'],
    ['I', 'Unknown pattern letter: I'],
    ['P', 'Unknown pattern letter: P'],
    ['i', 'Unknown pattern letter: i'],
    ['BBB', 'Wrong number of pattern letters: B'],
  ])('refuses %s', (pattern, message) => {
    expect(() => dateTimeFormat(pattern)).toThrow(expect.objectContaining({ message }));
  });

  const DEFAULTS: ReadonlyMap<Field, number> = new Map([
    ['n', 0],
    ['milli', 0],
    ['s', 0],
    ['m', 0],
    ['H', 0],
    ['d', 1],
    ['M', 1],
    ['y', 2026],
    ['offset', 0],
  ]);
  it.each<[string, string, string | undefined]>([
    ['yyyy-MM-dd', '2018-02-31', '2018-02-28T00:00Z'],
    ['yyyy-MM-dd', '2018-1-3', undefined],
    ['y-M-d', '2018-1-3', '2018-01-03T00:00Z'],
    ['yy-MM-dd', '18-01-03', '2018-01-03T00:00Z'],
    ['yyyyMMddHHmmss', '20180102030405', '2018-01-02T03:04:05Z'],
    ['yyyyMMddHHmmssSSS', '20180102030405000', '2018-01-02T03:04:05Z'],
    ['yyyyMMddHHmmssSSS', '20180102030405123', undefined],
    ['uuuu-MM-dd', '2018-01-01', undefined],
    ['uuuu-MM-dd', '2026-05-01', '2026-05-01T00:00Z'],
    ['hh:mm a', '10:30 AM', undefined],
    ['h:mm a', '12:30 AM', '2026-01-01T00:30Z'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2018-01-31T10:00:00Z', '2018-01-31T10:00Z'],
    ['yyyy-MM-dd HH:mm z', '2018-01-31 10:00 UTC', '2018-01-31T10:00Z[UTC]'],
    ['yyyy-MM-dd HH:mm VV', '2018-01-31 10:00 Europe/Berlin', '2018-01-31T11:00+01:00[Europe/Berlin]'],
    ['EEE dd MMM yyyy', 'Mon 21 Jan 2018', undefined],
    ['EEE dd MMM yyyy', 'Sun 21 Jan 2018', '2018-01-21T00:00Z'],
    ['dd MMM yyyy', '21 jan 2018', undefined],
    ['yyyy-DDD', '2018-001', '2018-01-01T00:00Z'],
    ['yyyy-DDD', '2018-032', undefined],
    ['HH:mm', '24:00', '2026-01-02T00:00Z'],
    ['yyyy-MM-dd[ HH:mm]', '2018-01-02', '2018-01-02T00:00Z'],
    ['yyyy-MM-dd[ HH:mm]', '2018-01-02 10:11', '2018-01-02T10:11Z'],
    ['yyyy', '12018', undefined],
    ['yyyy', '+12018', '+12018-01-01T00:00Z'],
    ['Q yyyy', '1 2018', '2018-01-01T00:00Z'],
    ['Q yyyy', '2 2018', undefined],
    ['ddMMyy', '311299', '2099-12-31T00:00Z'],
    ['d/M/yyyy', '1/2/2018', '2018-02-01T00:00Z'],
    ['dd/MM/yyyy', '1/2/2018', undefined],
    ['yyyy-MM-dd HH:mm Z', '2018-01-31 10:00 +0200', '2018-01-31T10:00+02:00'],
    ['yyyy-MM-dd HH:mm X', '2018-01-31 10:00 +0230', '2018-01-31T10:00+02:30'],
    ['G yyyy', 'BC 44', undefined],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS", '2018-01-31T10:00:00.000', '2018-01-31T10:00Z'],
    ['A', '3600000', undefined],
    ['yyyy MMMM', '2018 May', '2018-05-01T00:00Z'],
    ['Mdd', '101', '2026-01-01T00:00Z'],
    ['ppd-M-y', ' 1-2-2018', '2018-02-01T00:00Z'],
    ['yyyy-MM-dd O', '2018-01-02 GMT+2', '2018-01-02T00:00+02:00'],
    ["YYYY-'W'ww", '2018-W05', undefined],
  ])('%s reads %s', (pattern, text, expected) => {
    const time = dateTimeFormat(pattern).parse(text, DEFAULTS);
    const iso = time && dateTimeFormat("yyyy-MM-dd'T'HH:mmXXX").format(time);
    expect(iso).toBe(expected?.replace(/\[.*/, '').replace(/:\d\d(?=Z$)(?<=T\d\d:\d\d:\d\d)/, ''));
  });

  it('keeps the zone that the text names, and without defaults wants one', () => {
    expect(dateTimeFormat('yyyy-MM-dd HH:mm VV').parse('2018-07-31 10:00 Europe/Berlin')).toMatchObject({
      epochMs: Date.UTC(2018, 6, 31, 8),
    });
    expect(dateTimeFormat('yyyy-MM-dd HH:mm').parse('2018-07-31 10:00')).toBeUndefined();
    expect(dateTimeFormat('yyyy-MM-dd XXX').parse('2018-07-31 +01:00')).toBeUndefined();
  });
});

describe('Duration', () => {
  it.each<[string, number | undefined]>([
    ['P1D', 86400000],
    ['PT-1.5S', -1500],
    ['-PT1.5S', -1500],
    ['p1dt1h', 90000000],
    ['PT', undefined],
    ['P', undefined],
    ['PT1M1H', undefined],
    ['PT1.S', 1000],
    ['P1DT', undefined],
    ['+PT+3S', 3000],
    ['PT1,25S', 1250],
    ['PT.5S', undefined],
    ['P-1DT-2H', -93600000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('SimpleDateFormat', () => {
  const berlin = zone('Europe/Berlin');
  it.each([
    ['G y yy yyy yyyy yyyyy', 'AD 2021 21 2021 2021 02021'],
    ['M MM MMM MMMM MMMMM L LLL LLLL', '1 01 Jan January January 1 Jan January'],
    ['w ww W D DDD d dd F', '2 02 2 3 003 3 03 1'],
    ['E EEE EEEE EEEEE u uu', 'Sun Sun Sunday Sunday 7 07'],
    ['a aa H HH k K h hh m mm s ss S SSS SSSSS', 'PM PM 15 15 15 3 3 03 4 04 5 05 6 006 00006'],
    ['z zzzz Z ZZ X XX XXX', 'CET Central European Standard Time +0100 +0100 +01 +0100 +01:00'],
    ['Y YY YYYY', '2021 21 2021'],
    ['yyyy/MM/dd HH:mm:ss.SSS', '2021/01/03 15:04:05.006'],
    ["'o''clock' h", "o'clock 3"],
    ["yyyy-MM-dd'T'HH:mm:ss", '2021-01-03T15:04:05'],
    ['yyyyMMdd', '20210103'],
    ['[yyyy]', '[2021]'],
  ])('%s', (pattern, expected) => {
    expect(simpleDateFormat(pattern, 'en', berlin).format(AT)).toBe(expected);
  });
  it.each([
    ['b', "Illegal pattern character 'b'"],
    ["'x", 'Unterminated quote'],
    ['XXXX', 'invalid ISO 8601 format: length=4'],
    ['e', "Illegal pattern character 'e'"],
  ])('refuses %s', (pattern, message) => {
    expect(() => simpleDateFormat(pattern)).toThrow(expect.objectContaining({ message }));
  });
  it.each<[string, string, number | undefined]>([
    ['yyyy/MM/dd HH:mm:ss.SSS', '2021/01/03 15:04:05.006', 1609682645006],
    ['yyyy/MM/dd HH:mm:ss', '2021/1/3 5:4:5 tail', 1609646645000],
    ['yyyyMMddHHmmss', '20210103150405', 1609682645000],
    ['dd MMM yyyy', '3 january 2021', 1609628400000],
    ['yyyy-MM-dd', '2021-13-45', 1644793200000],
    ['yy-MM-dd', '21-01-03', 1609628400000],
    ['yy-MM-dd', '99-01-03', 915318000000],
    ['yy-MM-dd', '2021-01-03', 1609628400000],
    ['yyyy-MM-dd HH:mm Z', '2021-01-03 15:04 +0300', 1609675440000],
    ['yyyy-MM-dd HH:mm X', '2021-01-03 15:04 +03', 1609675440000],
    ['yyyy-MM-dd', 'x', undefined],
    ['hh:mm a', '03:04 pm', 50640000],
    ['yyyy-MM-dd HH:mm z', '2021-01-03 15:04 EST', 1609704240000],
    ['HH:mm', '15:04', 50640000],
    ['EEE, dd MMM yyyy', 'Mon, 03 Jan 2021', 1609628400000],
    ['yyyy-MM-dd', '  2021-01-03', 1609628400000],
    ['yyyy-DDD', '2021-033', 1612220400000],
    ['HHmm', '1504', 50640000],
    ['yyyy-MM-dd HH:mm z', '2021-01-03 15:04 GMT+02:00', 1609679040000],
  ])('%s reads %s', (pattern, text, expected) => {
    expect(simpleDateFormat(pattern, 'en', berlin).parse(text)).toBe(expected);
  });
});

describe('dates that are told in part', () => {
  const show = (text: string, from: string, to: string): string | undefined => {
    const told = dateTimeFormat(from).read(text, { zone: systemZone });
    return told && dateTimeFormat(to).show(told, systemZone);
  };
  it.each([
    ['2018-05', 'yyyy-MM', 'MM uuuu', '05 2018'],
    ['12', 'HH', 'HH:mm', '12:00'],
    ['PM', 'a', 'a', 'PM'],
    ['Tue', 'EEE', 'EEEE', 'Tuesday'],
    ['2018-05-01', 'yyyy-MM-dd', 'd[ HH:mm]', '1'],
    ['2018-05-01 12:30 +0200', 'yyyy-MM-dd HH:mm Z', 'HH:mm Z', '12:30 +0200'],
    ['2018-02-30', 'yyyy-MM-dd', 'd', '28'],
    ['2018-02-32', 'yyyy-MM-dd', 'd', undefined],
  ])('%s by %s shown as %s', (text, from, to, shown) => expect(show(text, from, to)).toBe(shown));
  // A year of an era is told by the year, and is no field of its own any more.
  it.each([
    ['2018', 'yyyy', 'yyyy'],
    ['10:05', 'hh:mm', 'hh:mm'],
    ['2018-05-01', 'yyyy-MM-dd', 'HH'],
    ['2018-05-01', 'yyyy-MM-dd', 'Z'],
    ['2018-05-01 12:30', 'yyyy-MM-dd HH:mm', 'Z'],
  ])('%s by %s cannot be shown as %s', (text, from, to) =>
    expect(() => show(text, from, to)).toThrow(
      expect.objectContaining({ javaClass: 'java.time.temporal.UnsupportedTemporalTypeException' }),
    ),
  );
});
