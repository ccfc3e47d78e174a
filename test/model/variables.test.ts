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

describe('many variables', () => {
  it("are each user's own, however many names the users of a plan have", () => {
    const plan = new Map([['planned', 'a']]);
    const [first, second] = [new Variables(plan), new Variables(plan)];
    for (let i = 0; i < 100; i++) first.put(`v${i}`, `first ${i}`);
    for (let i = 99; i >= 0; i -= 9) second.put(`v${i}`, `second ${i}`);
    first.remove('v0');
    expect([first.get('v0'), first.get('v1'), first.get('v99')]).toEqual([undefined, 'first 1', 'first 99']);
    expect([second.get('v0'), second.get('v1'), second.get('v99')]).toEqual(['second 0', undefined, 'second 99']);
    expect([...first.entries()]).toHaveLength(100);
    expect([...second.entries()]).toHaveLength(13);
  });
});
