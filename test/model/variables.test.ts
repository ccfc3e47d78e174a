import { describe, expect, it } from 'vitest';
import { Variables } from '../../src/model/index.js';

describe('variables that are removed', () => {
  it('are gone, also those of the plan, until they are put again', () => {
    const variables = new Variables(new Map([['planned', 'a']]));
    variables.put('own', 'b');
    for (const name of ['planned', 'own', 'never there']) variables.remove(name);
    expect([...variables.entries()]).toEqual([]);
    expect(variables.get('planned')).toBeUndefined();
    variables.put('planned', 'c');
    expect([...variables.entries()]).toEqual([['planned', 'c']]);
  });

  it('stay gone when there were thousands of them', () => {
    const variables = new Variables(new Map([['planned', 'a']]));
    variables.remove('planned');
    for (let i = 0; i < 5000; i++) {
      variables.put(`v${i}`, 'x');
      variables.remove(`v${i}`);
    }
    expect([...variables.entries()]).toEqual([]);
    expect(variables.getObject('planned')).toBeUndefined();
  });
});
