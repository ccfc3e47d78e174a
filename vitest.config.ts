import { defineConfig } from 'vitest/config';
import { writeIndexes } from './build.mjs';

writeIndexes();

export default defineConfig({
  define: { METERLESS_VERSION: '"test"' },
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000 },
});
