/** How the difference is marked: JMeter's properties `assertion.equals_*`. */
export interface DifferenceMarks {
  /** The most characters shown of each part. */
  readonly length: number;
  readonly start: string;
  readonly end: string;
}

/**
 * Where two texts differ, as ResponseAssertion 5.6.3 shows it: what both begin with, the difference in marks, what both
 * end with; the shorter difference is filled with blanks.
 */
export function equalsDifference(
  received: string,
  comparison: string,
  { length, start, end }: DifferenceMarks,
): string {
  const first = firstDifference(received, comparison);
  let lastReceived = received.length - 1;
  let lastCompared = comparison.length - 1;
  // Stops one behind the first difference, so a difference has at least one character on each side.
  while (
    lastReceived > first &&
    lastCompared > first &&
    received.charCodeAt(lastReceived) === comparison.charCodeAt(lastCompared)
  ) {
    lastReceived--;
    lastCompared--;
  }
  const head = received.slice(0, first);
  const before = head.length > length ? `...${head.slice(head.length - length)}` : head;
  const cut = (text: string): string => (text.length > length ? `${text.slice(0, length)}...` : text);
  const after = cut(received.slice(lastReceived + 1));
  const whole = after === '';
  const inReceived = cut(received.slice(first, whole ? undefined : lastReceived + 1));
  const inCompared = cut(comparison.slice(first, whole ? undefined : lastCompared + 1));
  const width = Math.max(inReceived.length, inCompared.length);
  const shown = (text: string): string => before + start + text.padEnd(width) + end + after;
  return `\n\n****** received  : ${shown(inReceived)}\n\n****** comparison: ${shown(inCompared)}\n\n`;
}

function firstDifference(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let i = 0;
  while (i < shorter && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}
