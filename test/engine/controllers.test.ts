import { describe, expect, it } from 'vitest';
import type { PlanElement } from '../../src/jmx/index.js';
import { el, group, labels, plan, play, probe } from './plan-kit.js';

const loop = (loops: number, ...children: PlanElement[]) =>
  el('LoopController', 'L', { 'LoopController.loops': loops }, ...children);
const ran = async (loops: number, ...children: PlanElement[]) =>
  labels(await play(plan(group('G', { loops }, ...children))));

describe('controllers', () => {
  it('Loop: counts anew in each pass of its parent; 0 runs nothing', async () => {
    expect(await ran(2, loop(2, probe('a')), loop(0, probe('never')), probe('b'))).toEqual([
      'a',
      'a',
      'b',
      'a',
      'a',
      'b',
    ]);
  });

  it('Loop: leaves its parent for good when it may not be entered again', async () => {
    const once = el(
      'LoopController',
      'L',
      { 'LoopController.loops': 2, 'LoopController.continue_forever': false },
      probe('a'),
    );
    expect(await ran(2, once, probe('b'))).toEqual(['a', 'a', 'b', 'b']);
  });

  it('Once Only: once per thread below the group, once per entry of a loop, once per thread in a simple controller', async () => {
    const once = (name: string) => el('OnceOnlyController', 'O', {}, probe(name));
    expect(await ran(2, once('o'), probe('a'))).toEqual(['o', 'a', 'a']);
    expect(await ran(2, loop(2, once('o'), probe('a')))).toEqual(['o', 'a', 'a', 'o', 'a', 'a']);
    expect(await ran(2, el('GenericController', 'C', {}, once('o'), probe('a')))).toEqual(['o', 'a', 'a']);
  });

  it('While: blank and LAST look at the last sample', async () => {
    expect(
      await ran(1, el('WhileController', 'W', { 'WhileController.condition': '' }, probe('a', { fails: true }))),
    ).toEqual(['a']);
    expect(
      await ran(
        1,
        probe('bad', { fails: true }),
        el('WhileController', 'W', { 'WhileController.condition': 'LAST' }, probe('never')),
      ),
    ).toEqual(['bad']);
    expect(
      await ran(1, el('WhileController', 'W', { 'WhileController.condition': 'FALSE' }, probe('never')), probe('b')),
    ).toEqual(['b']);
  });

  it('If: only the text true in any case lets its children run, and it is never removed', async () => {
    const when = (condition: string) =>
      el(
        'IfController',
        'I',
        { 'IfController.condition': condition, 'IfController.useExpression': true },
        probe(condition),
      );
    expect(await ran(2, when(' TRUE '), when('yes'), probe('b'))).toEqual([' TRUE ', 'b', ' TRUE ', 'b']);
  });

  it('Module: the last full match of the path runs in its place, a disabled target too', async () => {
    const target = (sample: string, enabled: boolean) => ({
      ...el('TestFragmentController', 'F', {}, probe(sample)),
      enabled,
    });
    const module = el('ModuleController', 'M', { 'ModuleController.node_path': ['root', 'Test Plan', 'F'] });
    expect(labels(await play(plan(target('first', false), target('last', false), group('G', {}, module))))).toEqual([
      'last',
    ]);
  });

  it('Module: each use of a target counts for itself', async () => {
    const module = el('ModuleController', 'M', { 'ModuleController.node_path': ['root', 'Test Plan', 'F'] });
    const target = el('TestFragmentController', 'F', {}, probe('${__counter(TRUE)}'));
    expect(labels(await play(plan(target, group('G', {}, module, module))))).toEqual(['1', '1']);
  });

  it('Module: a path that leads nowhere ends the run even when it is disabled', async () => {
    const module = {
      ...el('ModuleController', 'M', { 'ModuleController.node_path': ['root', 'nowhere'] }),
      enabled: false,
    };
    await expect(play(plan(group('G', {}, module, probe('s'))))).rejects.toThrow(
      'ModuleController:M has no selected Controller',
    );
  });
});
