/** Every JMeter element that Meterless knows; the only room where JMeter's tags, GUI classes and property names stand. */
import { all } from './all.generated.js';
import { createRegistry } from './registry.js';

export { monotonic, watchDelivery } from './mqtt/delivery.js';
export type { DeliveryWatch } from './mqtt/delivery-watch.js';
export { renameProperties } from './names.js';
export { createRegistry } from './registry.js';

/** The elements of this package. */
export const registry = createRegistry(all);
