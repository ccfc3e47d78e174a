import type { PlanElement } from '../jmx/index.js';
import type { Element } from './element.js';

/** The elements of a program, found by tag. */
export interface Registry {
  /** The declaration of this plan element, its tag's aliases and renames resolved; undefined when unknown. */
  find(plan: PlanElement): Element | undefined;
  /** The same element with old property names replaced (upgrade.properties). */
  renamed(plan: PlanElement): PlanElement;
  /** All of them, once each. */
  readonly elements: readonly Element[];
  /** The short name of a GUI class that files may also write in full. */
  guiName(guiClass: string): string;
  /** What Meterless knows to be JMeter's but cannot run yet, by tag. */
  known(tag: string): boolean;
}
