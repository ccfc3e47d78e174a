import type { LocalRun } from '../engine/index.js';
import type { CarryRows, Properties, Siblings } from '../model/index.js';
import type { Problem } from '../problem.js';
import type { SummaryPart } from '../result/index.js';
import { Statistics } from '../result/index.js';
import { encodeFrame } from './frame.js';
import type { FromShard, PropertyChange, ToShard } from './message.js';
import { Tidy } from './tidy.js';
import { Turns } from './turns.js';

/** How a shard speaks with the process that started it. */
export interface Channel {
  /** Calls back when it has left this process. */
  send(message: FromShard, sent?: () => void): void;
  /** Takes all of these bytes before it returns; throws when nobody reads them. */
  write(bytes: Buffer): void;
}

/** Milliseconds from one report of figures to the next. */
const REPORT_EVERY = 1000;
/** Milliseconds between two reports of how many users are active. */
const ACTIVE_EVERY = 100;

/** What a shard has of its run, to be told once a second. */
export interface Watched {
  readonly run: LocalRun;
  /** Called as the test starts. */
  begun(): void;
  /** Sends the rows that wait, so that no figure is ahead of them. */
  flush(): void;
  /** Counts of the summaries since the last call. */
  summaries(): readonly SummaryPart[];
}

/** One shard as it deals with the others: all goes by way of the process that started it. */
export class ShardSide implements Siblings {
  /** The figures since the last report. */
  statistics = new Statistics();
  #watched: Watched | undefined;
  readonly #turns: Turns;
  readonly #tidy = new Tidy();
  readonly #reports = new Map<string, () => unknown>();
  #files = 0;
  #timer: NodeJS.Timeout | undefined;
  #activeTimer: NodeJS.Timeout | undefined;
  #activeDirty = false;
  #changes: PropertyChange[] = [];
  #waiting: { readonly place: number; readonly go: (at: number) => void } | undefined;
  /** A stop that came before there was a run. */
  #stop: { readonly now: boolean } | undefined;

  constructor(private readonly channel: Channel) {
    const ask = (key: string, count: number): void => channel.send({ what: 'turns', key, count });
    this.#turns = new Turns(ask, () => performance.now());
  }

  /** What the other process says. */
  take(message: ToShard, properties: Properties): void {
    if (message.what === 'go') this.#go(message.place, message.at);
    else if (message.what === 'stop') this.#stopRun(message.now);
    else if (message.what === 'active') this.#watched?.run.activeElsewhere(message.elsewhere);
    else if (message.what === 'turns') this.#turns.got(message.key, message.first, message.count);
    else if (message.what === 'set') for (const change of message.properties) properties.setHere(...change);
  }

  #go(place: number, at: number): void {
    if (this.#waiting?.place !== place) return;
    if (place === 0) this.#watched?.begun();
    this.#waiting.go(at);
  }

  #stopRun(now: boolean): void {
    const run = this.#watched?.run;
    if (run === undefined) this.#stop = { now: now || this.#stop?.now === true };
    else if (now) run.stopNow();
    else run.stop();
  }

  /** From now on the run is told of and can be stopped. */
  watch(watched: Watched, properties: Properties): void {
    this.#watched = watched;
    properties.onChange = (name, value) => this.#changed([name, value]);
    this.#timer = setInterval(() => this.#report(), REPORT_EVERY);
    if (this.#stop) this.#stopRun(this.#stop.now);
  }

  /** The last report; calls back when it has left this process. */
  end(sent: () => void): void {
    clearInterval(this.#timer);
    clearTimeout(this.#activeTimer);
    this.#sendChanges();
    this.#report();
    this.channel.send({ what: 'ended' }, sent);
  }

  meet(place: number): Promise<number> {
    this.#sendChanges();
    this.#sendActive();
    this.channel.send({ what: 'at', place });
    return new Promise((go) => {
      this.#waiting = { place, go };
    });
  }

  report(name: string, take: () => unknown): void {
    this.#reports.set(name, take);
  }

  turn(key: string, use: (turn: number) => void): Promise<void> | undefined {
    return this.#turns.turn(key, use);
  }

  stopped(now: boolean): void {
    this.channel.send({ what: 'stopped', now });
  }

  /** At once, but after that not before a moment is over. */
  activeChanged(): void {
    if (this.#activeTimer !== undefined) this.#activeDirty = true;
    else {
      this.#activeTimer = setTimeout(this.#activeAgain, ACTIVE_EVERY);
      setImmediate(this.#sendActive);
    }
  }
  readonly #activeAgain = (): void => {
    this.#activeTimer = undefined;
    if (!this.#activeDirty) return;
    this.#activeDirty = false;
    this.activeChanged();
  };
  readonly #sendActive = (): void => {
    if (this.#watched) this.channel.send({ what: 'active', here: this.#watched.run.activeHere });
  };

  readonly carryRows: CarryRows = (opened) => {
    const file = this.#files++;
    this.channel.write(encodeFrame({ kind: 'open', file, events: 0 }, JSON.stringify(opened)));
    return {
      write: (rows, events) => this.channel.write(encodeFrame({ kind: 'rows', file, events }, rows)),
      cut() {},
      close() {},
    };
  };
  writeLog(text: string): void {
    this.channel.write(encodeFrame({ kind: 'log', file: 0, events: 0 }, text));
  }
  print(line: string): void {
    this.channel.send({ what: 'print', line });
  }
  warn(problem: Problem): void {
    this.channel.send({ what: 'warn', problem });
  }
  failed(problems: readonly Problem[]): void {
    this.channel.send({ what: 'failed', problems });
  }

  #changed(change: PropertyChange): void {
    if (this.#changes.push(change) === 1) setImmediate(() => this.#sendChanges());
  }
  #sendChanges(): void {
    if (this.#changes.length === 0) return;
    this.channel.send({ what: 'set', properties: this.#changes });
    this.#changes = [];
  }

  #report(): void {
    if (this.#watched === undefined) return;
    const { run, flush, summaries } = this.#watched;
    flush();
    const statistics = this.statistics.part();
    this.statistics = new Statistics();
    const { activeHere, startedUsers: started, finishedUsers: finished, totalUsers: total } = run;
    const users = { active: activeHere.all, started, finished, total };
    const reports = [...this.#reports].map(([name, take]) => [name, take()] as const);
    this.channel.send({ what: 'figures', figures: { statistics, summaries: summaries(), reports, users } });
    this.#tidy.started(started);
  }
}
