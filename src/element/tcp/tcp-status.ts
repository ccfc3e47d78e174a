import fs from 'node:fs';
import path from 'node:path';
import { parseInteger, parseProperties } from '../../java/index.js';
import type { Sample, Test } from '../../model/index.js';

/** Where a status stands in an answer, by the properties tcp.status.*, read once a run. */
export interface StatusRule {
  /** Empty = answers have none. */
  readonly prefix: string;
  readonly suffix: string;
  /** The messages by status; undefined without a file. */
  readonly messages: ReadonlyMap<string, string> | undefined;
}

/** The one of the run; a file of messages that cannot be read is none. */
export const statusRule = (test: Test): StatusRule =>
  test.state(RULE, () => ({
    prefix: test.properties.get('tcp.status.prefix', ''),
    suffix: test.properties.get('tcp.status.suffix', ''),
    messages: readMessages(test),
  }));
const RULE = {};

function readMessages({ properties, workingDirectory }: Test): ReadonlyMap<string, string> | undefined {
  const file = properties.get('tcp.status.properties', '');
  if (file === '') return undefined;
  try {
    return new Map(parseProperties(fs.readFileSync(path.resolve(workingDirectory, file), 'latin1')));
  } catch {
    // JMeter goes on without it, and says so in each message.
    return undefined;
  }
}

/**
 * Takes code and message from the status in the answer; gives whether the sample is successful. JMeter takes the codes 400
 * to 599 for success, and no others. Throws NumberFormatException for a status that is no number.
 */
export function applyStatus(sample: Sample, answer: string, rule: StatusRule, successful: boolean): boolean {
  if (answer === '' || rule.prefix === '') return successful;
  const start = answer.indexOf(rule.prefix);
  const from = start + rule.prefix.length;
  const end = answer.indexOf(rule.suffix, from);
  if (start < 0 || end < 0) {
    sample.code = '999';
    sample.message = 'Status value not found';
    return false;
  }
  const code = answer.slice(from, end);
  sample.code = code;
  const counts = successful && isSuccess(parseInteger(code));
  sample.message =
    rule.messages === undefined
      ? 'No status property file'
      : (rule.messages.get(code) ?? 'Status code not found in properties');
  return counts;
}

const isSuccess = (code: number): boolean => code >= 400 && code <= 599;
