import type { Outcome, Run } from '../engine/index.js';
import type { ActiveUsers, RowsFile } from '../model/index.js';
import { type Problem, problems } from '../problem.js';
import type { RowsView, Statistics, SummaryPart } from '../result/index.js';
import { type Frame, FrameReader } from './frame.js';
import type { Figures, FromShard, ToShard } from './message.js';

/** A shard's process as the fleet sees it. */
export interface ShardProcess {
  send(message: ToShard): void;
  /** At once, whatever it does. */
  kill(): void;
  onMessage(hear: (message: FromShard) => void): void;
  onRows(hear: (bytes: Buffer) => void): void;
  /** When it is gone and all it had sent is read; how it ended, in words. */
  onGone(hear: (how: string) => void): void;
}

/** What the fleet does with what the shards tell. */
export interface Gathering {
  readonly count: number;
  readonly start: (index: number) => ShardProcess;
  readonly statistics: Statistics;
  /** How many users are at work in all shards has changed. */
  users(counts: Figures['users']): void;
  summary(part: SummaryPart): void;
  /** Takes what a shard reports under this name, by `Siblings.report`. */
  report(name: string, part: unknown): void;
  /** Opens a file of rows; undefined when it cannot be opened, which has been told. */
  open(file: RowsFile): RowsView | undefined;
  log(text: Buffer): void;
  print(line: string): void;
  warn(problem: Problem): void;
  /** Called each second. */
  tick(): void;
  readonly now: () => number;
  /** Seconds that the plan takes, when they can be told. */
  plannedSeconds(): number | undefined;
}

/** One shard. */
interface Member {
  readonly index: number;
  readonly process: ShardProcess;
  readonly files: (RowsView | undefined)[];
  /** The place it has come to; -1 = it gets ready. */
  place: number;
  waiting: boolean;
  active: ActiveUsers;
  users: Figures['users'];
  /** Events whose rows have come for its first file. */
  events: number;
  heardAt: number;
  silent: boolean;
  ended: boolean;
  gone: boolean;
}

const NOBODY: ActiveUsers = { all: 0, groups: {} };
const NO_USERS: Figures['users'] = { active: 0, started: 0, finished: 0, total: 0 };
/** Milliseconds without a word after which a shard is said to be silent; many that start at once take their time. */
const SILENT_AFTER = 15_000;
const SILENT_AT_START = 120_000;
/** Milliseconds in which the shards' numbers of users are gathered, and from one time they are told to the next. */
const ACTIVE_TOGETHER = 5;
const ACTIVE_EVERY = 200;
/** Milliseconds that a silent shard has to obey a stop. */
const KILL_AFTER = 30_000;

/** The shards of a run, looked at as one run. */
export class Fleet implements Run {
  readonly finished: Promise<Outcome>;
  activeUsers = 0;
  startedUsers = 0;
  finishedUsers = 0;
  totalUsers = 0;
  /** Taken in all shards. */
  samples = 0;
  /** Whether the run is not what it was to be: a shard is lost, or could not start. */
  failed = false;
  #stopped = false;
  #stoppedNowAt: number | undefined;
  #given = false;
  readonly #members: readonly Member[];
  readonly #files = new Map<string, RowsView>();
  readonly #told = new Set<string>();
  /** The next turn at each thing that is taken in turn. */
  readonly #turns = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #activeTimer: NodeJS.Timeout | undefined;
  #activeAt = 0;
  #planned: { readonly seconds: number | undefined } | undefined;
  #done: (outcome: Outcome) => void = () => {};

  constructor(private readonly gathering: Gathering) {
    this.finished = new Promise((resolve) => {
      this.#done = resolve;
    });
    this.#members = Array.from({ length: gathering.count }, (_, index) => this.#launch(index));
    this.#timer = setInterval(() => this.#watch(), 1000);
  }

  get plannedSeconds(): number | undefined {
    this.#planned ??= { seconds: this.gathering.plannedSeconds() };
    return this.#planned.seconds;
  }

  stop(): void {
    this.#stop(false);
  }
  stopNow(): void {
    this.#stop(true);
  }

  #stop(now: boolean, from?: Member): void {
    this.#stopped = true;
    if (now) this.#stoppedNowAt ??= this.gathering.now();
    this.#tellAll({ what: 'stop', now }, from);
  }

  #launch(index: number): Member {
    const process = this.gathering.start(index);
    const member: Member = {
      index,
      process,
      files: [],
      place: -1,
      waiting: false,
      active: NOBODY,
      users: NO_USERS,
      events: 0,
      heardAt: this.gathering.now(),
      silent: false,
      ended: false,
      gone: false,
    };
    const frames = new FrameReader((frame) => this.#frame(member, frame));
    process.onRows((bytes) => frames.push(bytes));
    process.onMessage((message) => this.#hear(member, message));
    process.onGone((how) => this.#gone(member, how));
    return member;
  }

  #hear(member: Member, message: FromShard): void {
    member.heardAt = this.gathering.now();
    member.silent = false;
    if (message.what === 'at') this.#arrived(member, message.place, true);
    else if (message.what === 'stopped') this.#stop(message.now, member);
    else if (message.what === 'active') this.#active(member, message.here);
    else if (message.what === 'set') this.#tellAll(message, member);
    else if (message.what === 'turns') this.#giveTurns(member, message.key, message.count);
    else if (message.what === 'figures') this.#figures(member, message.figures);
    else if (message.what === 'print') this.gathering.print(message.line);
    else if (message.what === 'warn') this.#once(message.problem);
    else if (message.what === 'failed') this.#failed(message.problems);
    else {
      member.ended = true;
      this.#arrived(member, Number.POSITIVE_INFINITY, false);
    }
  }

  #giveTurns({ process }: Member, key: string, count: number): void {
    const first = this.#turns.get(key) ?? 0;
    this.#turns.set(key, first + count);
    process.send({ what: 'turns', key, first, count });
  }

  #failed(what: readonly Problem[]): void {
    for (const problem of what) this.#once(problem);
    this.#giveUp();
  }

  /** All shards would say the same. */
  #once(problem: Problem): void {
    const key = `${problem.code} ${problem.text}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.gathering.warn(problem);
  }

  /** Those go on that wait where nobody is behind them. */
  #arrived(who: Member, place: number, waits: boolean): void {
    who.place = place;
    who.waiting = waits;
    const last = Math.min(...this.#members.map(({ place }) => place));
    const at = this.gathering.now();
    const ready = this.#members.filter((member) => member.waiting && member.place <= last);
    // Behind this place nobody is to count users of the phase before.
    if (ready.length > 0 && this.#activeTimer !== undefined) this.#tellActive();
    for (const member of ready) {
      member.waiting = false;
      member.process.send({ what: 'go', place: member.place, at });
    }
  }

  #tellAll(message: ToShard, but?: Member): void {
    for (const member of this.#members) if (member !== but && !member.gone) member.process.send(message);
  }

  /** Each shard counts the users of the others beside its own; they are told together, and not too often. */
  #active(member: Member, here: ActiveUsers): void {
    member.active = here;
    if (this.#activeTimer !== undefined) return;
    const wait = Math.max(ACTIVE_TOGETHER, this.#activeAt + ACTIVE_EVERY - this.gathering.now());
    this.#activeTimer = setTimeout(this.#tellActive, wait);
  }
  readonly #tellActive = (): void => {
    clearTimeout(this.#activeTimer);
    this.#activeTimer = undefined;
    this.#activeAt = this.gathering.now();
    const sum = { all: 0, groups: {} };
    for (const { active } of this.#members) add(sum, active, 1);
    for (const { gone, ended, process, active } of this.#members) {
      if (gone || ended) continue;
      const elsewhere = { all: sum.all, groups: { ...sum.groups } };
      add(elsewhere, active, -1);
      process.send({ what: 'active', elsewhere });
    }
  };

  #figures(member: Member, { statistics, summaries, reports, users }: Figures): void {
    this.gathering.statistics.absorb(statistics);
    for (const { times } of statistics.labels) this.samples += times.count;
    member.users = users;
    this.#countUsers();
    for (const part of summaries) this.gathering.summary(part);
    for (const [name, part] of reports) this.gathering.report(name, part);
  }

  #countUsers(): void {
    const sum = (of: 'active' | 'started' | 'finished'): number =>
      this.#members.reduce((n, { users }) => n + users[of], 0);
    this.activeUsers = sum('active');
    this.startedUsers = sum('started');
    this.finishedUsers = sum('finished');
    this.totalUsers = Math.max(...this.#members.map(({ users }) => users.total));
    const { activeUsers: active, startedUsers: started, finishedUsers: finished, totalUsers: total } = this;
    this.gathering.statistics.activeUsers = active;
    this.gathering.users({ active, started, finished, total });
  }

  #frame(member: Member, { kind, file, events, payload }: Frame): void {
    if (kind === 'log') this.gathering.log(payload);
    else if (kind === 'open')
      member.files[file] = this.#open(JSON.parse(payload.toString('utf8')) as RowsFile); // as encoded in ShardSide
    else {
      member.files[file]?.append(payload);
      // -l, when there is one.
      if (file === 0) member.events += events;
    }
  }

  #open(file: RowsFile): RowsView | undefined {
    const known = this.#files.get(file.path);
    if (known !== undefined) return known;
    const view = this.gathering.open(file);
    if (view !== undefined) this.#files.set(file.path, view);
    return view;
  }

  #gone(member: Member, how: string): void {
    member.gone = true;
    member.users = { ...member.users, active: 0 };
    if (!member.ended && !this.#given) this.#lost(member, how);
    this.#active(member, NOBODY);
    this.#arrived(member, Number.POSITIVE_INFINITY, false);
    if (!this.#members.every(({ gone }) => gone)) return;
    clearInterval(this.#timer);
    clearTimeout(this.#activeTimer);
    for (const view of this.#files.values()) view.close();
    this.#done({ stopped: this.#stopped });
  }

  #lost(member: Member, how: string): void {
    const { count } = this.gathering;
    const shard = `shard ${member.index + 1} of ${count}`;
    this.failed = true;
    if (member.place < 0) {
      this.gathering.warn(problems.shardNotStarted(shard, how));
      this.#giveUp();
    } else {
      const first = member.index + 1;
      const users = `the users ${first}, ${first + count}, ${first + 2 * count}, … of each thread group`;
      this.gathering.warn(problems.shardLost(shard, how, users, member.active.all, member.events));
    }
  }

  /** Nothing can come of this run. */
  #giveUp(): void {
    this.failed = true;
    this.#given = true;
    for (const member of this.#members) if (!member.gone) member.process.kill();
  }

  /** Each second. Whoever says nothing for long is named; one that does not obey either is ended. */
  #watch(): void {
    const now = this.gathering.now();
    this.gathering.tick();
    for (const member of this.#members) {
      const patience = member.place < 0 ? SILENT_AT_START : SILENT_AFTER;
      if (member.gone || member.ended || now - member.heardAt < patience) continue;
      if (!member.silent) {
        const shard = `shard ${member.index + 1} of ${this.gathering.count}`;
        this.gathering.warn(problems.shardSilent(shard, Math.round((now - member.heardAt) / 1000)));
      }
      member.silent = true;
      if (this.#stoppedNowAt !== undefined && now - this.#stoppedNowAt > KILL_AFTER) member.process.kill();
    }
  }
}

function add(sum: { all: number; groups: Record<string, number> }, { all, groups }: ActiveUsers, sign: 1 | -1): void {
  sum.all += sign * all;
  for (const [key, n] of Object.entries(groups)) sum.groups[key] = (sum.groups[key] ?? 0) + sign * n;
}
