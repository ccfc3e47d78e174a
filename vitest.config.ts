import os from 'node:os';
import { defineConfig } from 'vitest/config';
import { writeIndexes } from './build.mjs';

writeIndexes();

export default defineConfig({
  define: { METERLESS_VERSION: '"test"' },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A worker loads the modules once for all its files: most of the time went there.
    isolate: false,
    // The recorded cases mostly wait for programs of their own, so that one core is not left to them alone.
    maxWorkers: Math.max(2, os.availableParallelism()),
  },
});
