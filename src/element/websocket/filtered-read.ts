import { type Placed, type PlacedSampler, Sample, type User } from '../../model/index.js';
import { type FrameReader, type FrameSource, TimeoutError, type WebSocketFrame } from '../../protocol/index.js';
import { binaryFrameFilter, prepareBinaryFilter } from './binary-frame-filter.js';
import { type Connection, settingsOf } from './connection.js';
import { describeFrame, typeName } from './frame-text.js';
import { matchesPing, pingFrameFilter } from './ping-frame-filter.js';
import { prepareTextFilter, textFrameFilter } from './text-frame-filter.js';

/** A filter in scope of a sampler. */
interface Filter {
  name(user: User): string;
  /** Called before each wait; says then which frames to discard. */
  prepare(user: User): (frame: WebSocketFrame) => boolean;
  replies(user: User): boolean;
}

/** What a read needs of its sample. */
interface Reading {
  readonly sample: Sample;
  readonly user: User;
  readonly self: PlacedSampler;
  readonly connection: Connection;
  /** Milliseconds. */
  readonly readTimeout: number;
}

/** The next frame that no filter in scope discards; undefined when the reader will hear of it. */
export function readFrame(job: Reading, reader: FrameReader): WebSocketFrame | undefined {
  const filters = filtersOf(job.self);
  let source: FrameSource = job.connection.client;
  for (let i = filters.length - 1; i >= 0; i--) source = new FilteredSource(job, filters[i] as Filter, source); // within bounds
  return source.read(job.readTimeout, reader);
}

/**
 * One filter before a source: the innermost asks the next one out for a frame, the outermost the connection. The time is
 * shared: it is over when one wait took what was left, even if it brought a frame that passes; a timeout of 0 therefore
 * ends at the first.
 */
class FilteredSource implements FrameSource, FrameReader {
  #left = 0;
  #reader: FrameReader | undefined;
  #matches: (frame: WebSocketFrame) => boolean = () => false;
  #waiting = new Sample();

  constructor(
    private readonly job: Reading,
    private readonly filter: Filter,
    private readonly inner: FrameSource,
  ) {}

  read(timeout: number, reader: FrameReader): WebSocketFrame | undefined {
    this.#left = timeout;
    this.#reader = reader;
    this.#matches = this.filter.prepare(this.job.user);
    return this.#next();
  }

  #next(): WebSocketFrame | undefined {
    for (;;) {
      this.#waiting = new Sample();
      this.#waiting.start(this.job.user.test.clock.now());
      const frame = this.inner.read(this.#left, this);
      if (frame === undefined || this.#passes(frame)) return frame;
    }
  }

  frame(frame: WebSocketFrame): void {
    let passed: WebSocketFrame | undefined;
    try {
      passed = this.#passes(frame) ? frame : this.#next();
    } catch (error) {
      this.failed(error);
      return;
    }
    if (passed !== undefined) this.#reader?.frame(passed);
  }

  failed(error: unknown): void {
    this.#reader?.failed(error);
  }

  #passes(frame: WebSocketFrame): boolean {
    const { job, filter } = this;
    const spent = job.user.test.clock.now() - this.#waiting.startTime;
    const matched = this.#matches(frame);
    if (matched) discard(job, filter, frame, this.#waiting);
    if (spent >= this.#left) throw new TimeoutError('Read timed out');
    this.#left -= spent;
    return !matched;
  }
}

function discard({ sample, user, connection }: Reading, filter: Filter, frame: WebSocketFrame, sub: Sample): void {
  sub.end(user.test.clock.now());
  const reply = frame.kind === 'ping' && filter.replies(user) ? connection.client.pong(frame.data) : 0;
  sub.label = `Discarded ${typeName(frame)} frame (by filter '${filter.name(user)}')`;
  sub.success = true;
  sub.message = `Received ${describeFrame(frame)}`;
  sub.headersSize = frame.size - frame.payloadSize;
  sub.bodySize = frame.payloadSize;
  sub.sentBytes = reply;
  if (settingsOf(user.test).filteredCount) {
    sample.headersSize += frame.size - frame.payloadSize;
    sample.bodySize += frame.payloadSize;
    sample.sentBytes += reply;
  }
  if (frame.kind === 'text') {
    sub.setText(frame.text);
    sub.encoding = 'UTF-8';
  } else if (frame.kind === 'binary') sub.setData(frame.data);
  sample.addRawSubSample(sub);
}

const found = new WeakMap<PlacedSampler, readonly Filter[]>();

/** The filters in scope, innermost first; one that equals another in all its properties counts once. */
function filtersOf(self: PlacedSampler): readonly Filter[] {
  let filters = found.get(self);
  if (filters === undefined) {
    const made = new Map<unknown, Filter>([
      ...self.configs(textFrameFilter).map((placed) => [placed, ofText(placed)] as const),
      ...self.configs(binaryFrameFilter).map((placed) => [placed, ofBinary(placed)] as const),
      ...self.configs(pingFrameFilter).map((placed) => [placed, ofPing(placed)] as const),
    ]);
    const seen = new Set<string>();
    filters = self.inScope.flatMap((placed) => {
      const filter = made.get(placed);
      const mark = filter === undefined ? '' : signature(placed);
      if (filter === undefined || seen.has(mark)) return [];
      seen.add(mark);
      return [filter];
    });
    found.set(self, filters);
  }
  return filters;
}

const ofText = (placed: Placed<typeof textFrameFilter.props>): Filter => ({
  name: (user) => placed.props(user).name,
  prepare: (user) => prepareTextFilter(placed.props(user)),
  replies: () => false,
});
const ofBinary = (placed: Placed<typeof binaryFrameFilter.props>): Filter => ({
  name: (user) => placed.props(user).name,
  prepare: (user) => prepareBinaryFilter(placed.props(user)),
  replies: () => false,
});
const ofPing = (placed: Placed<typeof pingFrameFilter.props>): Filter => ({
  name: (user) => placed.props(user).name,
  prepare: (user) => (frame) => matchesPing(placed.props(user), frame),
  replies: (user) => placed.props(user).replyToPing,
});

/** TestElement.equals compares the property maps; equal texts evaluate to equal values. */
function signature({ plan }: Placed): string {
  const texts = plan.properties.flatMap((property) => ('text' in property ? [[property.name, property.text]] : []));
  texts.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return JSON.stringify([plan.tag, plan.name, plan.guiClass, texts]);
}
