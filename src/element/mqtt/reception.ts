import { isAscii } from 'node:buffer';
import { parseLong } from '../../java/index.js';
import type { User } from '../../model/index.js';
import type { Outcome } from './subscribe.js';

/** Messages that one sample will tell of (SubBean of the plugin). */
export interface Batch {
  count: number;
  /** Characters of Java. */
  size: number;
  /** Milliseconds from the time stamps to here, the mean. */
  elapsed: number;
  readonly contents: string[];
}

/** Without a message yet. */
export const newBatch = (): Batch => ({ count: 0, size: 0, elapsed: 0, contents: [] });

/** How the sampler that listens wants its messages; asked for each message, as the plugin does. */
export interface Wishes {
  readonly stamped: boolean;
  readonly kept: boolean;
}

const FLAG = 'ts_sep_flag';

/** What one Sub element of one user has received and not told yet (SubSampler 2.0.2). */
export class Reception implements Outcome {
  readonly batches: Batch[] = [];
  /** A subscription failed: from then on each sample of the element does. */
  failed = false;
  /** Messages of a batch; undefined = there is no limit, and one batch is enough. */
  limit: number | undefined;
  /** The count that was asked for last; it is checked even when time is asked for. */
  lastCount = 1;
  /** Ends the wait for a batch. */
  #full: (() => void) | undefined;
  #told = false;

  constructor(
    private readonly user: User,
    private readonly wishes: () => Wishes,
  ) {}

  granted(): void {}

  refused(): void {
    this.failed = true;
  }

  /** A promise when the first batch has fewer messages; it waits for ever if they do not come, as the plugin does. */
  untilFull(count: number): Promise<void> | undefined {
    if ((this.batches[0]?.count ?? 0) >= count) return undefined;
    return new Promise((resolve) => {
      this.#full = resolve;
      this.user.onInterrupt = resolve;
    });
  }

  /** Takes a message. Throws NumberFormatException for a time stamp that is none. */
  add(payload: Buffer, text: () => string): void {
    const { stamped, kept } = this.wishes();
    const batch = this.#open();
    if (stamped) this.#measure(batch, text());
    if (kept) batch.contents.push(text());
    batch.size += isAscii(payload) ? payload.length : text().length;
    batch.count++;
    if (batch.count === this.limit) this.#full?.();
  }

  #open(): Batch {
    const last = this.batches.at(-1);
    if (last !== undefined && last.count !== this.limit) return last;
    const batch = newBatch();
    this.batches.push(batch);
    return batch;
  }

  #measure(batch: Batch, text: string): void {
    const { clock, log } = this.user.test;
    const end = text.indexOf(FLAG);
    if (end < 0) {
      if (!this.#told) log.write('INFO', 'n.x.s.SubSampler', `Payload does not include timestamp: ${text}`);
      this.#told = true;
      return;
    }
    const elapsed = clock.now() - parseLong(text.slice(0, end));
    batch.elapsed = (batch.elapsed * batch.count + elapsed) / (batch.count + 1);
  }
}
