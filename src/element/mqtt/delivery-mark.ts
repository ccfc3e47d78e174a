/** What stands in a mark of this run. */
export interface Mark {
  /** Which session sent the message. */
  readonly sender: number;
  /** Its number among those of this session to this topic. */
  readonly number: number;
  readonly qos: number;
  /** µs of the clock that all processes of the machine share. */
  readonly at: number;
}

const FIRST = '~mtl';
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Int8Array(256).fill(-1);
for (let i = 0; i < DIGITS.length; i++) VALUES[DIGITS.charCodeAt(i)] = i;

/** Characters of the numbers in a mark: run, sender, number, QoS, time. */
const RUN = 6;
const SENDER = 6;
const NUMBER = 6;
const QOS = 1;
const TIME = 9;
/** Bytes that a mark adds to a payload. */
export const MARK = FIRST.length + RUN + SENDER + NUMBER + QOS + TIME;
/** Runs are told apart by a number below this. */
export const RUNS = 64 ** RUN;

/** 32 ASCII characters, so that a text stays a text. */
export const markText = (run: number, { sender, number, qos, at }: Mark): string =>
  FIRST + digits(run, RUN) + digits(sender, SENDER) + digits(number, NUMBER) + digits(qos, QOS) + digits(at, TIME);

/** Reads the mark at this place; undefined when there is none, 'other' when it is of another run. */
export function readMark(bytes: Uint8Array, from: number, run: number): Mark | 'other' | undefined {
  if (from < 0 || from + MARK > bytes.length) return undefined;
  for (let i = 0; i < FIRST.length; i++) if (bytes[from + i] !== FIRST.charCodeAt(i)) return undefined;
  let at = from + FIRST.length;
  const next = (length: number): number => {
    let value = 0;
    for (const end = at + length; at < end; at++) {
      const digit = VALUES[bytes[at] ?? 0] ?? -1;
      value = digit < 0 ? Number.NaN : value * 64 + digit;
    }
    return value;
  };
  const of = next(RUN);
  const mark = { sender: next(SENDER), number: next(NUMBER), qos: next(QOS), at: next(TIME) };
  if (Number.isNaN(of + mark.sender + mark.number + mark.qos + mark.at)) return undefined;
  return of === run ? mark : 'other';
}

function digits(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i++) {
    const quotient = Math.floor(rest / 64);
    text = DIGITS.charAt(rest - quotient * 64) + text;
    rest = quotient;
  }
  return text;
}
