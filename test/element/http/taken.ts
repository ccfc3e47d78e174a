/** Takes samples of an HTTP Request that stands in a plan of its own. */

import { httpSampler } from '../../../src/element/http/http-sampler.js';
import type { Sample } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { type Given, place, takeSample } from '../../kit-element.js';

type Props = Readonly<Record<string, Given>>;
type User = ReturnType<typeof fakeUser>;

/** Keys without their `HTTPSampler.`; `arguments` are name, value and whether it is encoded. */
export interface Request {
  readonly [key: string]: Given | undefined;
}
export type Row = readonly [name: string, value: string, encode?: boolean];

export const rows = (...list: readonly Row[]): Given => ({
  'Arguments.arguments': list.map(([name, value, encode = false]) => ({
    'Argument.name': name,
    'Argument.value': value,
    'Argument.metadata': '=',
    'HTTPArgument.always_encode': encode,
  })),
});

export const files = (...list: readonly (readonly [path: string, name: string, type: string])[]): Given => ({
  'HTTPFileArgs.files': list.map(([path, name, type]) => ({
    'File.path': path,
    'File.paramname': name,
    'File.mimetype': type,
  })),
});

export function sampler(
  port: number,
  request: Request,
  args?: Given,
  uploads?: Given,
  configs: readonly unknown[] = [],
) {
  const props: Record<string, Given> = { 'HTTPSampler.domain': '127.0.0.1', 'HTTPSampler.port': String(port) };
  for (const [key, value] of Object.entries(request)) if (value !== undefined) props[`HTTPSampler.${key}`] = value;
  if (args !== undefined) props['HTTPsampler.Arguments'] = args;
  if (uploads !== undefined) props['HTTPsampler.Files'] = uploads;
  return place(httpSampler, { name: 'request', props: props as Props, configs: configs as never });
}

/** The sample; undefined where JMeter has none. */
export async function take(placed: ReturnType<typeof sampler>, user: User = fakeUser()): Promise<Sample> {
  const sample = await takeSample(placed, user);
  if (sample === undefined) throw new Error('no sample');
  return sample;
}
