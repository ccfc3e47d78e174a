import { type Placed, type PlacedSampler, Sample, type User } from '../../model/index.js';
import { TimeoutError, type WebSocketFrame } from '../../protocol/index.js';
import { binaryFrameFilter, prepareBinaryFilter } from './binary-frame-filter.js';
import { settingsOf } from './connection.js';
import { describeFrame, typeName } from './frame-text.js';
import { matchesPing, pingFrameFilter } from './ping-frame-filter.js';
import { prepareTextFilter, textFrameFilter } from './text-frame-filter.js';
import type { Job } from './websocket-sample.js';

/** A filter in scope of a sampler. */
interface Filter {
  name(user: User): string;
  /** Called before each wait; says then which frames to discard. */
  prepare(user: User): (frame: WebSocketFrame) => boolean;
  replies(user: User): boolean;
}

/** The next frame that no filter in scope discards. */
export function readFrame(job: Job): WebSocketFrame | Promise<WebSocketFrame> {
  const filters = filtersOf(job.self);
  return filters.length === 0
    ? job.connection.client.read(job.readTimeout)
    : filtered(job, filters, 0, job.readTimeout);
}

/**
 * The innermost filter asks the next one out for a frame, the outermost the connection. The time is shared: it is over
 * when one wait took what was left, even if it brought a frame that passes; a timeout of 0 therefore ends at the first.
 */
async function filtered(job: Job, filters: readonly Filter[], i: number, timeout: number): Promise<WebSocketFrame> {
  const filter = filters[i];
  if (filter === undefined) return job.connection.client.read(timeout);
  const { user } = job;
  const { clock } = user.test;
  const matches = filter.prepare(user);
  let left = timeout;
  for (;;) {
    const discarded = new Sample();
    const began = clock.now();
    discarded.start(began);
    const frame = await filtered(job, filters, i + 1, left);
    const spent = clock.now() - began;
    const matched = matches(frame);
    if (matched) await discard(job, filter, frame, discarded);
    if (spent >= left) throw new TimeoutError('Read timed out');
    left -= spent;
    if (!matched) return frame;
  }
}

async function discard(
  { sample, user, connection }: Job,
  filter: Filter,
  frame: WebSocketFrame,
  sub: Sample,
): Promise<void> {
  sub.end(user.test.clock.now());
  const reply = frame.kind === 'ping' && filter.replies(user) ? await connection.client.pong(frame.data) : 0;
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
