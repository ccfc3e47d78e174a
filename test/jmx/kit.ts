import { type Document, isDocument, type PlanElement, readDocument } from '../../src/jmx/index.js';
import type { Problem } from '../../src/problem.js';

/** A plan whose only element is this. */
export const plan = (element: string, attributes = 'version="1.2"'): string =>
  `<jmeterTestPlan ${attributes}><hashTree>${element}<hashTree/></hashTree></jmeterTestPlan>`;

/** A plan whose only element has these properties. */
export const planWith = (properties: string, attributes?: string): string =>
  plan(`<TestPlan guiclass="TestPlanGui" testname="p">${properties}</TestPlan>`, attributes);

export function document(source: string | Buffer): Document {
  const result = readDocument(Buffer.from(source), 'plan.jmx');
  if (!isDocument(result)) throw new Error(result.map(({ text }) => text).join('\n'));
  return result;
}

export function problemsOf(source: string | Buffer): readonly Problem[] {
  const result = readDocument(Buffer.from(source), 'plan.jmx');
  if (isDocument(result)) throw new Error('no problem was found');
  return result;
}

export function firstElement(source: string | Buffer): PlanElement {
  const element = document(source).tree.elements[0];
  if (!element) throw new Error('the plan is empty');
  return element;
}
