/** java.time.Duration.parse in milliseconds (`P1DT2H3M4.5S`, any case, signs allowed); undefined when it does not parse. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match || match[3]?.toUpperCase() === 'T' || match.slice(2).every((part) => part === undefined)) return undefined;
  const [, sign, days, , hours, minutes, seconds, fraction] = match;
  const part = (digits: string | undefined, unit: number): number => (digits === undefined ? 0 : Number(digits) * unit);
  const tail = fraction ? Number(`0.${fraction}`) * (seconds?.startsWith('-') ? -1000 : 1000) : 0;
  const total = part(days, 86_400_000) + part(hours, 3_600_000) + part(minutes, 60_000) + part(seconds, 1000) + tail;
  return Math.floor(sign === '-' ? -total : total);
}

const DURATION = /^([-+]?)P(?:([-+]?\d+)D)?(T(?:([-+]?\d+)H)?(?:([-+]?\d+)M)?(?:([-+]?\d+)(?:[.,](\d{0,9}))?S)?)?$/i;
