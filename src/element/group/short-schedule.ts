import { javaTrim, numberFormat, parseInteger } from '../../java/index.js';
import type { Log } from '../../model/index.js';

/** One `name(argument, …)` of a schedule in a property, as the jp@gc plugins take it apart. */
export interface ScheduleCall {
  /** Lower case. */
  readonly name: string;
  /** Throws NumberFormatException: the whole call is then left out. */
  integer(index: number): number;
  /** Seconds. Throws as `integer` does. */
  duration(index: number): number;
}

/** Reads the calls of a schedule; one that `read` throws on is left out, and the log is told. */
export function readSchedule<R>(text: string, read: (call: ScheduleCall) => readonly R[], log: Log): readonly R[] {
  const chunks = text.split(')');
  while (chunks.at(-1) === '') chunks.pop();
  return chunks.flatMap((chunk) => {
    try {
      return read(callIn(chunk));
    } catch (error) {
      log.write('WARN', 'k.a.j.JMeterPluginsUtils', `Wrong chunk ignored: ${chunk} (${error})`);
      return [];
    }
  });
}

/** What a schedule says that nobody understands; leaves the call out. */
export const unknownCall = (name: string): Error => new Error(`Unknown load type: ${name}`);

function callIn(chunk: string): ScheduleCall {
  const parts = chunk.split(/[(,]/);
  const part = (index: number): string => {
    const text = parts[index + 1];
    if (text === undefined) throw new Error('too few arguments');
    return javaTrim(text);
  };
  return {
    name: javaTrim(parts[0] ?? '').toLowerCase(),
    integer: (index) => parseInteger(part(index)),
    duration: (index) => shortDuration(part(index)),
  };
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `90`, `1m30s`, `2h`; throws NumberFormatException (JMeterPluginsUtils.getSecondsForShortString). */
export function shortDuration(text: string): number {
  let seconds = 0;
  let digits = '';
  for (const c of javaTrim(text)) {
    if (c >= '0' && c <= '9') digits += c;
    else {
      const unit = UNITS[c.toLowerCase()];
      if (unit === undefined) throw numberFormat(c);
      seconds += parseInteger(digits) * unit;
      digits = '';
    }
  }
  return digits === '' ? seconds : seconds + parseInteger(digits);
}
