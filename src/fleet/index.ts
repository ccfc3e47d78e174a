/** Shards: processes of this machine that run a share of the users each, and are looked at as one run. */
export { Fleet, type Gathering, type ShardProcess } from './fleet.js';
export { type Launching, launch, ROWS_FD } from './launch.js';
export type { FromShard, Order, ToShard } from './message.js';
export { type Channel, ShardSide } from './shard-side.js';
export { shardsFor } from './split.js';
