import { describe, expect, it } from 'vitest';
import { el, group, labels, plan, play, probe } from './plan-kit.js';

describe('scope', () => {
  it('runs pre-processors outermost level first; plan-level ones after those of the group', async () => {
    const { notes } = await play(
      plan(
        el('Pre', 'P0'),
        group(
          'G',
          {},
          el('Pre', 'P1'),
          el('GenericController', 'C', {}, el('Pre', 'P2'), probe('s', {}, el('Pre', 'P3'))),
        ),
      ),
    );
    expect(notes).toEqual(['pre P1', 'pre P0', 'pre P2', 'pre P3']);
  });

  it('runs post-processors and assertions outermost first, timers and listeners nearest first', async () => {
    const all = (n: number) => ['Post', 'Assertion', 'Timer', 'Listener'].map((role) => el(role, `${n}`));
    const { notes } = await play(plan(...all(0), group('G', {}, ...all(1), probe('s', {}, ...all(2)))));
    expect(notes).toEqual([
      ...['timer 2', 'timer 1', 'timer 0'],
      ...['post 1', 'post 0', 'post 2'],
      ...['assert 1', 'assert 0', 'assert 2'],
      ...['heard s 2', 'heard s 1', 'heard s 0'],
    ]);
  });

  it('is found once for thousands of samplers side by side', async () => {
    const many = Array.from({ length: 8000 }, (_, i) => probe(`s${i}`));
    const { notes } = await play(plan(group('G', {}, ...many, el('Timer', 't'))));
    expect(notes).toHaveLength(8000);
  });

  it('leaves out what stands below another element or beside the path', async () => {
    const { notes } = await play(
      plan(
        group(
          'G',
          {},
          el('Assertion', 'a', {}, el('Timer', 'below')),
          el('GenericController', 'C', {}, el('Pre', 'beside')),
          probe('s'),
        ),
      ),
    );
    expect(notes).toEqual(['assert a']);
  });

  it('fires iteration listeners in reverse tree order, plan level first, at the nearest controller', async () => {
    const { notes } = await play(
      plan(
        el('Iteration', 'plan'),
        group(
          'G',
          { loops: 2 },
          el('Iteration', 'first'),
          el('Iteration', 'second'),
          el('LoopController', 'L', { 'LoopController.loops': 1 }, el('Iteration', 'inner'), probe('s')),
        ),
      ),
    );
    const pass = (n: number) => [
      `iteration ${n} plan`,
      `iteration ${n} second`,
      `iteration ${n} first`,
      'iteration 1 inner',
    ];
    expect(notes).toEqual([...pass(1), ...pass(2)]);
  });

  it('loses the sample when something around it throws, and goes on', async () => {
    const ran = await play(plan(group('G', {}, probe('bad', { throws: 'oops' }), probe('good'))));
    expect(labels(ran)).toEqual(['good']);
    expect(ran.log.lines.join('\n')).toContain("Error while processing sampler: 'bad'.");
  });

  it('skips post-processors, assertions and listeners of a sampler without a result', async () => {
    const { notes } = await play(
      plan(
        group(
          'G',
          {},
          el('Pre', 'p'),
          el('Post', 'p'),
          el('Assertion', 'a'),
          el('Timer', 't'),
          probe('s', { nothing: true }),
        ),
      ),
    );
    expect(notes).toEqual(['pre p', 'timer t']);
  });
});

describe('transactions', () => {
  const parent = { 'TransactionController.parent': true, 'TransactionController.includeTimers': false };
  const besides = { 'TransactionController.parent': false, 'TransactionController.includeTimers': false };

  it('adds a sample after its children, counting a call more for each child controller that ended', async () => {
    const ran = await play(
      plan(
        group(
          'G',
          {},
          el(
            'TransactionController',
            'T',
            besides,
            el('GenericController', 'C', {}, probe('a', { takes: 10 })),
            probe('b', { takes: 5, fails: true }),
          ),
        ),
      ),
    );
    expect(labels(ran)).toEqual(['a', 'b', 'T']);
    const last = ran.samples[2];
    expect(last).toMatchObject({
      success: false,
      code: '',
      elapsed: 15,
      message: 'Number of samples in transaction : 3, number of failing samples : 1',
    });
  });

  it('becomes the parent of its children; the last failing child gives the code', async () => {
    const ran = await play(
      plan(
        group(
          'G',
          {},
          el(
            'TransactionController',
            'T',
            parent,
            probe('a', { takes: 10 }),
            probe('b', { fails: true, code: '500' }),
            probe('c'),
          ),
        ),
      ),
    );
    expect(labels(ran)).toEqual(['T']);
    expect(ran.samples[0]).toMatchObject({
      code: '500',
      success: false,
      elapsed: 10,
      latency: 0,
      message: 'Number of samples in transaction : 3, number of failing samples : 1',
    });
    expect(ran.samples[0]?.subSamples?.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
  });

  it('tells listeners inside the transaction of the children, listeners around it of the transaction', async () => {
    const { notes } = await play(
      plan(
        el('Listener', 'around'),
        group(
          'G',
          {},
          el(
            'TransactionController',
            'T',
            parent,
            el('GenericController', 'C', {}, el('Listener', 'inside'), probe('a')),
          ),
        ),
      ),
    );
    expect(notes).toEqual(['heard a inside', 'heard T around']);
  });

  it('reports a cut-off additional transaction with an empty code, and goes on with the next loop', async () => {
    const ran = await play(
      plan(
        group(
          'G',
          { loops: 2, on_sample_error: 'startnextloop' },
          el('TransactionController', 'T', besides, probe('a', { fails: true }), probe('never')),
        ),
      ),
    );
    expect(labels(ran)).toEqual(['a', 'T', 'a', 'T']);
    expect(ran.samples[1]).toMatchObject({ code: '', success: false });
  });

  it('is reported in the first pass only when it has no children at all', async () => {
    const ran = await play(plan(group('G', { loops: 3 }, probe('s'), el('TransactionController', 'empty', besides))));
    expect(labels(ran)).toEqual(['s', 'empty', 's', 's']);
  });
});
