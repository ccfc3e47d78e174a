import { element, evaluate, type PropsOf, prop, type User } from '../../model/index.js';

/** Gives each user a row of values of its own, before every sampler in scope or once per pass. */
export const userParameters = element({
  tag: 'UserParameters',
  gui: 'UserParametersGui',
  call: 'userParameters',
  looksAtData: false,
  props: {
    names: prop.texts('UserParameters.names'),
    /** One row per user; users beyond the last row begin again at the first. */
    rows: prop.table('UserParameters.thread_values'),
    /** Only at the start of each pass of the controller around it. */
    perIteration: prop.flag('UserParameters.per_iteration'),
  },
  before(props, user) {
    if (!props.perIteration) assign(props, user);
  },
  iterationStart(props, user) {
    if (props.perIteration) assign(props, user);
  },
});

/** Pairs names and values until the shorter list ends; a value sees what was set just before it. */
function assign({ names, rows }: PropsOf<typeof userParameters>, user: User): void {
  const row = rows[user.number % rows.length];
  if (row === undefined) return;
  names.forEach((name, i) => {
    const value = row[i];
    if (value !== undefined) user.variables.put(name, evaluate(value, user));
  });
}
