import type { Test } from '../../model/index.js';
import { RUNS } from './delivery-mark.js';
import { DeliveryWatch } from './delivery-watch.js';

const DELIVERY = {};
interface Place {
  watch: DeliveryWatch | undefined;
}
const placeOf = (test: Test): Place => test.state(DELIVERY, () => ({ watch: undefined }));

/** The watch of the run; undefined when nobody asked for figures. */
export const deliveryOf = (test: Test): DeliveryWatch | undefined => placeOf(test).watch;

/** From now on all MQTT sessions that the test makes are watched. */
export function watchDelivery(test: Test): DeliveryWatch {
  const { index, count, seed = Math.floor(Math.random() * RUNS) } = test.shard;
  const watch = new DeliveryWatch({ run: seed % RUNS, index, count, now: monotonic });
  placeOf(test).watch = watch;
  return watch;
}

const OFFSET = Number(process.hrtime.bigint()) / 1000 - performance.now() * 1000;
/** µs of the machine's clock that only goes forward; all processes read the same. */
export const monotonic = (): number => Math.floor(OFFSET + performance.now() * 1000);
