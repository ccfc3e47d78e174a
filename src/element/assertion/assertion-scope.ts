import { prop } from '../../model/index.js';

/** Which samples a scoped assertion looks at; a missing key is the parent. */
export const scopeProps = {
  scope: prop.text('Assertion.scope', 'parent'),
  /** Looked at instead of a sample when the scope is `variable`. */
  scopeVariable: prop.text('Scope.variable'),
};

/** A whole number as Java's MessageFormat prints it in English. */
export const grouped = (n: number): string => String(Math.trunc(n)).replace(/\B(?=(?:\d{3})+$)/g, ',');
