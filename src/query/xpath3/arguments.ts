import { itemText, toNumber } from './cast.js';
import { Atomic, type Sequence } from './item.js';

/** The text of an argument that is one value or none; '' for none. */
export const text = (items: Sequence | undefined): string => {
  const [item] = items ?? [];
  return item === undefined ? '' : itemText(item);
};
/** The number of an argument. */
export const num = (items: Sequence | undefined): number => {
  const [item] = items ?? [];
  return item instanceof Atomic ? toNumber(item.value) : Number.NaN;
};
export const atom = (items: Sequence | undefined): Atomic | undefined => {
  const [item] = items ?? [];
  return item instanceof Atomic ? item : undefined;
};
