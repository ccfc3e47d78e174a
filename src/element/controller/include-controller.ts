import fs from 'node:fs';
import path from 'node:path';
import { type PlanElement, propertyText } from '../../jmx/index.js';
import { Controller, element, prop, type ReplaceContext, type Replacement } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { testFragmentController } from './test-fragment-controller.js';

const PATH = 'IncludeController.includepath';

/**
 * Runs the first Test Fragment of another plan in its place (IncludeController 5.6.3); everything else of that file is
 * left aside. The path is used as written, without variables: relative to the working directory, then to the plan.
 */
export const includeController = element({
  tag: 'IncludeController',
  gui: 'IncludeControllerGui',
  call: 'include',
  props: { file: prop.text(PATH) },
  controller: Controller,
  replaces(plan, context) {
    const given = propertyText(plan, PATH) ?? '';
    return given === '' ? { children: [], problems: [] } : include(given, context);
  },
});

function include(given: string, context: ReplaceContext): Replacement {
  const file = locate(given, context);
  if (file === undefined) return { children: [], problems: [problems.includeMissing(given)] };
  const read = context.readPlan(file);
  // A file that cannot be read is only logged by JMeter, and the controller stays empty.
  if (!isPlan(read))
    return {
      children: [],
      problems: [
        problems.includeMissing(given),
        ...read.map((problem) => ({ ...problem, severity: 'warning' as const })),
      ],
    };
  const fragment = fragmentOf(read, context.elementOf);
  if (fragment === undefined) return { children: [], problems: [problems.includeWithoutFragment(given)] };
  return { children: fragment.children.filter(({ enabled }) => enabled), problems: [] };
}

function locate(given: string, { workingDirectory, planFile, property }: ReplaceContext): string | undefined {
  const asWritten = path.resolve(workingDirectory, `${property('includecontroller.prefix') ?? ''}${given}`.trim());
  if (fs.existsSync(asWritten)) return asWritten;
  if (path.isAbsolute(given.trim())) return undefined;
  const besidePlan = path.resolve(path.dirname(path.resolve(workingDirectory, planFile)), given);
  return fs.existsSync(besidePlan) && fs.statSync(besidePlan).isFile() ? besidePlan : undefined;
}

/** Directly under the test plan, enabled or not. */
function fragmentOf(plans: readonly PlanElement[], elementOf: ReplaceContext['elementOf']): PlanElement | undefined {
  for (const plan of plans) {
    const found = elementOf(plan);
    if (found?.testPlan) return fragmentOf(plan.children, elementOf);
    if (found === testFragmentController) return plan;
  }
  return undefined;
}

const isPlan = (read: readonly PlanElement[] | readonly Problem[]): read is readonly PlanElement[] =>
  read.every((entry) => 'tag' in entry);
