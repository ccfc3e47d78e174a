import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dnsMessageText, dnsQuery } from '../../../src/protocol/dns/index.js';

/** What dnsjava 2.1.9 itself said of these messages, and what the plugin made of these questions. */
const recorded: { messages: Record<string, string | null>; queries: [text: string, outcome: string][] } = JSON.parse(
  fs.readFileSync(new URL('./dnsjava-2.1.9.json', import.meta.url), 'utf8'),
);

describe('DNS messages', () => {
  it.each(Object.entries(recorded.messages))('are shown as dnsjava shows them: %s', (hex, text) => {
    expect(dnsMessageText(Buffer.from(hex, 'hex')) ?? null).toBe(text);
  });

  it('end at a name that points to itself', () => {
    expect(dnsMessageText(Buffer.from('123481800001000000000000c00c00010001', 'hex'))).toBeUndefined();
  });
});

describe('DNS questions', () => {
  it.each(recorded.queries)('%j', (text, outcome) => {
    let said: string;
    try {
      // The id is drawn by lot.
      said = `....${dnsQuery(text).toString('hex').slice(4)}`;
    } catch (error) {
      said = String(error);
    }
    expect(said).toBe(outcome);
  });
});
