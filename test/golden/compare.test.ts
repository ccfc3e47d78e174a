import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareRows, compareSamples, recordedRows, rowsOf, samplesOf } from './compare.js';

const HEAD = 'timeStamp,label,threadName,responseMessage';
const got = (...rows: string[]) => rowsOf([HEAD, ...rows, ''].join('\n'), ',', '/tmp/golden-x');
const want = (...rows: string[]) => recordedRows(['label,threadName,responseMessage', ...rows, ''].join('\n'));

describe('rows', () => {
  it('are the same whatever their times and the order of threads', () => {
    expect(
      compareRows(want('a,t 1,OK', 'b,t 1,OK', 'c,t 2,OK'), got('9,c,t 2,OK', '5,a,t 1,OK', '6,b,t 1,OK')),
    ).toEqual([]);
  });
  it('differ in the order of one thread, in number and in text', () => {
    expect(compareRows(want('a,t 1,OK', 'b,t 1,OK'), got('1,b,t 1,OK', '2,a,t 1,OK'))).toHaveLength(2);
    expect(compareRows(want('a,t 1,OK'), got())).toEqual(['1 rows expected, 0 written']);
    expect(compareRows(want('a,t 1,OK'), got('1,a,t 1,no'))).toEqual([
      'row 1 (a): responseMessage: expected "OK", got "no"',
    ]);
  });
  it('may be anything where the recording has a star, and are held against a seal', () => {
    const seal = `~${createHash('sha256').update('secret, text').digest('hex').slice(0, 12)}`;
    expect(compareRows(want(`a,*,${seal}`), got('1,a,t 1,"secret, text"'))).toEqual([]);
    expect(compareRows(want(`a,*,${seal}`), got('1,a,t 1,other'))).toHaveLength(1);
  });
  it('lose addresses of objects and the folder of the run', () => {
    expect(compareRows(want('a,t,o@HASH in ./f'), got('1,a,t,o@1b2c3d4 in /tmp/golden-x/f'))).toEqual([]);
  });
  it('must have every column of the recording', () => {
    expect(compareRows(recordedRows('label,URL\n'), got())).toEqual(['column URL is missing']);
  });
});

describe('XML samples', () => {
  const samples = (xml: string) => samplesOf(`<testResults>\n${xml}\n</testResults>`, '/tmp/golden-x');
  it('are compared without times, with their sub-samples', () => {
    const recorded = samples('<sample s="true" lb="a" tn="t">\n<sample s="true" lb="a-0"/>\n</sample>');
    const written = samples(
      '<sample t="5" ts="1" s="true" lb="a" tn="t">\n<sample t="1" s="true" lb="a-0"/>\n</sample>',
    );
    expect(compareSamples(recorded, written)).toEqual([]);
    expect(written).toHaveLength(1);
  });
  it('may have any attribute where the recording has a star', () => {
    expect(compareSamples(samples('<sample by="*" lb="a"/>'), samples('<sample by="7" lb="a"/>'))).toEqual([]);
    expect(compareSamples(samples('<sample by="*" lb="a"/>'), samples('<sample by="7" lb="b"/>'))).toHaveLength(1);
  });
});
