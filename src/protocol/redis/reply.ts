/** What a server answers: a text (UTF-8), a number, a list, nothing, or an error it tells. */
export type Reply = string | number | null | RedisError | readonly Reply[];

/** `WRONGTYPE Operation against a key holding the wrong kind of value`, as the server words it. */
export class RedisError extends Error {}

interface Read {
  readonly reply: Reply;
  /** Bytes that it took. */
  readonly size: number;
}

/** The first reply in some bytes (RESP 2); undefined while it is not whole. */
export function readReply(bytes: Buffer): Read | undefined {
  const end = bytes.indexOf('\r\n');
  if (end < 0) return undefined;
  const kind = bytes.toString('latin1', 0, 1);
  const line = bytes.toString('utf8', 1, end);
  const size = end + 2;
  switch (kind) {
    case '+':
      return { reply: line, size };
    case '-':
      return { reply: new RedisError(line), size };
    case ':':
      return { reply: Number(line), size };
    case '$':
      return readText(bytes, size, Number(line));
    case '*':
      return readList(bytes, size, Number(line));
    default:
      return { reply: new RedisError(`Unknown reply: ${kind}`), size: bytes.length };
  }
}

function readText(bytes: Buffer, start: number, length: number): Read | undefined {
  if (length < 0) return { reply: null, size: start };
  const size = start + length + 2;
  return bytes.length < size ? undefined : { reply: bytes.toString('utf8', start, start + length), size };
}

function readList(bytes: Buffer, start: number, length: number): Read | undefined {
  if (length < 0) return { reply: null, size: start };
  const list: Reply[] = [];
  let size = start;
  for (let i = 0; i < length; i++) {
    const read = readReply(bytes.subarray(size));
    if (read === undefined) return undefined;
    list.push(read.reply);
    size += read.size;
  }
  return { reply: list, size };
}
