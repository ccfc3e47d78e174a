import { type Element, lastSampleIsKept, lastSampleIsRead, type Properties } from '../model/index.js';
import type { EngineUser } from './engine-user.js';
import type { PlanNode } from './tree.js';

/** Whether an element may look at the data of samples. */
export function looksAtData({ element, plan }: PlanNode, properties: Properties): boolean {
  const { looksAtData: said } = element;
  if (said === undefined) return Boolean(element.before) || hearsSamples(element);
  return typeof said === 'boolean' ? said : said(plan, properties);
}

/** It is handed the samples of its scope, and no other. */
export const hearsSamples = ({ after, assert, listen }: Element): boolean => Boolean(after || assert || listen);

/** Finds out whether anything in the plan may look back at the last sample; functions say so when they are compiled. */
export function noteReaders(nodes: readonly PlanNode[], { test }: EngineUser): void {
  const reads = lastSampleIsRead(test);
  const visit = (node: PlanNode): void => {
    if (!hearsSamples(node.element) && looksAtData(node, test.properties)) reads.is = true;
    if (node.element.looksBack) lastSampleIsKept(test).is = true;
    node.children.forEach(visit);
  };
  nodes.forEach(visit);
  if (test.functionalMode) reads.is = true;
}
