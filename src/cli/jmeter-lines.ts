/** The lines JMeter 5.6.3 prints around a run (StandardJMeterEngine, JMeter.ListenToTest). */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2024 Mar 5 10:11:12 UTC (1709633472001)`: local time, the day not padded. */
function jmeterDate(ms: number): string {
  const d = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
  return `${d.getFullYear()} ${MONTHS[d.getMonth()]} ${d.getDate()} ${time} ${zone(d)} (${ms})`;
}

/** At the start of a run. */
export const startLine = (ms: number): string => `Starting standalone test @ ${jmeterDate(ms)}`;
/** When all users are done. */
export const tidyLine = (ms: number): string => `Tidying up ...    @ ${jmeterDate(ms)}`;
export const END_LINE = '... end of run';

/** The zone's short name; the locale data is asked only where the offset does not say it. */
function zone(date: Date): string {
  if (date.getTimezoneOffset() === 0 && (process.env.TZ ?? 'UTC').endsWith('UTC')) return 'UTC';
  return (
    new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })
      .formatToParts(date)
      .find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC'
  );
}
