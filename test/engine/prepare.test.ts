import { describe, expect, it } from 'vitest';
import { registry } from '../../src/element/index.js';
import { prepare } from '../../src/engine/index.js';
import type { PlanElement } from '../../src/jmx/index.js';
import { el, group, setup } from './plan-kit.js';

const prepared = (...children: PlanElement[]) =>
  prepare({ file: 'plan.jmx', elements: [el('TestPlan', 'P', {}, ...children)] }, setup({ registry }));
const codes = (...children: PlanElement[]): string[] => prepared(...children).problems.map(({ code }) => code);

const variables = (value: string): PlanElement => {
  const plain = el('Arguments', 'U', {});
  const place = {};
  const row = [
    { kind: 'string', name: 'Argument.name', text: 'x', place },
    { kind: 'string', name: 'Argument.value', text: value, place },
  ] as const;
  const item = {
    kind: 'element',
    name: 'x',
    elementType: 'Argument',
    attributes: new Map(),
    properties: row,
    place,
  } as const;
  return {
    ...plain,
    properties: [...plain.properties, { kind: 'collection', name: 'Arguments.arguments', items: [item], place }],
  };
};

describe('prepare', () => {
  it('names what is not known, with its path', () => {
    const [problem] = prepared(group('G', {}, el('NoSuchSampler', 'the sampler'))).problems;
    expect(problem).toMatchObject({ code: 'E201', place: { path: 'P/G/the sampler' } });
  });

  it('looks at what is below an element that is not known, too', () => {
    const inner = el('NoSuchTimer', 't', {}, el('DebugSampler', 'd', { 'Debug.colour': 'red' }));
    expect(codes(group('G', {}, el('NoSuchSampler', 's', {}, inner)))).toEqual(['E201', 'E201', 'W202']);
  });

  it('leaves out what is disabled, with all below it', () => {
    const disabled = { ...el('NoSuchController', 'C', {}, el('NoSuchSampler', 's')), enabled: false };
    expect(codes(group('G', {}, disabled))).toEqual([]);
  });

  it('ends where JMeter ends the run: a wrong call anywhere, a function that throws in a table of variables', () => {
    expect(codes(group('G', {}, el('DebugSampler', 'd', { comment: '${__Random(1)}' })))).toContain('E204');
    expect(codes(variables('${__Random(a,b)}'), group('G', {}))).toEqual(['E204']);
  });

  it('warns of a name that looks like a function and is none', () => {
    expect(codes(group('G', {}, el('DebugSampler', '${__nosuch(1)}')))).toEqual(['W203']);
    expect(codes(group('G', {}, el('DebugSampler', '${__jm__G__idx} ${__jmv_SAME_USER}')))).toEqual([]);
  });

  it('warns of a plan in which nothing will run, and of keys that nobody uses', () => {
    expect(codes(el('DebugSampler', 'd', { 'Debug.colour': 'red' }))).toEqual(['W202', 'W209']);
  });
});

describe('an Include Controller', () => {
  const withoutFragment = el('TestPlan', 'Q', {}, group('G', {}));
  const include = (enabled: boolean): PlanElement => ({
    ...el('IncludeController', 'I', { 'IncludeController.includepath': 'package.json' }),
    enabled,
  });
  const read = (plan: PlanElement): string[] =>
    prepare(
      { file: 'plan.jmx', elements: [el('TestPlan', 'P', {}, group('G', {}, plan))] },
      setup({ registry, readPlan: () => [withoutFragment] }),
    ).problems.map(({ code }) => code);

  it('ends the run when its file has no Test Fragment, unless it is disabled', () => {
    expect(read(include(true))).toEqual(['E214']);
    expect(read(include(false))).toEqual([]);
    expect(read({ ...el('GenericController', 'C', {}, include(true)), enabled: false })).toEqual([]);
  });
});
