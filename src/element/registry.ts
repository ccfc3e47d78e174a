import type { PlanElement } from '../jmx/index.js';
import type { Element, Registry } from '../model/index.js';
import { currentClass, currentGui, isKnownTag, renameProperties } from './names.js';

/**
 * The elements, found as JMeter finds classes: alias or full class name, then the renames. Several declarations may share a
 * tag; then the GUI class decides (the last that names it), and the first of them serves those that none names. One that is
 * told by its properties comes before all of these.
 */
export function createRegistry(elements: readonly Element[]): Registry {
  const byClass = new Map<string, Element>();
  const byGui = new Map<string, Element>();
  const byProperty = new Map<string, Element[]>();
  for (const element of elements) {
    for (const tag of element.tags) {
      const className = currentClass(tag, '');
      if (element.toldBy !== undefined) {
        byProperty.set(className, [...(byProperty.get(className) ?? []), element]);
        continue;
      }
      if (!byClass.has(className)) byClass.set(className, element);
      for (const gui of element.gui) byGui.set(`${className} ${currentGui(gui)}`, element);
    }
  }
  const found = new Map<string, Element | null>();
  const guiNames = new Map<string, string>();
  return {
    elements: [...new Set(elements)],
    find({ tag, guiClass, properties }: PlanElement) {
      const told = byProperty
        .get(currentClass(tag, guiClass))
        ?.find(({ toldBy }) => properties.some(({ name }) => toldBy?.includes(name)));
      if (told !== undefined) return told;
      const key = `${tag} ${guiClass}`;
      let element = found.get(key);
      if (element === undefined) {
        const className = currentClass(tag, guiClass);
        element = byGui.get(`${className} ${currentGui(guiClass)}`) ?? byClass.get(className) ?? null;
        found.set(key, element);
      }
      return element ?? undefined;
    },
    renamed: renameProperties,
    guiName(guiClass) {
      let name = guiNames.get(guiClass);
      if (name === undefined) {
        name = currentGui(guiClass);
        guiNames.set(guiClass, name);
      }
      return name;
    },
    known: isKnownTag,
  };
}
