import os from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { writeIndexes } from './build.mjs';

writeIndexes();

/** The recorded cases take longer than all else together: begun last, they would keep one worker while the others have nothing to do. */
class RecordedFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isRecorded = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/test/golden/');
    return [...sorted.filter(isRecorded), ...sorted.filter((file) => !isRecorded(file))];
  }
}

export default defineConfig({
  define: { METERLESS_VERSION: '"test"' },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A worker loads the modules once for all its files: most of the time went there.
    isolate: false,
    sequence: { sequencer: RecordedFirst },
    // The recorded cases mostly wait for programs of their own, so that one core is not left to them alone.
    maxWorkers: Math.max(2, os.availableParallelism()),
  },
});
