import { type PlanElement, property } from '../../jmx/index.js';
import { Controller, element, prop, type ReplaceContext } from '../../model/index.js';
import { problems } from '../../problem.js';

/**
 * Runs another part of the plan in its place (ModuleController 5.6.3). The path names the elements from the root down;
 * the last full match counts, and a path that leads nowhere ends the run even when the controller is disabled.
 */
export const moduleController = element({
  tag: 'ModuleController',
  gui: 'ModuleControllerGui',
  call: 'module',
  props: { path: prop.texts('ModuleController.node_path') },
  controller: Controller,
  replaces(plan, context) {
    const target = resolve(plan, context);
    if (target === undefined) return { children: [], problems: [problems.moduleTarget(plan.name)], evenDisabled: true };
    // A disabled target runs all the same; what is disabled below it does not.
    return { children: [target.enabled ? target : { ...target, enabled: true }], problems: [] };
  },
});

function resolve(plan: PlanElement, { roots, elementOf }: ReplaceContext): PlanElement | undefined {
  const list = property(plan, 'ModuleController.node_path');
  const names = list?.kind === 'collection' ? list.items.flatMap((item) => ('text' in item ? [item.text] : [])) : [];
  let found: PlanElement | undefined;
  const walk = (children: readonly PlanElement[], level: number): void => {
    for (const child of children) {
      // Module Controllers are never matched nor entered: one of the same name would lead back to itself.
      if (child.name !== names[level] || elementOf(child) === moduleController) continue;
      if (level === names.length - 1) found = child;
      walk(child.children, level + 1);
    }
  };
  // The first name is the invisible root's.
  walk(roots, 1);
  return found;
}
