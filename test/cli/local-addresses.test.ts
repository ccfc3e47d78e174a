import { describe, expect, it } from 'vitest';
import { localAddresses } from '../../src/cli/local-addresses.js';

describe('--local-addresses', () => {
  it('takes addresses, ranges and networks', () => {
    expect(localAddresses('127.0.0.254-127.0.1.1, 10.0.0.5,10.1.0.8/30,::1')).toEqual([
      '127.0.0.254',
      '127.0.0.255',
      '127.0.1.0',
      '127.0.1.1',
      '10.0.0.5',
      '10.1.0.9',
      '10.1.0.10',
      '::1',
    ]);
    expect(localAddresses('10.0.0.7/32')).toEqual(['10.0.0.7']);
  });
  it('takes nothing else', () => {
    for (const text of ['', 'here', '127.0.0.9-127.0.0.1', '10.0.0.0/33', '10.0.0.0/8', '1.2.3.4-5', '1.2.3.4/x'])
      expect(() => localAddresses(text)).toThrow('no such addresses');
  });
});
