import { describe, expect, it } from 'vitest';
import { connectTo } from '../../src/cli/connect-to.js';

const to = (rules: readonly string[], host: string, port: number): string => {
  const { host: h, port: p } = connectTo(rules)(host, port);
  return `${h} ${p}`;
};

describe('--connect-to', () => {
  it('replaces host and port of what matches', () => {
    expect(to(['a.example:80:127.0.0.1:8080'], 'A.example', 80)).toBe('127.0.0.1 8080');
    expect(to(['a.example:80:127.0.0.1:8080'], 'a.example', 443)).toBe('a.example 443');
    expect(to(['a.example:80:127.0.0.1:8080'], 'b.example', 80)).toBe('b.example 80');
  });
  it('matches all where HOST or PORT is blank, keeps where HOST2 or PORT2 is', () => {
    expect(to(['::127.0.0.1:'], 'x', 81)).toBe('127.0.0.1 81');
    expect(to([':443::8443'], 'x', 443)).toBe('x 8443');
    expect(to(['x::y:'], 'x', 5)).toBe('y 5');
  });
  it('lets the first match win', () => {
    expect(to(['x:1:a:2', '::b:3'], 'x', 1)).toBe('a 2');
    expect(to(['x:1:a:2', '::b:3'], 'x', 9)).toBe('b 3');
  });
  it('takes IPv6 in brackets', () => {
    expect(to(['[::1]:80:[fe80::2]:81'], '::1', 80)).toBe('fe80::2 81');
    expect(to(['[::1]:80:[fe80::2]:81'], '[::1]', 80)).toBe('fe80::2 81');
  });
  it('refuses what has another form', () => {
    for (const bad of ['x', 'a:b:c:d', 'a:1:b', 'a:1:b:2:3', '::1:80:x:1', 'a:0:b:1', 'a:1:b:70000']) {
      expect(() => connectTo([bad]), bad).toThrow('is not HOST:PORT:HOST2:PORT2');
    }
  });
});
