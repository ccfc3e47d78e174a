import { expect, it } from 'vitest';
import { userDefinedVariables } from '../../../src/element/config/arguments.js';
import { testPlan } from '../../../src/element/plan/test-plan.js';
import { userParameters } from '../../../src/element/pre/user-parameters.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { type Given, place } from '../../kit-element.js';

const rows = [
  { 'Argument.name': 'a', 'Argument.value': '1', 'Argument.metadata': '=' },
  { 'Argument.name': 'b', 'Argument.value': '${a}' },
  { 'Argument.name': 'a', 'Argument.value': '2' },
];

it('User Defined Variables: the first of equal names counts, and rows do not see each other', () => {
  const self = place(userDefinedVariables, { props: { 'Arguments.arguments': rows } });
  expect([...(userDefinedVariables.variables?.(self.props(fakeUser()), fakeTest()) ?? [])]).toEqual([
    ['a', '1'],
    ['b', '${a}'],
  ]);
});

it('the plan has variables and settings of its own', () => {
  const props = {
    'TestPlan.functional_mode': true,
    'TestPlan.serialize_threadgroups': 'TRUE',
    'TestPlan.user_defined_variables': { 'Arguments.arguments': rows },
  };
  const values = place(testPlan, { props }).props(fakeUser());
  expect(testPlan.testPlan?.(values)).toEqual({ functionalMode: true, serial: true, tearDownOnStop: false });
  expect([...(testPlan.variables?.(values, fakeTest()) ?? [])].map(([name]) => name)).toEqual(['a', 'b']);
});

const assigned = (number: number, props: Record<string, Given>): string => {
  const user = fakeUser({ number });
  const self = place(userParameters, { props });
  userParameters.before?.(self.props(user), user, self);
  userParameters.iterationStart?.(self.props(user), user, { loop: true, number: 1 }, self);
  return `${user.variables.get('x')} ${user.variables.get('y')}`;
};
const table = {
  'UserParameters.names': ['x', 'y'],
  'UserParameters.thread_values': [['1', '2'], ['3', '${x}4'], ['5']],
};

it.each([
  [0, '1 2'],
  [1, '3 34'],
  [2, '5 undefined'],
  [3, '1 2'],
])('User Parameters of user %d: rows begin again, a value sees the one before it', (number, expected) => {
  expect(assigned(number, { ...table, 'UserParameters.per_iteration': false })).toBe(expected);
});

it('User Parameters once per pass are not set before a sampler', () => {
  const user = fakeUser();
  const self = place(userParameters, { props: { ...table, 'UserParameters.per_iteration': true } });
  userParameters.before?.(self.props(user), user, self);
  expect(user.variables.get('x')).toBeUndefined();
  expect(assigned(0, { ...table, 'UserParameters.per_iteration': true })).toBe('1 2');
});

it('User Parameters without rows set nothing', () => {
  expect(assigned(0, { 'UserParameters.names': ['x', 'y'] })).toBe('undefined undefined');
});
