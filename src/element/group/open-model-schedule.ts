import { JavaError, toInt } from '../../java/index.js';

/** A stretch of the schedule; rates are per second, the duration is seconds. */
export interface ArrivalsStep {
  readonly random: boolean;
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
}

type Part = { readonly rate: number } | { readonly random: boolean; readonly seconds: number };

/**
 * Reads `rate(10/min) random_arrivals(5 min) pause(1s) …`; throws ParserException or TokenizerException, with which
 * JMeter's engine ends (scheduleParser.kt, scheduleTokenizer.kt 5.6.3).
 */
export function parseSchedule(schedule: string): readonly ArrivalsStep[] {
  const plain = toInt(schedule);
  return stretches(plain === undefined ? new Parser(schedule).parse() : atOnce(plain));
}

/** An undocumented form: that many arrivals in a second, then an hour for them to finish. */
const atOnce = (n: number): readonly Part[] => [
  { rate: n },
  { random: false, seconds: 1 },
  { rate: n },
  { rate: 0 },
  { random: false, seconds: 3600 },
];

/** A stretch begins with the last rate before it, and ends with the rate that stands directly behind it. */
function stretches(parts: readonly Part[]): readonly ArrivalsStep[] {
  let rate = 0;
  return parts.flatMap((part, i) => {
    if ('rate' in part) {
      rate = part.rate;
      return [];
    }
    const next = parts[i + 1];
    return [{ ...part, from: rate, to: next !== undefined && 'rate' in next ? next.rate : rate }];
  });
}

interface Token {
  readonly at: number;
  readonly kind: 'word' | 'number' | 'sign';
  readonly text: string;
}

// A block comment must not go over a line end; nothing but ASCII is a word, a number or a blank.
const TOKEN =
  /(?<blank>[ \t\n\v\f\r]+|\/\*(?:(?!\*\/)[^\n\r\u0085\u2028\u2029])+\*\/|\/\/[^\n\r]*[\n\r]*)|(?<number>\d+(?:\.\d+)?|\.\d+)|(?<word>[A-Za-z]\w*)|(?<sign>[()/])/y;

function tokenize(schedule: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < schedule.length; ) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(schedule);
    const groups = match?.groups;
    if (match === null || groups === undefined) throw broken('TokenizerException', 'Unexpected input', schedule, at);
    const kind = (['word', 'number', 'sign'] as const).find((name) => groups[name] !== undefined);
    if (kind) tokens.push({ at, kind, text: match[0] });
    at += match[0].length;
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #lastRate = 0;

  constructor(private readonly schedule: string) {
    this.#tokens = tokenize(schedule);
  }

  parse(): readonly Part[] {
    const parts: Part[] = [];
    while (this.#token !== undefined) parts.push(...this.#item());
    return parts;
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#position];
  }

  #item(): readonly Part[] {
    switch (this.#token?.text.toLowerCase()) {
      case 'rate':
        this.#lastRate = this.#inParentheses(() => this.#rate());
        return [{ rate: this.#lastRate }];
      case 'random_arrivals':
        return [{ random: true, seconds: this.#inParentheses(() => this.#duration()) }];
      case 'even_arrivals':
        return [{ random: false, seconds: this.#inParentheses(() => this.#duration()) }];
      case 'pause':
        return this.#pause(this.#inParentheses(() => this.#duration()));
    }
    this.#fail('Unexpected input (expecting rate, random_arrivals, even_arrivals, or pause)');
  }

  /** The ramp before it is closed, and the rate is the same again behind it. */
  #pause(seconds: number): readonly Part[] {
    const rate = this.#lastRate;
    const pause: Part = { random: false, seconds };
    return rate === 0 ? [pause, { rate }] : [{ rate }, { rate: 0 }, pause, { rate: 0 }, { rate }];
  }

  #inParentheses(inside: () => number): number {
    this.#position++;
    this.#sign('(');
    const value = inside();
    this.#sign(')');
    return value;
  }

  #rate(): number {
    const rate = this.#number('float number for rate');
    if (rate === 0 && this.#token?.text === ')') return 0;
    if (this.#token?.text.toLowerCase() === 'per') this.#position++;
    else this.#sign('/', '/, Identifier(per)');
    return rate / this.#unit();
  }

  #duration(): number {
    let seconds = 0;
    do {
      const value = this.#number('float number for duration');
      if (value === 0 && this.#token?.text === ')') break;
      seconds += value * this.#unit();
    } while (this.#token?.kind === 'number');
    return seconds;
  }

  #number(what: string): number {
    const token = this.#take('number', what);
    return Number(token.text);
  }

  #unit(): number {
    const { text } = this.#take('word', 'unit for duration: sec, min, hour, day');
    const word = text.toLowerCase();
    if (word === 'ms') return 0.001;
    const found = UNITS.find(([short, long]) => word === short || word.startsWith(long));
    return found?.[2] ?? this.#fail(`Unexpected time unit ${text}`);
  }

  #take(kind: Token['kind'], what: string): Token {
    const token = this.#token;
    this.#position++;
    if (token?.kind === kind) return token;
    // What is named is the token behind it, as in JMeter.
    return this.#fail(`Unexpected input. Expected ${what} got ${shown(this.#token)}`);
  }

  #sign(sign: string, what = sign): void {
    if (this.#token?.text !== sign) this.#fail(`Unexpected input. Expected ${what} got ${shown(this.#token)}`);
    this.#position++;
  }

  #fail(what: string): never {
    throw broken('ParserException', what, this.schedule, this.#token?.at ?? 0);
  }
}

const UNITS: readonly (readonly [short: string, long: string, seconds: number])[] = [
  ['s', 'sec', 1],
  ['m', 'min', 60],
  ['h', 'hour', 3600],
  ['d', 'day', 86_400],
];

function shown(token: Token | undefined): string {
  if (token === undefined) return 'null';
  if (token.kind === 'sign') return token.text;
  return `${token.kind === 'word' ? 'Identifier' : 'Number'}(${token.text})`;
}

const broken = (type: string, what: string, schedule: string, at: number): JavaError =>
  new JavaError(
    `org.apache.jmeter.threads.openmodel.${type}`,
    `${what} at position ${at}: '${schedule.slice(at, at + 20)}' in '${schedule}'`,
  );
