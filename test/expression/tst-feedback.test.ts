import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../src/expression/index.js';
import { evaluate } from '../../src/model/index.js';
import { fakeUser } from '../kit.js';

/** The users asked for, at first and after a second of which the timer noted this. */
function asked(
  call: string,
  noted: { readonly rps: string; readonly sent?: string; readonly delayed?: string },
): readonly string[] {
  const user = fakeUser();
  const { properties } = user.test;
  const text = compileExpression(call, { engineUser: user });
  const first = evaluate(text, user);
  properties.set('T_rps', noted.rps);
  properties.set('T_cntSent', noted.sent ?? '0');
  properties.set('T_cntDelayed', noted.delayed ?? '0');
  return [first, evaluate(text, user), evaluate(text, user)];
}

describe('__tstFeedback', () => {
  it('wants more users when the timer falls behind, once for each second of it', () => {
    expect(asked('${__tstFeedback(T,4)}', { rps: '10.0', sent: '5' })).toEqual(['4', '6', '6']);
    expect(asked('${__tstFeedback(T,4,5)}', { rps: '10.0', sent: '5' })).toEqual(['4', '5', '5']);
    expect(asked('${__tstFeedback(T,4)}', { rps: '10.0', sent: '10' })).toEqual(['4', '4', '4']);
  });
  it('sends a part of them home when many wait', () => {
    expect(asked('${__tstFeedback(T,10,20)}', { rps: '5', delayed: '2' })).toEqual(['10', '9', '9']);
    expect(asked('${__tstFeedback(T,10,20,0.5)}', { rps: '5', delayed: '5' })).toEqual(['10', '10', '10']);
    expect(asked('${__tstFeedback(T,10,20,0.5)}', { rps: '5', delayed: '6' })).toEqual(['10', '5', '5']);
  });
  it('keeps a number of them waiting when the spare is a count', () => {
    expect(asked('${__tstFeedback(T,10,20,3)}', { rps: '5', delayed: '5' })).toEqual(['10', '8', '8']);
    expect(asked('${__tstFeedback(T,10,20,8)}', { rps: '5', delayed: '10' })).toEqual(['10', '8', '8']);
    expect(asked('${__tstFeedback(T,10,20,none)}', { rps: '5', delayed: '3' })).toEqual(['10', '8', '8']);
  });
  it('wants one at least', () => {
    expect(asked('${__tstFeedback(T,2,20,3)}', { rps: '5', delayed: '9' })).toEqual(['2', '1', '1']);
  });
});
