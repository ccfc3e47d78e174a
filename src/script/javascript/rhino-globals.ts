/**
 * Makes the global object of a realm like Rhino 1.7.14's at JMeter's language version: without what came later, and with
 * its way of reading octal numbers and of writing dates. Runs in the realm as text: it sees nothing of this file.
 */
export const likeRhino = String(function likeRhino(): void {
  const global = globalThis as Record<string, unknown>;
  const drop = (from: object, names: string): void => {
    for (const name of names.split(' ')) delete (from as Record<string, unknown>)[name];
  };
  const define = (on: object, name: string, value: unknown): void => {
    Object.defineProperty(on, name, { value, writable: true, configurable: true, enumerable: false });
  };

  // Dates: the offset of UTC is -0000.
  const two = (n: number): string => `0${n}`.slice(-2);
  const days = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
  const months = 'January February March April May June July August September October November December'.split(' ');
  const names = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' });
  const zone = (d: Date): string => names.format(d).replace(/^\S+ /, '');
  const clock = (d: Date): string => `${two(d.getMinutes())}:${two(d.getSeconds())}`;
  const day = (d: Date): string =>
    `${days[d.getDay()]} ${months[d.getMonth()]?.slice(0, 3)} ${two(d.getDate())} ${`000${d.getFullYear()}`.slice(-4)}`;
  const time = (d: Date): string => {
    const offset = -d.getTimezoneOffset();
    const size = Math.abs(offset);
    const shift = `${offset > 0 ? '+' : '-'}${two(Math.floor(size / 60))}${two(size % 60)}`;
    return `${two(d.getHours())}:${clock(d)} GMT${shift} (${zone(d)})`;
  };
  const localDay = (d: Date): string => `${months[d.getMonth()]} ${d.getDate()}, ${d.getFullYear()}`;
  const localTime = (d: Date): string =>
    `${d.getHours() % 12 || 12}:${clock(d)} ${d.getHours() < 12 ? 'AM' : 'PM'} ${zone(d)}`;
  const dateTexts: Readonly<Record<string, (d: Date) => string>> = {
    toString: (d: Date) => `${day(d)} ${time(d)}`,
    toDateString: (d: Date) => day(d),
    toTimeString: (d: Date) => time(d),
    toLocaleDateString: (d: Date) => localDay(d),
    toLocaleTimeString: (d: Date) => localTime(d),
    toLocaleString: (d: Date) => `${localDay(d)} ${localTime(d)}`,
  };
  for (const [name, write] of Object.entries(dateTexts))
    define(Date.prototype, name, function (this: Date) {
      return Number.isNaN(this.getTime()) ? 'Invalid Date' : write(this);
    });

  // A leading 0 is octal: parseInt("010") is 8, parseInt("08") is not a number.
  const parse = parseInt;
  define(global, 'parseInt', (value: unknown, radix?: number) => {
    const text = String(value);
    const [, sign, digits] = Number(radix) ? [] : (/^\s*([+-]?)0(\d.*)$/s.exec(text) ?? []);
    if (digits === undefined) return parse(text, radix);
    return sign === '-' ? -parse(digits, 8) : parse(digits, 8);
  });
  define(Number.prototype, 'toLocaleString', Number.prototype.toString);
  define(String.prototype, 'equals', function (this: string, other: unknown) {
    return String(this) === String(other);
  });
  define(String.prototype, 'equalsIgnoreCase', function (this: string, other: unknown) {
    return String(this).toLowerCase() === String(other).toLowerCase();
  });
  // What `for each` goes through.
  define(global, '$values', Object.values);

  drop(Object, 'values entries fromEntries groupBy hasOwn getOwnPropertyDescriptors');
  drop(Array.prototype, 'flat flatMap at findLast findLastIndex toSorted toReversed toSpliced with');
  drop(String.prototype, 'at replaceAll matchAll isWellFormed toWellFormed');
  drop(
    global,
    'Symbol Map Set WeakMap WeakSet WeakRef FinalizationRegistry Promise Reflect Proxy BigInt BigInt64Array',
  );
  drop(global, 'BigUint64Array Atomics SharedArrayBuffer Intl WebAssembly console globalThis AggregateError Iterator');
});
