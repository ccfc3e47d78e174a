import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import { element, type PropsOf, prop, type User } from '../../model/index.js';
import { reasonOf } from '../../problem.js';
import { Chunks, type EndOfChunks } from './raw-chunks.js';

const TAG = 'kg.apc.jmeter.modifiers.RawRequestSourcePreProcessor';
const CATEGORY = 'k.a.j.m.RawRequestSourcePreProcessor';

/**
 * jp@gc Raw Data Source: puts the next chunk of a file into a variable; all users read on in the same file
 * (RawRequestSourcePreProcessor).
 */
export const rawDataSource = element({
  tag: TAG,
  gui: `${TAG}Gui`,
  call: 'rawDataSource',
  looksAtData: false,
  props: {
    file: prop.text('filename'),
    variable: prop.text('variable_name'),
    /** At the end of the file begin again; otherwise the user ends. */
    rewind: prop.flag('rewind'),
    /** Bytes in hexadecimal instead of text. */
    hex: prop.flag('isHex'),
  },

  shards: 'alone',
  before(props, user, self) {
    const source = user.test.state(self, (): { chunks: Chunks | undefined } => ({ chunks: undefined }));
    source.chunks ??= open(props, user);
    if (source.chunks === undefined) return;
    const chunk = next(source.chunks, props, user);
    const text = props.hex ? chunk.toString('hex') : chunk.toString();
    user.variables.put(props.variable, text);
  },
});

type Props = PropsOf<typeof rawDataSource>;

/** Undefined when there is no such file: the sampler then runs without. */
function open(props: Props, { test }: User): Chunks | undefined {
  test.log.write('INFO', CATEGORY, `Creating file object: ${props.file}`);
  try {
    return new Chunks(fs.readFileSync(path.resolve(test.workingDirectory, props.file)));
  } catch (error) {
    test.log.write('ERROR', CATEGORY, `${props.file} ${reasonOf(error)}`);
    return undefined;
  }
}

function next(chunks: Chunks, props: Props, user: User): Buffer {
  let chunk: Buffer | EndOfChunks = chunks.next();
  if (chunk !== 'end') return chunk;
  if (props.rewind) {
    chunks.rewind();
    chunk = chunks.next();
    if (chunk !== 'end') return chunk;
    // JMeter rewinds a file without chunks until its stack is full.
    throw new JavaError('java.lang.StackOverflowError');
  }
  user.test.log.write('INFO', CATEGORY, `End of file reached: ${props.file}`);
  user.stop();
  throw new JavaError('kg.apc.io.RuntimeEOFException', 'End of file reached');
}
