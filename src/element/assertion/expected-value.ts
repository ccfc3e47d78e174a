import { type PlanElement, propertyText } from '../../jmx/index.js';
import { type CheckContext, prop } from '../../model/index.js';
import type { Problem } from '../../problem.js';
import { checkRegex } from '../post/check-regex.js';

/** What the assertions on JSON say of the value that they expect. */
export const expectedValueProps = {
  expected: prop.text('EXPECTED_VALUE'),
  checkValue: prop.flag('JSONVALIDATION'),
  expectNull: prop.flag('EXPECT_NULL'),
  invert: prop.flag('INVERT'),
  regex: prop.flag('ISREGEX', true),
};

/** The expected value is a pattern unless the plan says otherwise. */
export const checkExpectedValue = (plan: PlanElement, context: CheckContext): readonly Problem[] =>
  propertyText(plan, 'JSONVALIDATION') === 'true' && propertyText(plan, 'ISREGEX') !== 'false'
    ? checkRegex(propertyText(plan, 'EXPECTED_VALUE'), context)
    : [];
