/** Asks for so many further turns of that key; the answer comes to {@link Turns.got}. */
type Ask = (key: string, count: number) => void;

/** Numbers of a key that this shard has, and who waits for more. */
interface Line {
  /** First and behind the last of each block, in order. */
  readonly blocks: { next: number; readonly end: number }[];
  readonly waiting: ((turn: number) => void)[];
  asked: boolean;
  askedAt: number;
  /** How often in a row it was asked again soon. */
  quick: number;
  /** How many are asked for at a time. */
  size: number;
}

/** Blocks grow when they are used up within this time (ms), and shrink otherwise, down to single numbers. */
const SOON = 50;
/** But not before so many of them: who takes only a few leaves none unused. */
const SUSTAINED = 32;
const LARGEST = 64;

/**
 * The turns of a shard's users at what the users of all shards take in turn: records of a file, numbers of a counter. They
 * are given out by the process that started the shards: one by one while they are seldom asked for, else in blocks.
 */
export class Turns {
  readonly #lines = new Map<string, Line>();

  constructor(
    private readonly ask: Ask,
    private readonly now: () => number,
  ) {}

  /** Calls back with the next number, in their order; what that throws, is thrown or fails the promise. */
  turn(key: string, use: (turn: number) => void): Promise<void> | undefined {
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = { blocks: [], waiting: [], asked: false, askedAt: Number.NEGATIVE_INFINITY, quick: 0, size: 1 };
      this.#lines.set(key, line);
    }
    const [block] = line.blocks;
    if (block !== undefined) {
      const turn = block.next++;
      if (block.next === block.end) line.blocks.shift();
      if (line.size > 1 && line.blocks.length === 0) this.#ask(key, line);
      use(turn);
      return undefined;
    }
    this.#ask(key, line);
    return new Promise((resolve, reject) => {
      line.waiting.push((turn) => {
        try {
          use(turn);
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  #ask(key: string, line: Line): void {
    if (line.asked) return;
    const now = this.now();
    line.quick = now - line.askedAt < SOON ? line.quick + 1 : 0;
    if (line.quick === 0) line.size = Math.ceil(line.size / 2);
    else if (line.quick > SUSTAINED) line.size = Math.min(LARGEST, line.size * 2);
    line.askedAt = now;
    line.asked = true;
    this.ask(key, Math.max(line.size, line.waiting.length));
  }

  /** These turns of the key are this shard's. */
  got(key: string, first: number, count: number): void {
    const line = this.#lines.get(key);
    if (line === undefined) return;
    line.asked = false;
    const end = first + count;
    let next = first;
    for (; next < end && line.waiting.length > 0; next++) line.waiting.shift()?.(next);
    if (next < end) line.blocks.push({ next, end });
    else if (line.waiting.length > 0) this.#ask(key, line);
  }
}
