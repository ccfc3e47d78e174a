import type { ActiveUsers } from '../model/index.js';
import type { Problem } from '../problem.js';
import type { StatisticsPart, SummaryPart } from '../result/index.js';

/** What a shard is told by the process that started it. */
export type ToShard =
  /** What it is to do; `task` is the command's own business. */
  | { readonly what: 'begin'; readonly order: Order; readonly task: unknown }
  /** All have come to this place; epoch ms. */
  | { readonly what: 'go'; readonly place: number; readonly at: number }
  | { readonly what: 'stop'; readonly now: boolean }
  | { readonly what: 'active'; readonly elsewhere: ActiveUsers }
  | { readonly what: 'set'; readonly properties: readonly PropertyChange[] }
  /** The shard's turns at something. */
  | { readonly what: 'turns'; readonly key: string; readonly first: number; readonly count: number };

/** Which shard of how many it is. */
export interface Order {
  readonly index: number;
  readonly count: number;
  readonly seed: number;
}

/** Undefined = the property was removed. */
export type PropertyChange = readonly [name: string, value: string | undefined];

/** What a shard tells. */
export type FromShard =
  | { readonly what: 'at'; readonly place: number }
  | { readonly what: 'stopped'; readonly now: boolean }
  | { readonly what: 'active'; readonly here: ActiveUsers }
  | { readonly what: 'set'; readonly properties: readonly PropertyChange[] }
  /** It needs so many further turns at something. */
  | { readonly what: 'turns'; readonly key: string; readonly count: number }
  | { readonly what: 'figures'; readonly figures: Figures }
  | { readonly what: 'print'; readonly line: string }
  | { readonly what: 'warn'; readonly problem: Problem }
  /** Its plan cannot run here, or it came to grief. */
  | { readonly what: 'failed'; readonly problems: readonly Problem[] }
  /** It has told everything. */
  | { readonly what: 'ended' };

/** What happened in a shard since it told of it last, and how its users stand. */
export interface Figures {
  readonly statistics: StatisticsPart;
  readonly summaries: readonly SummaryPart[];
  readonly reports: readonly (readonly [name: string, part: unknown])[];
  readonly users: {
    readonly active: number;
    readonly started: number;
    readonly finished: number;
    /** Of all shards together. */
    readonly total: number;
  };
}
