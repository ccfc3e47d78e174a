/** Lines that send together at most, so that the first does not wait long for the last. */
const TOGETHER = 64;
let waiting: { flush(): void }[] = [];

/**
 * Has a line flush once the answers that are there have been looked at: the requests of many users then leave together, and
 * a server is woken once and not for each of them.
 */
export function flushSoon(line: { flush(): void }): void {
  if (waiting.length >= TOGETHER) flushAll();
  if (waiting.length === 0) setImmediate(flushAll);
  waiting.push(line);
}

function flushAll(): void {
  const lines = waiting;
  waiting = [];
  for (const line of lines) line.flush();
}
