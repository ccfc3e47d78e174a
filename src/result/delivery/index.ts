/** What became of the messages of a run: who sent what when, where it arrived, what that took. */
export { Delivery, type DeliveryPart, type Publications, type SubscriptionChange } from './delivery.js';
export { DeliveryFigures, DeliveryRow } from './figures.js';
export { hashOf } from './hash.js';
export { Numbers, Windows } from './sequences.js';
export type { Spending, Spent } from './spending.js';
